import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { incoming, lane, receivedAt } from './hear.ts';

const seconds = receivedAt / 1000;
const actor = { id: 'admin', name: 'RECADO_ADMIN_KEY' };
const rounds = 10;

/** What two nodes do at once must come out as if one had been first. */
export function racesContract(engine: string, openTwice: () => Promise<[Store, Store]>): void {
  function insert(store: Store, key: string, digest: string) {
    const notification: Notification = testNotification(receivedAt);
    return store.insertNotification({
      notification,
      event: notificationEvent(notification),
      idempotency: { scope: 'ak_1', key, digest },
    });
  }

  describe(`two at once on ${engine}`, () => {
    it('with one idempotency key and one request make one notification', async () => {
      const stores = await openTwice();
      for (let round = 0; round < rounds; round += 1) {
        const asked = [...stores, ...stores].map((store) => insert(store, `key-${round}`, 'same'));
        const outcomes = (await Promise.all(asked)).map((one) => one.outcome).sort();
        expect(outcomes).toEqual(['inserted', 'repeated', 'repeated', 'repeated']);
      }
      const events = await stores[0].listEvents({ after: 0, kinds: ['notification'], limit: 100 });
      expect(events).toHaveLength(rounds);
    });

    it('with one idempotency key and two requests make one notification and one conflict', async () => {
      const stores = await openTwice();
      for (let round = 0; round < rounds; round += 1) {
        const asked = stores.map((store, index) => insert(store, `key-${round}`, `request ${index}`));
        const answers = await Promise.all(asked);
        const inserted = answers.find((one) => one.outcome === 'inserted');
        const conflict = answers.find((one) => one.outcome === 'conflict');
        expect(conflict?.notificationId).toBe(inserted?.notification.id);
        expect(inserted).toBeDefined();
      }
    });

    it('with the same webhook append its events once, and both are answered', async () => {
      const stores = await openTwice();
      for (let round = 0; round < rounds; round += 1) {
        const messages = [0, 1, 2].map((index) =>
          textMessage(`wamid.${round}-${index}`, '558587654321', 'Hi', seconds),
        );
        const bodies = [messages, messages.toReversed()].map((each) => webhookOf({ messages: each }));
        const appended = await Promise.all(
          stores.map((store, index) => store.appendWebhooks([incoming(store, bodies[index] ?? {})])),
        );
        const fresh = appended.flat().map((one) => one.fresh.length);
        expect(fresh.reduce((sum, count) => sum + count, 0)).toBe(3);
      }
      const events = await stores[0].listEvents({ after: 0, kinds: null, limit: 100 });
      expect(events).toHaveLength(3 * rounds);
      expect(new Set(events.map(({ key }) => key)).size).toBe(3 * rounds);
    });

    it('with other contents of one key let one stand, and keep both bodies', async () => {
      const stores = await openTwice();
      for (let round = 0; round < rounds; round += 1) {
        const appended = await Promise.all(
          stores.map((store, index) =>
            store.appendWebhooks([
              incoming(
                store,
                webhookOf({ messages: [textMessage(`wamid.${round}`, '55', `Text ${index}`, seconds)] }),
              ),
            ]),
          ),
        );
        const results = appended.flat();
        expect(results.map((one) => one.fresh.length).sort()).toEqual([0, 1]);
        expect(results.map((one) => one.webhookId)).not.toContain(null);
      }
      expect(await stores[0].listEvents({ after: 0, kinds: null, limit: 100 })).toHaveLength(rounds);
    });

    it('see each other’s settings, keys and alarms one after the other, and lose no entry of the log', async () => {
      const stores = await openTwice();
      const changed = [...stores, ...stores].map((store, index) =>
        store.changeSettings({ changes: [{ name: 'unknownPatience', value: index }], at: receivedAt, actor }),
      );
      await Promise.all(changed);
      const audit = await stores[1].listAudit({ after: 0, limit: 10 });
      const [last] = await stores[0].readSettings();
      // Each says what stood before it: a chain without a gap, that ends with what stands now.
      expect(audit.map(({ detail }) => detail['before'])).toEqual([
        null,
        ...audit.slice(0, -1).map(({ detail }) => detail['after']),
      ]);
      expect(audit.at(-1)?.detail['after']).toBe(last?.value);
      expect(audit).toHaveLength(4);
    });

    it('record an attempt once', async () => {
      const stores = await openTwice();
      const notification = testNotification(receivedAt);
      await stores[0].insertNotification({
        notification,
        event: notificationEvent(notification),
        idempotency: null,
      });
      const reasons = ['first', 'second', 'third', 'fourth'];
      await Promise.all(
        reasons.map((reason, index) =>
          stores[index % 2 === 0 ? 0 : 1].recordAttempt(lane, {
            id: `${notification.id}.1`,
            notificationId: notification.id,
            number: 1,
            startedAt: receivedAt,
            finishedAt: receivedAt,
            result: { outcome: 'unknown', reason },
          }),
        ),
      );
      expect((await stores[1].readUnsettled(lane, 10)).attempts).toHaveLength(1);
    });
  });
}
