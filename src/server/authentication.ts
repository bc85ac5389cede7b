import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ProblemCode } from './problem.ts';

/** An API key that is accepted. Its text is forgotten at once; only a digest is kept. */
export type AcceptedKey = {
  /** The key's name, which is no secret: the scope of idempotency keys. */
  name: string;
  /** SHA-256 of the key. */
  digest: Uint8Array;
};

/** Who makes a request. */
export type Caller = {
  /** The name of the API key, or `session`. */
  name: string;
};

/** Whether a request may use the API. */
type Authentication =
  | { caller: Caller }
  | { refused: Extract<ProblemCode, 'no-api-key' | 'api-key-missing' | 'api-key-wrong'> };

/** Decides whether a request may use the API. */
export type Authenticate = (request: IncomingMessage) => Authentication | Promise<Authentication>;

/** An accepted key under its name. */
export function acceptedKey(name: string, key: string): AcceptedKey {
  return { name, digest: digestOf(key) };
}

/**
 * Authentication by bearer keys and, in the sandbox, by the page's session cookie.
 *
 * @param options.keys the accepted keys; with none, every request without a session is refused
 * @param options.sessionAllowed whether a request carries a session that may use the API; it answers for
 * keeping other sites’ requests out
 */
export function createAuthentication(options: {
  keys: readonly AcceptedKey[];
  sessionAllowed?: (request: IncomingMessage) => boolean;
}): Authenticate {
  const { keys, sessionAllowed = () => false } = options;
  return (request) => {
    const presented = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (presented !== undefined) {
      const key = keyThatMatches(keys, presented);
      if (key !== null) return { caller: { name: key.name } };
      return { refused: keys.length === 0 ? 'no-api-key' : 'api-key-wrong' };
    }
    if (sessionAllowed(request)) return { caller: { name: 'session' } };
    return { refused: keys.length === 0 ? 'no-api-key' : 'api-key-missing' };
  };
}

/** Looks at every key to the end, so that the time tells nothing about which one came close. */
function keyThatMatches(keys: readonly AcceptedKey[], presented: string): AcceptedKey | null {
  const digest = digestOf(presented);
  let found: AcceptedKey | null = null;
  for (const key of keys) {
    if (timingSafeEqual(key.digest, digest)) found = key;
  }
  return found;
}

function digestOf(key: string): Uint8Array {
  return createHash('sha256').update(key).digest();
}
