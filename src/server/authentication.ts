import type { IncomingMessage } from 'node:http';
import { apiKeyDigest } from '../flows/access/api-key-text.ts';
import type { Clock } from '../runtime/clock.ts';
import { createFailureLimit, type FailureLimit } from './failure-limit.ts';
import { type Caller, createKeyring, type KeyringPorts, sessionCaller } from './keyring.ts';
import type { ProblemCode } from './problem.ts';
import { createSessionCookie, sameOrigin } from './session-cookie.ts';
import { createSessions, SESSION_LIFE } from './sessions.ts';

/** Why a request may not use the API. */
export type Refusal = {
  refused: Extract<
    ProblemCode,
    | 'no-api-key'
    | 'api-key-missing'
    | 'api-key-wrong'
    | 'api-key-revoked'
    | 'session-ended'
    | 'origin-foreign'
    | 'too-many-failures'
  >;
  /** In seconds, for `too-many-failures`. */
  retryAfter?: number;
};

/** Whether a request may use the API. */
type Authentication = { caller: Caller } | Refusal;

/** Decides whether a request may use the API. */
export type Authenticate = (request: IncomingMessage) => Promise<Authentication>;

/** The ways in: with a key on every request, or with a session that begins with one. */
export type Access = {
  authenticate: Authenticate;
  /** Begins a session for the browser that makes this request. `setCookie` is a header value. */
  logIn(
    request: IncomingMessage,
    key: string,
  ): Promise<{ caller: Caller; expiresAt: number; setCookie: string } | Refusal>;
  /** Ends the session of the browser that makes this request. */
  logOut(request: IncomingMessage): { setCookie: string } | Refusal;
};

/** Wrong keys that one address may present within a minute. */
const FAILURES_PER_MINUTE = 20;

/**
 * Authentication by bearer keys, by sessions that began with a key, and by the session of the sandbox page.
 * A request with a key is judged by its key alone: the cookie beside it counts for nothing.
 *
 * @param options.adminKey RECADO_ADMIN_KEY; null when it is not set
 * @param options.used told of every use of a stored key, with its time in milliseconds
 * @param options.sessionAllowed whether a request carries the session of the sandbox page; it answers for
 * keeping other sites’ requests out
 */
export function createAuthentication(options: {
  adminKey: string | null;
  store: KeyringPorts;
  clock: Clock;
  used?: (id: string, at: number) => void;
  sessionAllowed?: (request: IncomingMessage) => boolean;
  /** Wrong keys per address and minute; 20 when left out. */
  failuresPerMinute?: number;
  /** Milliseconds that only grow; the process's own when left out. */
  elapsed?: () => number;
}): Access {
  const { sessionAllowed = () => false } = options;
  const keyring = createKeyring(options);
  const failures = createFailureLimit(options.failuresPerMinute ?? FAILURES_PER_MINUTE, options.elapsed);
  const sessions = createSessions(options.clock);
  const cookie = createSessionCookie('recado_session');

  async function nobody(refused: Refusal['refused']): Promise<Refusal> {
    return { refused: (await keyring.isEmpty()) ? 'no-api-key' : refused };
  }

  async function byKey(request: IncomingMessage, digest: Uint8Array): Promise<Authentication> {
    const address = request.socket.remoteAddress ?? '';
    const retryAfter = failures.secondsToWait(address, digest);
    if (retryAfter !== null) return { refused: 'too-many-failures', retryAfter };
    const holder = await keyring.holderOf(digest);
    noteOutcome(failures, address, digest, 'caller' in holder);
    return 'caller' in holder ? holder : nobody(holder.refused);
  }

  async function bySession(request: IncomingMessage, secret: string): Promise<Authentication> {
    const session = sessions.find(secret);
    if (session === null) return { refused: 'session-ended' };
    if (!sameOrigin(request)) return { refused: 'origin-foreign' };
    const holder = await keyring.holderOf(session.keyDigest);
    if ('caller' in holder) return holder;
    sessions.end(secret);
    return { refused: 'session-ended' };
  }

  return {
    async authenticate(request) {
      const key = bearerOf(request);
      if (key !== null) return byKey(request, apiKeyDigest(key));
      if (sessionAllowed(request)) return { caller: sessionCaller };
      const secret = cookie.valueIn(request.headers);
      return secret === null ? nobody('api-key-missing') : bySession(request, secret);
    },

    async logIn(request, key) {
      if (!sameOrigin(request)) return { refused: 'origin-foreign' };
      const digest = apiKeyDigest(key);
      const authentication = await byKey(request, digest);
      if ('refused' in authentication) return authentication;
      const { secret, session } = sessions.begin(digest);
      return {
        caller: authentication.caller,
        expiresAt: session.expiresAt,
        setCookie: cookie.setting(request.headers, secret, SESSION_LIFE / 1000),
      };
    },

    logOut(request) {
      if (!sameOrigin(request)) return { refused: 'origin-foreign' };
      const secret = cookie.valueIn(request.headers);
      if (secret !== null) sessions.end(secret);
      return { setCookie: cookie.setting(request.headers, '', 0) };
    },
  };
}

/** The key of the header `Authorization: Bearer`; null without one. */
function bearerOf({ headers }: IncomingMessage): string | null {
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

function noteOutcome(failures: FailureLimit, address: string, digest: Uint8Array, right: boolean): void {
  if (right) failures.succeeded(address, digest);
  else failures.failed(address);
}
