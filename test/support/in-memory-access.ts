import type { ApiKey, ApiKeyScope } from '../../src/domain/api-key.ts';
import type { Actor, AuditRecord } from '../../src/domain/audit.ts';
import { apiKeyDigest } from '../../src/flows/access/api-key-text.ts';
import { createIssueApiKey } from '../../src/flows/access/issue-api-key.ts';

/** API keys and the audit log in memory: what the routes and the authentication need of the store. */
export function createAccessPorts(clock: { now(): number }) {
  const keys: { key: ApiKey; digest: Uint8Array }[] = [];
  const audit: AuditRecord[] = [];

  function note(actor: Actor, action: string, key: ApiKey): void {
    const { id, name } = actor;
    const detail = { name: key.name };
    const number = audit.length + 1;
    audit.push({ number, at: clock.now(), actor: { id, name }, action, subject: key.id, detail });
  }

  const issueApiKey = createIssueApiKey({
    clock,
    async insertApiKey({ key, digest, actor }) {
      keys.push({ key, digest });
      note(actor, 'api-key.created', key);
    },
  });

  return {
    ports: {
      issueApiKey,
      listApiKeys: async ({ after, limit }: { after: string | null; limit: number }) => {
        const first = keys.findIndex(({ key }) => key.id === after) + 1;
        return keys.slice(first, first + limit).map(({ key }) => key);
      },
      async revokeApiKey({ id, at, actor }: { id: string; at: number; actor: Actor }) {
        const found = keys.find(({ key }) => key.id === id);
        if (found === undefined) return null;
        if (found.key.revokedAt === null) note(actor, 'api-key.revoked', found.key);
        found.key.revokedAt ??= at;
        return found.key;
      },
      listAudit: async ({ after, limit, newest }: { after: number; limit: number; newest?: boolean }) =>
        newest === true
          ? audit
              .filter(({ number }) => number < after)
              .toReversed()
              .slice(0, limit)
          : audit.filter(({ number }) => number > after).slice(0, limit),
    },
    store: {
      findApiKey: async (digest: Uint8Array) =>
        keys.find((one) => Buffer.from(one.digest).equals(digest)) ?? null,
      anyApiKey: async () => keys.some(({ key }) => key.revokedAt === null),
    },
    keys,
    audit,
    /** Keeps a key with this text, past the routes. */
    add(text: string, scopes: ApiKeyScope[], changes: Partial<ApiKey> = {}): ApiKey {
      const key: ApiKey = {
        id: `ak_${String(keys.length + 1).padStart(16, '0')}`,
        name: text,
        scopes,
        prefix: text.slice(0, 9),
        createdAt: clock.now(),
        lastUsedAt: null,
        revokedAt: null,
        ...changes,
      };
      keys.push({ key, digest: apiKeyDigest(text) });
      return key;
    },
  };
}
