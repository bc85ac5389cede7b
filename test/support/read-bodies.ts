import type { JsonObject } from '../../src/domain/json.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { type ParsedEvent, parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { readContentAt } from '../../src/whatsapp/read-content.ts';

/** An event of a body as our own reader reads it: what it changes, and what it says. */
export type ReadEvent = Pick<ParsedEvent, 'kind' | 'facts' | 'occurredAt' | 'lane'> & { content: unknown };

const keys = createEventKeys(Uint8Array.from({ length: 32 }, (_, index) => index));

/** Every event of a body, read from its bytes as the gateway does. */
export function readBody(body: JsonObject): ReadEvent[] {
  const { events, json } = parseWebhook(Buffer.from(JSON.stringify(body)), keys);
  return events.map(({ kind, facts, occurredAt, lane, path }) => ({
    kind,
    facts,
    occurredAt,
    lane,
    content: readContentAt(kind, json, path),
  }));
}

/** The only event of a body; throws when there is another number of them. */
export function readOnlyEvent(body: JsonObject): ReadEvent {
  const [event, ...more] = readBody(body);
  if (event === undefined || more.length > 0) {
    throw new Error(`Expected one event in the body, found ${event === undefined ? 0 : more.length + 1}.`);
  }
  return event;
}
