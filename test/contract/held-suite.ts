import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { hear, lane, receivedAt } from './hear.ts';

const ana = '558587654321';
const patience = 7 * 24 * 60 * 60_000;

/** What every engine must do with notifications that wait until somebody writes. */
export function heldContract(engine: string, open: () => Promise<Store>): void {
  async function hold(store: Store, changes: Partial<Notification> = {}): Promise<string> {
    const asked = testNotification(receivedAt, {
      state: 'held',
      holds: true,
      decision: 'hold',
      nextAttemptAt: null,
      notAfter: receivedAt + patience,
      ...changes,
    });
    const inserted = await store.insertNotification({
      notification: asked,
      event: notificationEvent(asked),
      idempotency: null,
    });
    if (inserted.outcome !== 'inserted') throw new Error('The notification was not inserted.');
    return inserted.notification.id;
  }

  async function stateOf(store: Store, id: string): Promise<string | undefined> {
    return (await store.findNotification(id))?.notification.state;
  }

  const writes = (id: string, from = ana) =>
    webhookOf({ messages: [textMessage(id, from, 'Hi', receivedAt / 1000)] });

  describe(`what is held on ${engine}`, () => {
    it('is not due, and has its turn, in the order of asking, once the person writes', async () => {
      const store = await open();
      const first = await hold(store);
      const second = await hold(store);
      expect((await store.readDue(lane, receivedAt + 1, { limit: 10, bulk: true })).notifications).toEqual(
        [],
      );
      await hear(store, writes('wamid.1'));
      expect([await stateOf(store, first), await stateOf(store, second)]).toEqual(['queued', 'queued']);
      const due = await store.readDue(lane, receivedAt + 1, { limit: 10, bulk: true });
      expect(due.notifications.map(({ id }) => id)).toEqual([first]);
    });

    it('stays held when somebody else writes', async () => {
      const store = await open();
      const theirs = await hold(store);
      await hear(store, writes('wamid.1', '5511900000001'));
      expect(await stateOf(store, theirs)).toBe('held');
    });

    it('is released under the contact that it was for, and under the other spelling of the number', async () => {
      const store = await open();
      await hear(store, writes('wamid.1'));
      const [known] = await store.listContacts({ after: null, limit: 1, search: null });
      if (known === undefined) throw new Error('Nobody is known.');
      const { id } = known.contact;
      const named = await hold(store, { contactId: id, party: id });
      const typed = await hold(store, {
        recipient: { kind: 'number', digits: '5585987654321' },
        party: 'number:5585987654321',
      });
      await hear(store, writes('wamid.2'));
      expect([await stateOf(store, named), await stateOf(store, typed)]).toEqual(['queued', 'queued']);
    });

    it('is overdue at its notAfter', async () => {
      const store = await open();
      const id = await hold(store);
      const overdue = async (now: number) =>
        (await store.readOverdue(lane, now, 0, 10)).notifications.map((one) => one.id);
      expect(await overdue(receivedAt + patience - 1)).toEqual([]);
      expect(await overdue(receivedAt + patience)).toEqual([id]);
      const work = (await store.readWork(receivedAt + patience, 0)).find((one) => one.lane === lane);
      expect(work?.overdue).toBe(true);
    });
  });
}
