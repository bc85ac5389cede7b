import { isJsonObject, type Json, type JsonObject } from '../../src/domain/json.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { parseBody, readElement } from '../../src/whatsapp/read-event.ts';
import { webhookFixture } from './webhook-fixtures.ts';

const keys = createEventKeys(new Uint8Array(32));

/** Meta's elements in a webhook body of test/fixtures/webhooks that are messages, those of history among them. */
export function messageElements(fixture: string): JsonObject[] {
  const body = webhookFixture(fixture);
  const json = parseBody(body);
  return parseWebhook(body, keys).events.flatMap(({ kind, path }) => {
    const element = readElement(json, path, body);
    if (!isJsonObject(element)) return [];
    if (kind === 'message' || kind === 'echo') return [element];
    return kind === 'history' ? elementsOfHistory(element) : [];
  });
}

function elementsOfHistory(chunk: JsonObject): JsonObject[] {
  return objectsIn(chunk['threads']).flatMap((thread) => objectsIn(thread['messages']));
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
