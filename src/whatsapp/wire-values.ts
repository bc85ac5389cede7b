import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';

/** 2009-01-01 in seconds: WhatsApp did not exist before, so an earlier time is no time. */
const EARLIEST_SECONDS = 1_230_768_000;
const LATEST_SECONDS = 2 ** 32 - 1;
/** From here on a number counts milliseconds: as seconds it would lie beyond the year 33000. */
const MILLISECONDS_FROM = 1e12;

/** What Meta writes now as a string and now as a number (meta-facts §2.6), as text; null when it is neither, or empty. */
export function readText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

/**
 * A time of Meta's in whole seconds, from seconds or milliseconds, integer or string; null when there is
 * none, or none between 2009-01-01 and 2^32 − 1.
 */
export function readSeconds(value: Json | undefined): number | null {
  let time: number;
  if (typeof value === 'number') time = value;
  else if (typeof value === 'string' && /^\d{1,16}$/.test(value)) time = Number(value);
  else return null;
  const seconds = Math.floor(time >= MILLISECONDS_FROM ? time / 1000 : time);
  return seconds >= EARLIEST_SECONDS && seconds <= LATEST_SECONDS ? seconds : null;
}

/**
 * A WhatsApp id or phone number: its digits, without the plus sign and the spaces that some bodies have
 * (meta-facts §4.1); verbatim when it holds anything else; null when there is none.
 */
export function readNumber(value: Json | undefined): string | null {
  const text = readText(value);
  if (text === null || /^\d+$/.test(text)) return text;
  const bare = text.replaceAll(' ', '').replace(/^\+/, '');
  return /^\d+$/.test(bare) ? bare : text;
}

/** A JSON object, or null for everything else. */
export function readObject(value: Json | undefined): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

/** A list; a lone object, which some bodies have in its place, is a list of one; empty for everything else. */
export function readList(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? [value] : [];
}

/** A code of Meta's, such as 131026, from a number or its text, also as Meta's sentences have it: `#131026`. */
export function readMetaCode(value: Json | undefined): number | null {
  const digits = /^\(?#?(-?\d{1,9})\)?$/.exec(readText(value) ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A member under a name that came from outside, such as `constructor`: the object's own one or nothing. */
export function ownMember(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A time of Meta's in milliseconds, from whatever {@link readSeconds} can read; null otherwise. */
export function readMilliseconds(value: Json | undefined): number | null {
  const seconds = readSeconds(value);
  return seconds === null ? null : seconds * 1000;
}

/** A quantity, price or degree, from a number or its text; null when it is neither, or not finite. */
export function readDecimal(value: Json | undefined): number | null {
  const text = readText(value);
  if (text === null || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return null;
  const decimal = Number(text);
  return Number.isFinite(decimal) ? decimal : null;
}

/** Yes or no, also as `"true"` or `1`; null when it is neither. */
export function readFlag(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = readText(value);
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}
