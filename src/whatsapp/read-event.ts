import type { EventKind } from '../domain/event.ts';
import type { EventFacts } from '../domain/event-facts.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { type ContactBook, createContactBook } from './contact-book.ts';
import { factsOf } from './element-facts.ts';
import { type ElementPath, type Located, locate } from './element-path.ts';
import { isNestedTooDeep } from './nesting.ts';

/** How much of a body that is no JSON is shown, in bytes. */
const SHOWN_BYTES = 65_536;

const strict = new TextDecoder('utf-8', { fatal: true });
const lossy = new TextDecoder('utf-8');

/**
 * The JSON of a body, or undefined when it is none or not UTF-8. Integers too large for a JavaScript number
 * come as strings of their digits, so that no two ids fall together.
 */
export function parseBody(body: Uint8Array): Json | undefined {
  try {
    const text = decode(body);
    const plain: Json = JSON.parse(text);
    return mayHoldLargeIntegers.test(text) ? withLargeIntegers(text, plain) : plain;
  } catch {
    return undefined;
  }
}

/**
 * The text of UTF-8 bytes; throws when they are not UTF-8. Node's own lossy decoding is three times as fast as
 * TextDecoder, so that only a replacement character, or a byte order mark, asks the strict one.
 */
function decode(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  return text.includes('\ufffd') || text.startsWith('\ufeff') ? strict.decode(body) : text;
}

/** Up to 15 digits always fit. Looks only behind what may stand before a number: 0.3 µs for 1 KB. */
const mayHoldLargeIntegers = /[:,[]\s*-?\d{16}/;

function withLargeIntegers(text: string, plain: Json): Json {
  const keepDigits = (_name: string, value: unknown, context?: { source?: string }): unknown => {
    const digits = typeof value === 'number' && !Number.isSafeInteger(value) ? context?.source : undefined;
    return digits !== undefined && /^-?\d+$/.test(digits) ? digits : value;
  };
  try {
    return JSON.parse(text, keepDigits);
  } catch {
    // Nested deeper than calls can: the plain reading has no such limit.
    return plain;
  }
}

/**
 * Meta's own element at a path, verbatim; null when the body has nothing there. Of a body that is no JSON the
 * first 64 KiB as text, under `notJson`; the same, under `nestedTooDeep`, where the element is nested so deep
 * that it could not be handed on.
 *
 * @param body what `parseBody` gave
 * @param received the bytes themselves, for these two cases
 */
export function readElement(body: Json | undefined, path: ElementPath, received?: Uint8Array): Json {
  if (body === undefined && path === '') return { notJson: shown(received) };
  return readLocatedElement(locate(body, path), received);
}

/** The same for what is located already in a body that is JSON. */
export function readLocatedElement({ element = null }: Located, received?: Uint8Array): Json {
  return isNestedTooDeep(element) ? { nestedTooDeep: shown(received) } : element;
}

function shown(received: Uint8Array | undefined): string {
  return received === undefined ? '' : lossy.decode(received.subarray(0, SHOWN_BYTES));
}

/** The books of bodies in memory, so that a body with a thousand elements is indexed once. */
const books = new WeakMap<JsonObject, ContactBook>();

/**
 * What a stored event says, read again from its body: the same facts as on receipt for the same kind, for
 * another kind what this release makes of it.
 */
export function readFacts(kind: EventKind, body: Json | undefined, path: ElementPath): EventFacts {
  const { element, value } = locate(body, path);
  return factsOf(kind, element, contactBookOf(value));
}

/** The contact book of a stored value, kept as long as its body is in memory. */
export function contactBookOf(value: JsonObject | null): ContactBook {
  const known = value === null ? undefined : books.get(value);
  if (known !== undefined) return known;
  const book = createContactBook(value);
  if (value !== null) books.set(value, book);
  return book;
}
