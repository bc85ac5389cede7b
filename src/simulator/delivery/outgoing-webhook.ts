import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { Silence } from './resolve-callback.ts';

/** A webhook to hand over. Those with the same `line` are first tried one after the other. */
export type OutgoingWebhook = {
  line: string;
  /** `message`, the name of a status, or the field. */
  about: string;
  /** The person it is about; null for nobody, or when nobody has that number. */
  waId: string | null;
  body: JsonObject;
  /** The field and what it is about; read from the body's first change when left out. */
  field?: string;
  wabaId?: string;
  phoneNumberId?: string;
  /** The app whose dashboard sends this as a test: only it is told, in development too (meta-facts §8). */
  testOf?: string;
  /** Called whenever a receiver has answered 200: again for a duplicate, and for every app. */
  acknowledged?: () => void;
};

/** What became of one try to hand over a webhook. */
export type WebhookReport = {
  /** `message`, the name of the status, or the field. */
  about: string;
  /** The person it is about; null when nobody has that number. */
  waId: string | null;
  outcome: 'acknowledged' | 'will-retry' | 'dropped';
  /** From 1; 0 when it was never tried. */
  attempt: number;
  httpStatus: number | null;
  /** Why it was not acknowledged; null when it was. */
  reason: string | null;
  /** When it is tried again, in milliseconds of the simulated clock. */
  nextAttemptAt: number | null;
  field: string;
  /** The app that was told, or should have been. */
  appId: string;
  /** Where it went; null when nowhere. */
  url: string | null;
  /** What keeps Meta silent; null when somebody was told, or it was dropped for another reason. */
  silence: Silence | null;
};

/** What a webhook is about: as it was said, else as the body's first change tells. */
export function subjectOf(webhook: OutgoingWebhook): {
  field: string;
  wabaId: string | null;
  phoneNumberId: string | null;
} {
  const entry = firstObject(webhook.body.entry);
  const change = firstObject(entry.changes);
  const value = isJsonObject(change.value) ? change.value : {};
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  return {
    field: webhook.field ?? textOf(change.field) ?? 'messages',
    wabaId: webhook.wabaId ?? textOf(entry.id),
    phoneNumberId: webhook.phoneNumberId ?? textOf(metadata.phone_number_id),
  };
}

/** How many updates a body holds: the elements of its changes, at least one for each (meta-facts §2.4). */
export function updatesIn(body: JsonObject): number {
  let updates = 0;
  for (const entry of objectsOf(body.entry)) {
    for (const { value } of objectsOf(entry.changes)) {
      const lists = isJsonObject(value) ? [value.messages, value.statuses, value.calls] : [];
      const elements = lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
      updates += Math.max(1, elements);
    }
  }
  return updates;
}

function objectsOf(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function firstObject(list: Json | undefined): JsonObject {
  return objectsOf(list)[0] ?? {};
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
