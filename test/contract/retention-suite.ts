import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { noChanges } from '../../src/flows/lane-state.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { hear, incoming, lane, receivedAt } from './hear.ts';

const ana = '558587654321';
const day = 24 * 60 * 60_000;
const all = { after: 0, kinds: null, limit: 100 };
const page = { after: null, limit: 100, search: null };

function text(id: string, words = 'Oi') {
  return textMessage(`wamid.${id}`, ana, words, receivedAt / 1000);
}

const said = (id: string) => webhookOf({ messages: [text(id)] });

/** Forgets all that was received before a time; tells how much. */
async function forgetAll(store: Store, receivedBefore: number, limit = 2) {
  const sum = { events: 0, webhooks: 0 };
  for (let after = 0; ; ) {
    const { events, webhooks, next } = await store.forgetEvents({ after, receivedBefore, limit });
    sum.events += events;
    sum.webhooks += webhooks;
    if (next === null) return sum;
    after = next;
  }
}

async function forgetKeys(store: Store, receivedBefore: number): Promise<number> {
  let sum = 0;
  for (let after = ''; ; ) {
    const { keys, next } = await store.forgetKeys({ after, receivedBefore, limit: 2 });
    sum += keys;
    if (next === null) return sum;
    after = next;
  }
}

const storedBodies = async (store: Store) =>
  (await store.countWebhooks({ since: null, webhookId: null })).count;

/** What every engine must do about what is older than somebody wants to keep. */
export function retentionContract(engine: string, open: () => Promise<Store>): void {
  describe(`forgetting by age on ${engine}`, () => {
    it('takes what was to be delivered of it, and lets go on what waited behind', async () => {
      const store = await open();
      await hear(store, ...['1', '2', '3'].map(said));
      const [first, second] = (await store.listEvents(all)).map(({ position }) => position);
      const id = 'ep_1';
      const none = { name: null, kinds: null, businessPhones: null, perSecond: null, disabledBecause: null };
      const endpoint = {
        ...none,
        id,
        url: 'https://app.example.com/',
        format: 'recado',
        order: 'conversation',
      } as const;
      const kept = {
        secrets: 'sealed',
        headers: null,
        from: 0,
        createdAt: receivedAt,
        updatedAt: receivedAt,
      };
      const put = [{ ...endpoint, ...kept, concurrency: 8, state: 'active' } as const];
      await store.writeEndpoints({ put, remove: [], audit: [] });
      const scope = { kind: 'positions' as const, positions: [first ?? 0, second ?? 0] };
      const again = { endpoint: id, scope, after: 0, limit: 9, now: receivedAt, audit: null };
      expect(await store.redeliver(again)).toMatchObject({ count: 2 });
      const due = async () => {
        const query = { endpoint: id, format: 'recado', now: receivedAt, limit: 9 } as const;
        return (await store.readDueToForward(query)).map(({ event }) => event.position);
      };
      expect(await due()).toEqual([first]);
      await store.forgetEvents({ after: 0, receivedBefore: receivedAt + 1, limit: 1 });
      expect(await due()).toEqual([second]);
      await forgetAll(store, receivedAt + 1);
      expect((await store.readForwardingWork(receivedAt)).due).toEqual([]);
    });

    it('takes events with their bodies and places in threads, but not people, nor the newest event', async () => {
      const store = await open();
      await hear(store, ...['1', '2', '3', '4', '5'].map(said));
      const before = await store.listEvents(all);
      expect(await forgetAll(store, receivedAt + 1)).toEqual({ events: 4, webhooks: 4 });
      expect(await store.listEvents(all)).toEqual(before.slice(-1));
      expect(await store.lastPosition()).toBe(before.at(-1)?.position);
      expect(await storedBodies(store)).toBe(1);
      const [contact] = await store.listContacts(page);
      expect(contact?.contact).toMatchObject({ wroteIn: true });
      const conversationId = contact?.conversation?.id ?? '';
      const thread = await store.listMessages({ conversationId, after: null, limit: 10 });
      expect(thread?.map(({ position }) => position)).toEqual([before.at(-1)?.position]);
      await hear(store, said('6'));
      expect(await store.listEvents(all)).toHaveLength(2);
    });

    it('knows up to where the feed is forgotten, also of what went one by one', async () => {
      const store = await open();
      expect(await store.readFeedBounds()).toEqual({ forgotten: 0, given: 0 });
      await hear(store, ...['1', '2', '3'].map(said));
      const places = (await store.listEvents(all)).map(({ position }) => position);
      const given = places.at(-1);
      expect(await store.readFeedBounds()).toEqual({ forgotten: 0, given });
      await store.forgetEvents({ after: 0, receivedBefore: receivedAt, limit: 10 });
      expect(await store.readFeedBounds()).toEqual({ forgotten: 0, given });
      await store.forgetEvents({ after: 0, receivedBefore: receivedAt + 1, limit: 1 });
      expect(await store.readFeedBounds()).toEqual({ forgotten: places[0], given });
      await forgetAll(store, receivedAt + 1);
      expect(await store.readFeedBounds()).toEqual({ forgotten: places[1], given });
    });

    it('leaves what is younger, and what comes behind it', async () => {
      const store = await open();
      await hear(store, said('1'));
      await store.appendWebhooks([{ ...incoming(store, said('2')), receivedAt: receivedAt + day }]);
      await hear(store, said('3'), said('4'));
      expect(await forgetAll(store, receivedAt)).toEqual({ events: 0, webhooks: 0 });
      expect(await forgetAll(store, receivedAt + day)).toEqual({ events: 1, webhooks: 1 });
      expect(await store.listEvents(all)).toHaveLength(3);
    });

    it('leaves what is not in the state yet', async () => {
      const store = await open();
      await hear(store, said('1'));
      for (const id of ['2', '3']) await store.appendWebhooks([incoming(store, said(id))]);
      expect(await forgetAll(store, receivedAt + 1)).toEqual({ events: 1, webhooks: 1 });
      await hear(store);
      const [person] = await store.listContacts(page);
      expect(person?.contact.identifiers).toEqual(
        expect.arrayContaining([expect.objectContaining({ value: ana })]),
      );
      expect(await forgetAll(store, receivedAt + 1)).toEqual({ events: 1, webhooks: 1 });
    });

    it('keeps a body until the last of its events is gone, and the others of its commit', async () => {
      const store = await open();
      const both = webhookOf({ messages: [text('1'), text('2')] });
      await store.appendWebhooks([incoming(store, both), incoming(store, said('3'))]);
      await hear(store, said('4'));
      const first = await store.forgetEvents({ after: 0, receivedBefore: receivedAt + 1, limit: 1 });
      expect(first).toMatchObject({ events: 1, webhooks: 0 });
      const [second, third] = await store.listEvents(all);
      expect([second?.payload, third?.payload]).toMatchObject([{ id: 'wamid.2' }, { id: 'wamid.3' }]);
      const next = await store.forgetEvents({ after: 0, receivedBefore: receivedAt + 1, limit: 1 });
      expect(next).toMatchObject({ events: 1, webhooks: 1 });
      expect((await store.listEvents(all))[0]?.payload).toMatchObject({ id: 'wamid.3' });
    });

    it('keeps a body with other content as long as its event, and then no further one', async () => {
      const store = await open();
      await hear(store, said('1'), webhookOf({ messages: [text('1', 'Other words')] }), said('2'), said('3'));
      expect(await storedBodies(store)).toBe(4);
      expect(await forgetAll(store, receivedAt + 1)).toEqual({ events: 2, webhooks: 3 });
      await hear(store, webhookOf({ messages: [text('1', 'Words again')] }));
      expect(await storedBodies(store)).toBe(1);
    });

    it('knows an event by its key after it is gone, until the key is forgotten too', async () => {
      const store = await open();
      await hear(store, ...['1', '2', '3', '4'].map(said));
      const again = async () => (await store.appendWebhooks([incoming(store, said('1'))]))[0]?.fresh;
      await forgetAll(store, receivedAt + 1);
      expect(await again()).toEqual([]);
      expect(await forgetKeys(store, receivedAt)).toBe(0);
      expect(await forgetKeys(store, receivedAt + 1_000)).toBe(3);
      expect(await again()).toEqual([0]);
    });

    it('leaves what made one person of two, which can still be undone', async () => {
      const store = await open();
      const from = (message: object) =>
        webhookOf({ messages: [{ ...text(JSON.stringify(message)), ...message }] });
      const evidence = { from: '16505550001', from_user_id: 'US.ana' };
      const byUserId = { from: undefined, from_user_id: 'US.ana' };
      await hear(store, from({ from: '16505550001' }), from(byUserId), from(evidence), said('4'), said('5'));
      const [person] = await store.listContacts(page);
      const merges = await store.listMerges({ contactId: person?.contact.id ?? '', after: null, limit: 10 });
      expect(merges).toHaveLength(1);
      expect(await forgetAll(store, receivedAt + 1)).toEqual({ events: 3, webhooks: 3 });
      expect((await store.listEvents(all))[0]?.payload).toMatchObject(evidence);
    });

    it('takes tries whose result is in the state, but none of what is still on its way', async () => {
      const store = await open();
      const take = async (state: Notification['state']) => {
        const notification = testNotification(receivedAt, { state, nextAttemptAt: null, attempts: 1 });
        const event = notificationEvent(notification);
        await store.insertNotification({ notification, event, idempotency: null });
        const id = `${notification.id}.1`;
        await store.recordAttempt(lane, {
          id,
          notificationId: notification.id,
          number: 1,
          startedAt: receivedAt,
          finishedAt: receivedAt + 5,
          result: { outcome: 'unknown', reason: 'nobody answered' },
        });
        return { notification, id };
      };
      const failed = await take('failed');
      const unknown = await take('unknown');
      const unsettled = await take('failed');
      const settledAttempts = [failed.id, unknown.id];
      await store.commitLane({ fence: { lane, number: 0 }, settledAttempts, changes: noChanges() });
      expect(await store.forgetAttempts({ startedBefore: receivedAt, limit: 10 })).toBe(0);
      expect(await store.forgetAttempts({ startedBefore: receivedAt + 1, limit: 10 })).toBe(1);
      const tries = async ({ id }: Notification) => (await store.findNotification(id))?.attempts.length;
      expect(await tries(failed.notification)).toBe(0);
      expect(await tries(unknown.notification)).toBe(1);
      expect(await tries(unsettled.notification)).toBe(1);
    });
  });
}
