import { timingSafeEqual } from 'node:crypto';
import { type ApiKey, type ApiKeyScope, apiKeyScopes } from '../domain/api-key.ts';
import { apiKeyDigest } from '../flows/access/api-key-text.ts';
import type { Clock } from '../runtime/clock.ts';

/** Who makes a request. It can stand as the actor of an audit entry. */
export type Caller = {
  /** The id of an API key, `admin` for RECADO_ADMIN_KEY, or `session` for the sandbox page: the scope of idempotency keys. */
  id: string;
  name: string;
  scopes: readonly ApiKeyScope[];
};

/** What the keyring needs of the store. */
export type KeyringPorts = {
  /** The key with this digest, revoked or not, and the digest as it is kept. */
  findApiKey(digest: Uint8Array): Promise<{ key: ApiKey; digest: Uint8Array } | null>;
  /** True when at least one stored key is good. */
  anyApiKey(): Promise<boolean>;
};

/** To whom the digest of a key belongs. */
type KeyHolder = { caller: Caller } | { refused: 'api-key-wrong' | 'api-key-revoked' };

/** The keys that are accepted: RECADO_ADMIN_KEY and the stored ones. */
export type Keyring = {
  holderOf(digest: Uint8Array): Promise<KeyHolder>;
  /** True when nobody could get in with any key. */
  isEmpty(): Promise<boolean>;
};

/** How long a look-up may be answered from memory, in milliseconds: so long a revoked key may go on at most. */
const FRESHNESS = 1_000;

/** Look-ups kept in memory; strangers can cause any number of them. */
const MOST_REMEMBERED = 1_000;

/**
 * Known and unknown keys take the same way: a digest, a look-up by it that is remembered for a moment, and a
 * comparison in constant time. Of the admin key, too, only the digest is kept.
 *
 * @param options.adminKey RECADO_ADMIN_KEY, which may do everything; null when it is not set
 * @param options.used told of every use of a stored key, with its time
 * @param options.elapsed milliseconds that only grow; the process's own when left out
 */
export function createKeyring(options: {
  adminKey: string | null;
  store: KeyringPorts;
  clock: Clock;
  used?: (id: string, at: number) => void;
  elapsed?: () => number;
}): Keyring {
  const { store, clock, used = () => {}, elapsed = () => performance.now() } = options;
  const adminDigest = options.adminKey === null ? null : apiKeyDigest(options.adminKey);
  const remember = createMemory<ApiKey | null>(elapsed);
  const rememberAny = createMemory<boolean>(elapsed);

  async function find(digest: Uint8Array): Promise<ApiKey | null> {
    const found = await store.findApiKey(digest);
    return found !== null && timingSafeEqual(found.digest, digest) ? found.key : null;
  }

  return {
    async holderOf(digest) {
      if (adminDigest !== null && timingSafeEqual(adminDigest, digest)) return { caller: adminCaller };
      const key = await remember(Buffer.from(digest).toString('hex'), () => find(digest));
      if (key === null) return { refused: 'api-key-wrong' };
      if (key.revokedAt !== null) return { refused: 'api-key-revoked' };
      used(key.id, clock.now());
      return { caller: { id: key.id, name: key.name, scopes: key.scopes } };
    },
    isEmpty: async () => adminDigest === null && !(await rememberAny('', () => store.anyApiKey())),
  };
}

const adminCaller: Caller = { id: 'admin', name: 'RECADO_ADMIN_KEY', scopes: apiKeyScopes };

/** The page of the sandbox, which may do everything. */
export const sessionCaller: Caller = { id: 'session', name: 'The sandbox page', scopes: apiKeyScopes };

/** Answers a question from memory when it was asked a moment ago; those who ask at once share one answer. */
function createMemory<Value>(elapsed: () => number) {
  const known = new Map<string, { value: Promise<Value>; until: number }>();
  return (name: string, ask: () => Promise<Value>): Promise<Value> => {
    const now = elapsed();
    const remembered = known.get(name);
    if (remembered !== undefined && now < remembered.until) return remembered.value;
    const value = ask();
    // Deleted first, so that the oldest look-up stays at the front.
    known.delete(name);
    known.set(name, { value, until: now + FRESHNESS });
    value.catch(() => known.delete(name));
    for (const oldest of known.keys()) {
      if (known.size <= MOST_REMEMBERED) break;
      known.delete(oldest);
    }
    return value;
  };
}
