import type { Config } from './config.ts';
import type { SettingName } from './settings.ts';

/** A setting without which part of the loop does not work. */
export type MissingSetting = {
  name: SettingName;
  /** What does not work, as a sentence. */
  consequence: string;
};

/** What the configuration lacks for hearing, sending and being asked to send, in the order of the loop. */
export function missingSettings(config: Config): MissingSetting[] {
  const all: (MissingSetting & { missing: boolean })[] = [
    {
      name: 'META_WEBHOOK_VERIFY_TOKEN',
      missing: config.meta.verifyToken === null,
      consequence: 'Meta cannot verify the webhook address: its handshake gets 403.',
    },
    {
      name: 'META_APP_SECRET',
      missing: config.meta.appSecrets.length === 0,
      consequence:
        'The signature of webhooks cannot be checked, so they get 503: Meta keeps trying and nothing is lost, but nothing is heard either.',
    },
    {
      name: 'META_ACCESS_TOKEN',
      missing: config.meta.accessToken === null,
      consequence: 'Notifications cannot be sent.',
    },
    {
      name: 'META_PHONE_NUMBER_ID',
      missing: config.meta.phoneNumberId === null,
      consequence: 'There is no business phone to send from.',
    },
    {
      name: 'RECADO_ADMIN_KEY',
      missing: config.adminKey === null,
      consequence:
        'Commands such as `recado send` cannot use the API under /v1, which stays open to keys that were made earlier.',
    },
  ];
  return all.filter((entry) => entry.missing).map(({ name, consequence }) => ({ name, consequence }));
}
