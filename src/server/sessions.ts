import { randomBytes } from 'node:crypto';
import { apiKeyDigest } from '../flows/access/api-key-text.ts';
import type { Clock } from '../runtime/clock.ts';

/** A browser that logged in with an API key. */
type Session = {
  /** Of the key: the session may do what the key may do, as long as the key is good. */
  keyDigest: Uint8Array;
  /** Milliseconds. */
  expiresAt: number;
};

/** The sessions of browsers. They live in memory: a restart ends them all. */
export type Sessions = {
  /** Begins a session. The secret goes into the browser's cookie and is kept nowhere. */
  begin(keyDigest: Uint8Array): { secret: string; session: Session };
  /** The session with this secret; null when there is none any more. */
  find(secret: string): Session | null;
  /** Ends a session, if there is one. */
  end(secret: string): void;
};

/** How long a session lasts, in milliseconds: a working day with some to spare. */
export const SESSION_LIFE = 12 * 60 * 60 * 1000;

/** Beyond these the oldest session ends. */
const MOST_SESSIONS = 1_000;

/** Sessions by the digest of their secret, so that looking one up takes a time that says nothing about it. */
export function createSessions(clock: Clock): Sessions {
  const sessions = new Map<string, Session>();

  return {
    begin(keyDigest) {
      const now = clock.now();
      for (const [name, session] of sessions) {
        if (session.expiresAt > now && sessions.size < MOST_SESSIONS) break;
        sessions.delete(name);
      }
      const secret = randomBytes(32).toString('base64url');
      const session = { keyDigest, expiresAt: now + SESSION_LIFE };
      sessions.set(nameOf(secret), session);
      return { secret, session };
    },
    find(secret) {
      const session = sessions.get(nameOf(secret));
      return session !== undefined && clock.now() < session.expiresAt ? session : null;
    },
    end(secret) {
      sessions.delete(nameOf(secret));
    },
  };
}

function nameOf(secret: string): string {
  return Buffer.from(apiKeyDigest(secret)).toString('base64');
}
