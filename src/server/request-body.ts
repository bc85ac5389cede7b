import type { Json } from '../domain/json.ts';
import { findSyntaxError } from './json-syntax.ts';
import { ProblemError, problemOf } from './problem.ts';

/** The largest body of an API request in bytes. Webhooks have their own limit. */
export const BODY_LIMIT = 1024 * 1024;

/** Deeper than any message of Meta’s; shallow enough for every recursive reader behind this door. */
const DEEPEST = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON value of a request's body.
 *
 * @throws ProblemError when the bytes are not UTF-8, not JSON, nested too deeply, or hold text that cannot
 * be stored or sent: U+0000, half a surrogate pair, or a member named `__proto__`
 */
export function readJsonBody(bytes: Uint8Array): Json {
  if (bytes.length === 0) throw new ProblemError(problemOf('body-missing'));
  const value = parse(decode(bytes));
  const fault = findFault(value, []);
  if (fault !== null) {
    const errors = [{ in: 'body' as const, path: fault.path.join('.'), message: fault.message }];
    throw new ProblemError(problemOf('request-malformed', { detail: fault.message, errors }));
  }
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ProblemError(problemOf('body-not-utf-8'));
  }
}

function parse(source: string): Json {
  try {
    return JSON.parse(source);
  } catch {
    const position = findSyntaxError(source);
    const detail =
      position === null
        ? 'The body is not JSON.'
        : `The body stops being JSON at line ${position.line}, column ${position.column}: ${position.expected} was expected there.`;
    throw new ProblemError(problemOf('body-not-json', { detail }));
  }
}

type Fault = { path: string[]; message: string };

function findFault(value: Json, path: string[]): Fault | null {
  if (typeof value === 'string') return faultOfText(value, path);
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= DEEPEST) {
    return { path: [], message: `The body is nested more than ${DEEPEST} levels deep.` };
  }
  for (const [name, member] of Object.entries(value)) {
    const fault = faultOfName(name, path) ?? findFault(member, [...path, name]);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfText(text: string, path: string[]): Fault | null {
  const subject = path.length === 0 ? 'The body' : `\`${path.join('.')}\``;
  if (!text.isWellFormed()) {
    return { path, message: `${subject} holds half of a surrogate pair: send whole Unicode characters.` };
  }
  if (text.includes('\u0000')) {
    return { path, message: `${subject} holds the character U+0000: leave it out.` };
  }
  return null;
}

function faultOfName(name: string, path: string[]): Fault | null {
  if (name !== '__proto__' && name.isWellFormed() && !name.includes('\u0000')) return null;
  const subject = path.length === 0 ? 'The body' : `\`${path.join('.')}\``;
  return { path, message: `${subject} has a member with a name that is not allowed: leave it out.` };
}
