import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { StoredPhone } from '../../src/flows/business-phones.ts';

const at = 1_790_000_000_000;
const actor = { id: 'ak_0000000000000001', name: 'operations' };

function phone(id: string, changes: Partial<StoredPhone> = {}): StoredPhone {
  return {
    id,
    wabaId: null,
    displayPhoneNumber: null,
    label: null,
    accessToken: null,
    appSecrets: null,
    isDefault: false,
    createdAt: at,
    updatedAt: at,
    ...changes,
  };
}

/** What every engine must do with settings and business phones. */
export function configurationContract(engine: string, open: () => Promise<Store>): void {
  describe(`settings on ${engine}`, () => {
    it('are decided together, given back, and audited', async () => {
      const store = await open();
      expect(await store.readSettings()).toEqual([]);
      const decided = await store.changeSettings({
        changes: [
          { name: 'unknownPatience', value: '20 min' },
          { name: 'defaultFallback', value: { name: 'a', language: 'b' } },
        ],
        at,
        actor,
      });
      expect(decided).toEqual([
        {
          name: 'defaultFallback',
          value: { name: 'a', language: 'b' },
          updatedAt: at,
          updatedBy: 'operations',
        },
        { name: 'unknownPatience', value: '20 min', updatedAt: at, updatedBy: 'operations' },
      ]);
      await store.changeSettings({ changes: [{ name: 'unknownPatience', value: null }], at, actor });
      expect((await store.readSettings()).map(({ name }) => name)).toEqual(['defaultFallback']);
      const audit = await store.listAudit({ after: 0, limit: 10 });
      expect(audit.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
        'setting.changed unknownPatience',
        'setting.changed defaultFallback',
        'setting.reset unknownPatience',
      ]);
    });
  });

  describe(`configured business phones on ${engine}`, () => {
    it('are kept whole, change places as the default in one go, and go', async () => {
      const store = await open();
      const first = phone('1', { isDefault: true, accessToken: 'sealed', label: 'One' });
      const second = phone('2', { appSecrets: 'sealed', wabaId: '3', displayPhoneNumber: '+1' });
      const entry = { at, actor, action: 'business-phone.added', subject: '1', detail: { label: 'One' } };
      expect(await store.writeConfiguredPhones({ put: [second, first], remove: [], audit: [entry] })).toEqual(
        [first, second],
      );
      expect(await store.readConfiguredPhones()).toEqual([first, second]);
      const swapped = [
        { ...second, isDefault: true },
        { ...first, isDefault: false },
      ];
      await store.writeConfiguredPhones({ put: swapped, remove: [], audit: [] });
      expect((await store.readConfiguredPhones()).map(({ isDefault }) => isDefault)).toEqual([false, true]);
      expect(await store.writeConfiguredPhones({ put: [], remove: ['2'], audit: [] })).toHaveLength(1);
      expect(await store.listAudit({ after: 0, limit: 10 })).toMatchObject([entry]);
    });

    it('are never two defaults: then nothing of the change is kept, nor its audit entry', async () => {
      const store = await open();
      const put = [phone('1', { isDefault: true }), phone('2', { isDefault: true })];
      const entry = { at, actor, action: 'business-phone.added', subject: '1', detail: {} };
      await expect(store.writeConfiguredPhones({ put, remove: [], audit: [entry] })).rejects.toMatchObject({
        kind: 'data',
      });
      expect(await store.readConfiguredPhones()).toEqual([]);
      expect(await store.listAudit({ after: 0, limit: 10 })).toEqual([]);
    });
  });
}
