import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { ApiKey } from '../../src/domain/api-key.ts';
import { apiKeyDigest } from '../../src/flows/access/api-key-text.ts';

const admin = { id: 'admin', name: 'RECADO_ADMIN_KEY' };
const at = 1_790_000_000_000;

function keyNumber(number: number, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: `ak_${String(number).padStart(16, '0')}`,
    name: `Key ${number}`,
    scopes: ['read', 'send'],
    prefix: 'rk_abcdef',
    createdAt: at,
    lastUsedAt: null,
    revokedAt: null,
    ...changes,
  };
}

/** What every engine must do for API keys and the audit log. */
export function accessContract(engine: string, open: () => Promise<Store>): void {
  async function insert(store: Store, number: number): Promise<ApiKey> {
    const key = keyNumber(number);
    await store.insertApiKey({ key, digest: apiKeyDigest(`rk_text-${number}`), actor: admin });
    return key;
  }

  describe(`API keys on ${engine}`, () => {
    it('are found by their digest alone', async () => {
      const store = await open();
      expect(await store.anyApiKey()).toBe(false);
      const key = await insert(store, 1);
      await insert(store, 2);
      const digest = apiKeyDigest('rk_text-1');
      expect(await store.findApiKey(digest)).toEqual({ key, digest });
      expect(await store.findApiKey(apiKeyDigest('rk_text-3'))).toBeNull();
      expect(await store.anyApiKey()).toBe(true);
    });

    it('are listed in the order of making, page by page', async () => {
      const store = await open();
      // Ids that sort otherwise: the order is not that of the ids.
      for (const number of [3, 1, 2]) await insert(store, number);
      const [first, ...rest] = await store.listApiKeys({ after: null, limit: 10 });
      expect([first?.name, ...rest.map(({ name }) => name)]).toEqual(['Key 3', 'Key 1', 'Key 2']);
      const page = await store.listApiKeys({ after: first?.id ?? null, limit: 1 });
      expect(page.map(({ name }) => name)).toEqual(['Key 1']);
    });

    it('are revoked once, with one entry in the log', async () => {
      const store = await open();
      const key = await insert(store, 1);
      const actor = { id: 'ak_other', name: 'Other' };
      const revoked = { ...key, revokedAt: at + 5 };
      expect(await store.revokeApiKey({ id: key.id, at: at + 5, actor })).toEqual(revoked);
      expect(await store.revokeApiKey({ id: key.id, at: at + 9, actor: admin })).toEqual(revoked);
      expect(await store.revokeApiKey({ id: 'ak_none', at, actor })).toBeNull();
      expect(await store.findApiKey(apiKeyDigest('rk_text-1'))).toMatchObject({ key: revoked });
      expect(await store.anyApiKey()).toBe(false);
      expect(await store.listAudit({ after: 0, limit: 10 })).toEqual([
        {
          number: 1,
          at,
          actor: admin,
          action: 'api-key.created',
          subject: key.id,
          detail: { name: 'Key 1', scopes: ['read', 'send'] },
        },
        {
          number: 2,
          at: at + 5,
          actor,
          action: 'api-key.revoked',
          subject: key.id,
          detail: { name: 'Key 1' },
        },
      ]);
      const back = (after: number) => store.listAudit({ after, limit: 1, newest: true });
      expect(await back(Number.MAX_SAFE_INTEGER)).toMatchObject([{ number: 2 }]);
      expect(await back(2)).toMatchObject([{ number: 1 }]);
      expect(await back(1)).toEqual([]);
    });

    it('remember their latest use, in whatever order the uses are written', async () => {
      const store = await open();
      const { id } = await insert(store, 1);
      await store.touchApiKeys([
        { id, at: at + 60 },
        { id, at: at + 30 },
        { id: 'ak_none', at },
      ]);
      const [key] = await store.listApiKeys({ after: null, limit: 1 });
      expect(key?.lastUsedAt).toBe(at + 60);
    });

    it('that cannot be kept leave no entry in the log', async () => {
      const store = await open();
      await insert(store, 1);
      await expect(insert(store, 1)).rejects.toMatchObject({ kind: 'data' });
      expect(await store.listAudit({ after: 0, limit: 10 })).toHaveLength(1);
    });

    it('keep the log in pages', async () => {
      const store = await open();
      for (const number of [1, 2, 3]) await insert(store, number);
      const page = await store.listAudit({ after: 1, limit: 1 });
      expect(page.map(({ number }) => number)).toEqual([2]);
    });
  });
}
