import type { BusinessPhones } from '../../src/flows/business-phone-contract.ts';
import { openBusinessPhones, type StoredPhone } from '../../src/flows/business-phones.ts';
import { type LiveSettings, openLiveSettings, type StoredSetting } from '../../src/flows/live-settings.ts';

/** The settings and business phones of a gateway whose store is memory; nothing is encrypted. */
export async function inMemoryConfiguration(clock: {
  now(): number;
}): Promise<{ settings: LiveSettings; businessPhones: BusinessPhones }> {
  const decided = new Map<string, StoredSetting>();
  const phones = new Map<string, StoredPhone>();
  const settings = await openLiveSettings(
    {
      readSettings: async () => [...decided.values()],
      async changeSettings({ changes, at, actor }) {
        for (const { name, value } of changes) {
          if (value === null) decided.delete(name);
          else decided.set(name, { name, value, updatedAt: at, updatedBy: actor.name });
        }
        return [...decided.values()];
      },
    },
    clock,
  );
  const businessPhones = await openBusinessPhones({
    environment: { phoneNumberId: '200100200100200', wabaId: null, accessToken: 'EAAtests', appSecrets: [] },
    store: {
      readConfiguredPhones: async () => [...phones.values()],
      async writeConfiguredPhones({ put, remove }) {
        for (const id of remove) phones.delete(id);
        for (const phone of put) phones.set(phone.id, phone);
        return [...phones.values()];
      },
      listSeenPhones: async () => [
        {
          businessPhoneId: '200100200100200',
          firstSeenAt: clock.now(),
          lastEventAt: clock.now(),
          displayNumber: null,
        },
      ],
    },
    box: { canSeal: true, seal: (secret) => secret, open: (sealed) => sealed, isCurrent: () => true },
    clock,
    changed: () => {},
  });
  return { settings, businessPhones };
}
