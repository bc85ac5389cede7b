import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { behaviourSettings, defaultBehaviour } from '../../src/domain/settings.ts';
import { createConsiderNotification } from '../../src/flows/outbound/consider.ts';
import { newNotificationId } from '../../src/flows/outbound/new-notification-id.ts';
import { createTakeNotification } from '../../src/flows/outbound/take.ts';
import { benchPhone, waIdOf } from '../bodies.ts';
import { serve } from './serve.ts';

const orders = {
  /** Takes so many notifications, each for another person, into a database that no gateway owns yet. */
  async fill({ file, count }: { file: string; count: number }): Promise<void> {
    const store = await openSqliteStore(file);
    // Meta's own limit would be measured otherwise.
    await store.changeSettings({
      changes: [{ name: 'messagesPerSecond', value: behaviourSettings.messagesPerSecond.most }],
      at: Date.now(),
      actor: { id: 'bench', name: 'bench' },
    });
    const consider = createConsiderNotification({
      store,
      phones: {
        defaultId: () => benchPhone.phoneNumberId,
        isOurs: () => true,
        senderOf: () => ({ ready: true, phoneNumberId: benchPhone.phoneNumberId, accessToken: 'EAAbench' }),
      },
      behaviour: () => defaultBehaviour,
      permitted: () => true,
      lookUpTemplate: async () => ({ known: false }),
      clock: Date,
    });
    const take = createTakeNotification({
      store,
      consider,
      behaviour: () => defaultBehaviour,
      newNotificationId: () => newNotificationId(Date.now()),
      digestKey: store.installationKey,
      taken: () => {},
    });
    const takeOne = async (index: number) => {
      const result = await take({
        to: `+${waIdOf(index)}`,
        content: { type: 'template', name: 'hello_world', language: 'en_US', components: [] },
        fallback: null,
        onClosedWindow: null,
        purpose: 'transactional',
        notBefore: null,
        notAfter: null,
        businessPhoneId: null,
        reference: null,
        idempotency: null,
      });
      if (result.outcome !== 'taken') throw new Error(`A notification was ${result.outcome}.`);
    };
    await Promise.all(Array.from({ length: count }, (_, index) => takeOne(index)));
    await store.close();
  },
};

export type QueueFiller = typeof orders;

serve(orders);
