import { describe, expect, it } from 'vitest';
import { phoneLane } from '../domain/lane.ts';
import { openBusinessPhones, type StoredPhone } from './business-phones.ts';

const actor = { id: 'admin', name: 'RECADO_ADMIN_KEY' };

/** The business phones of two processes on one store. */
async function twoProcesses() {
  const kept = new Map<string, StoredPhone>();
  const opened: string[] = [];
  const open = () =>
    openBusinessPhones({
      environment: { phoneNumberId: null, wabaId: null, accessToken: null, appSecrets: [] },
      store: {
        readConfiguredPhones: async () => [...kept.values()],
        async writeConfiguredPhones({ put, remove }) {
          for (const id of remove) kept.delete(id);
          for (const phone of put) kept.set(phone.id, phone);
          return [...kept.values()];
        },
        listSeenPhones: async () => [],
      },
      box: {
        canSeal: true,
        seal: (secret) => secret,
        open(sealed) {
          opened.push(sealed);
          return sealed;
        },
        isCurrent: () => true,
      },
      clock: { now: () => 1_790_000_000_000 },
      changed: () => {},
    });
  return { here: await open(), there: await open(), opened };
}

describe('the business phones of several processes', () => {
  it('that one adds send and are believed in another after it has read them again', async () => {
    const { here, there } = await twoProcesses();
    await there.add('1', { accessToken: 'EAA1', appSecrets: ['secret'] }, actor);
    expect(here.isOurs('1')).toBe(false);
    await here.reload();
    expect(here.senderOf(phoneLane('1'))).toEqual({ ready: true, phoneNumberId: '1', accessToken: 'EAA1' });
    expect(here.verifier()).not.toBeNull();
    await there.remove('1', actor);
    await here.reload();
    expect(here.isOurs('1')).toBe(false);
    expect(here.verifier()).toBeNull();
  });

  it('are known to a change though they were not read again since', async () => {
    const { here, there } = await twoProcesses();
    await there.add('1', { accessToken: 'EAA1' }, actor);
    expect(await here.add('1', { accessToken: 'EAA2' }, actor)).toEqual({ refusal: 'known' });
    expect(await here.change('1', { label: 'Support' }, actor)).toMatchObject({
      phone: { label: 'Support' },
    });
    await there.reload();
    expect(await there.list()).toMatchObject([{ id: '1', label: 'Support', isDefault: true }]);
  });

  it('are decrypted again only when something has changed', async () => {
    const { here, opened } = await twoProcesses();
    await here.add('1', { accessToken: 'EAA1' }, actor);
    const before = opened.length;
    await here.reload();
    await here.reload();
    expect(opened).toHaveLength(before);
  });
});
