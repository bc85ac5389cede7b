import type { EventContent } from '../../domain/event-content/event-content.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { isoTime } from './time.ts';

/** Members that hold what a person or Meta wrote as it came: a name that ends in `At` means nothing there. */
const verbatim: ReadonlySet<string> = new Set(['response', 'details']);

/**
 * The content of an event as the API writes it. Every time in a content has a name that ends in `At` and stands
 * there in milliseconds; the API writes it as ISO 8601, as everywhere.
 */
export function contentBody(content: EventContent): JsonObject | null {
  return content === null ? null : withIsoTimes({ ...content });
}

function withIsoTimes(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      verbatim.has(name) ? value : memberBody(name, value),
    ]),
  );
}

function memberBody(name: string, value: Json): Json {
  if (typeof value === 'number' && name.endsWith('At')) return isoTime(value);
  if (Array.isArray(value)) return value.map((item) => memberBody(name, item));
  return isJsonObject(value) ? withIsoTimes(value) : value;
}
