import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Batch } from '../../src/domain/batch.ts';
import type { Contact } from '../../src/domain/contact.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import type { IncomingWebhook } from '../../src/flows/inbound/receive-webhook.ts';
import { type LaneChanges, noChanges } from '../../src/flows/lane-state.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import type { RowRequest } from '../../src/flows/outbound/batches.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

const lane = phoneLane(businessPhoneId);
const fence = { lane, number: 0 };
const receivedAt = 1_790_000_000_000;
const seconds = receivedAt / 1000;
const still = { reached: () => {}, settled: () => {} };

/** What every engine must do, whatever it is made of. */
export function storeContract(engine: string, open: () => Promise<Store>): void {
  function incoming(store: Store, body: object): IncomingWebhook {
    const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
    const events = parseWebhook(bytes, createEventKeys(store.installationKey)).events;
    return {
      body: bytes,
      secretFingerprint: 'abcd1234',
      receivedAt,
      events: events.map(({ facts: _, ...event }) => ({ ...event, foreign: false })),
    };
  }

  function message(store: Store, id: string, text = 'Hi', from = '558587654321'): IncomingWebhook {
    return incoming(store, webhookOf({ messages: [textMessage(id, from, text, seconds)] }));
  }

  async function take(store: Store, changes: Partial<Notification> = {}): Promise<Notification> {
    const asked = testNotification(receivedAt, changes);
    const inserted = await store.insertNotification({
      notification: asked,
      event: notificationEvent(asked),
      idempotency: null,
    });
    if (inserted.outcome !== 'inserted') throw new Error('The notification was not inserted.');
    return inserted.notification;
  }

  describe(`the feed on ${engine}`, () => {
    it('appends new events once, and keeps no body that holds nothing new', async () => {
      const store = await open();
      const [first] = await store.appendWebhooks([message(store, 'wamid.one')]);
      const [again] = await store.appendWebhooks([message(store, 'wamid.one')]);
      expect(first).toMatchObject({ fresh: [0] });
      expect(first?.webhookId).not.toBeNull();
      expect(again).toEqual({ webhookId: null, fresh: [] });
      expect(await store.listEvents({ after: 0, kinds: null, limit: 10 })).toHaveLength(1);
    });

    it('counts an element once that comes twice in one batch', async () => {
      const store = await open();
      const results = await store.appendWebhooks([message(store, 'wamid.one'), message(store, 'wamid.one')]);
      expect(results.map(({ fresh }) => fresh)).toEqual([[0], []]);
    });

    it('lets the first stand when the same key comes with other content, and keeps the other body', async () => {
      const store = await open();
      await store.appendWebhooks([message(store, 'wamid.one', 'first words')]);
      const [other] = await store.appendWebhooks([message(store, 'wamid.one', 'other words')]);
      expect(other?.fresh).toEqual([]);
      expect(other?.webhookId).not.toBeNull();
      const [event] = await store.listEvents({ after: 0, kinds: null, limit: 10 });
      expect(event).toMatchObject({ revision: 1, payload: { text: { body: 'first words' } } });
    });

    it('keeps another content of a key once, where the way from its event leads to it', async () => {
      const store = await open();
      await store.appendWebhooks([message(store, 'wamid.one', 'first words')]);
      const [other] = await store.appendWebhooks([message(store, 'wamid.one', 'other words')]);
      expect(other?.webhookId).not.toBeNull();
      for (const text of ['other words', 'first words']) {
        const [again] = await store.appendWebhooks([message(store, 'wamid.one', text)]);
        expect(again).toEqual({ webhookId: null, fresh: [] });
      }
    });

    it('upgrades in place what was not understood the first time', async () => {
      const store = await open();
      const unsupported = {
        from: '558587654321',
        id: 'wamid.one',
        timestamp: String(seconds),
        type: 'unsupported',
      };
      await store.appendWebhooks([incoming(store, webhookOf({ messages: [unsupported] }))]);
      const [before] = await store.listEvents({ after: 0, kinds: null, limit: 10 });
      await store.appendWebhooks([message(store, 'wamid.one', 'now readable')]);
      const events = await store.listEvents({ after: 0, kinds: null, limit: 10 });
      expect(events).toMatchObject([
        { position: before?.position, key: before?.key, revision: 2, payload: { type: 'text' } },
      ]);
    });

    it('upgrades in place also what came in the same batch', async () => {
      const store = await open();
      const unsupported = {
        from: '558587654321',
        id: 'wamid.one',
        timestamp: String(seconds),
        type: 'unsupported',
      };
      await store.appendWebhooks([
        incoming(store, webhookOf({ messages: [unsupported] })),
        message(store, 'wamid.one', 'now readable'),
        message(store, 'wamid.other', 'and another'),
      ]);
      const events = await store.listEvents({ after: 0, kinds: null, limit: 10 });
      expect(events).toMatchObject([
        { revision: 2, payload: { text: { body: 'now readable' } } },
        { revision: 1, payload: { text: { body: 'and another' } } },
      ]);
    });

    it('sees a state without id and time three times when it goes A, B, A, and once when it is repeated', async () => {
      const store = await open();
      const quality = (value: string) =>
        incoming(store, {
          object: 'whatsapp_business_account',
          entry: [
            { id: '300', changes: [{ field: 'phone_number_quality_update', value: { event: value } }] },
          ],
        });
      for (const value of ['UPGRADE', 'UPGRADE', 'FLAGGED', 'UPGRADE', 'UPGRADE']) {
        await store.appendWebhooks([quality(value)]);
      }
      const events = await store.listEvents({ after: 0, kinds: null, limit: 10 });
      expect(events.map(({ payload }) => payload)).toEqual([
        { event: 'UPGRADE' },
        { event: 'FLAGGED' },
        { event: 'UPGRADE' },
      ]);
      expect(new Set(events.map(({ key }) => key)).size).toBe(3);
    });

    it('gives positions in commit order: a reader that pages by cursor misses nothing of two appenders', async () => {
      const store = await open();
      const appended = 2 * 60;
      let finished = 0;
      async function append(name: string): Promise<void> {
        for (let index = 0; index < 60; index += 1) {
          await store.appendWebhooks([message(store, `wamid.${name}-${index}`)]);
        }
        finished += 1;
      }
      async function page(): Promise<number[]> {
        const seen: number[] = [];
        for (;;) {
          const over = finished === 2;
          const events = await store.listEvents({ after: seen.at(-1) ?? 0, kinds: null, limit: 7 });
          seen.push(...events.map(({ position }) => position));
          if (over && events.length === 0) return seen;
        }
      }
      const [, , seen] = await Promise.all([append('one'), append('other'), page()]);
      expect(seen).toHaveLength(appended);
      expect(seen).toEqual([...seen].sort((one, other) => one - other));
    });

    it('gives back the very element, whatever characters it holds', async () => {
      const store = await open();
      const text = 'ção 😀 \u0000 \ud800 "\\ \u2028';
      await store.appendWebhooks([message(store, 'wamid.one', text)]);
      const [event] = await store.listEvents({ after: 0, kinds: null, limit: 10 });
      expect(event?.payload).toMatchObject({ text: { body: text } });
    });

    it('filters by kind', async () => {
      const store = await open();
      await store.appendWebhooks([message(store, 'wamid.one')]);
      await take(store);
      const kinds = async (...wanted: ('message' | 'notification' | 'status')[]) =>
        (await store.listEvents({ after: 0, kinds: wanted, limit: 10 })).map(({ kind }) => kind);
      expect(await kinds('message')).toEqual(['message']);
      expect(await kinds('notification', 'message')).toEqual(['message', 'notification']);
      expect(await kinds('status')).toEqual([]);
    });

    it('is read from its end backwards on request', async () => {
      const store = await open();
      for (const id of ['wamid.1', 'wamid.2', 'wamid.3']) await store.appendWebhooks([message(store, id)]);
      const all = (await store.listEvents({ after: 0, kinds: null, limit: 10 })).map(
        ({ position }) => position,
      );
      const back = async (after: number, limit: number) =>
        (await store.listEvents({ after, kinds: ['message'], limit, newest: true })).map(
          ({ position }) => position,
        );
      expect(await back(Number.MAX_SAFE_INTEGER, 2)).toEqual(all.toReversed().slice(0, 2));
      expect(await back(all[1] ?? 0, 10)).toEqual(all.slice(0, 1));
    });
  });

  describe(`folding on ${engine}`, () => {
    it('moves a cursor with the state, and takes every event in once', async () => {
      const store = await open();
      await store.appendWebhooks([message(store, 'wamid.one'), message(store, 'wamid.other')]);
      expect(await store.foldLane(fence, 1)).toEqual({
        events: 1,
        notifications: [],
        ownEvents: 0,
        messages: 1,
      });
      expect(await store.foldLane(fence, 100)).toMatchObject({ events: 1 });
      expect(await store.foldLane(fence, 100)).toMatchObject({ events: 0 });
      const [contact] = await store.listContacts({ after: null, limit: 10, search: null });
      const conversationId = contact?.conversation?.id ?? '';
      expect(await store.listMessages({ conversationId, after: null, limit: 10 })).toHaveLength(2);
    });

    it('writes all of a commit or nothing of it', async () => {
      const store = await open();
      await store.appendWebhooks([message(store, 'wamid.one')]);
      const contact: Contact = {
        id: 'ct_somebody00000000',
        lane,
        name: null,
        nameAt: 0,
        nameKey: '',
        identifiers: [],
        firstSeenAt: 1,
        wroteIn: false,
        mergedInto: null,
      };
      const broken: LaneChanges = {
        ...noChanges(),
        contacts: [contact],
        eventContacts: [{ position: 1, contactId: 'ct_nobody0000000000' }],
      };
      const committed = store.commitLane({ fence, settledAttempts: [], changes: broken });
      await expect(committed).rejects.toMatchObject({ kind: 'data' });
      expect(await store.findContact(contact.id)).toBeNull();
    });

    it('finds a person by every identifier that became known', async () => {
      const store = await open();
      await store.appendWebhooks([message(store, 'wamid.one')]);
      await foldLane(fence, store, still);
      const byWaId = await store.findRecipient(lane, null, [{ kind: 'wa_id', value: '558587654321' }]);
      expect(byWaId?.conversation?.lastInboundAt).toBe(receivedAt);
      const byId = await store.findRecipient(lane, byWaId?.contact.id ?? '', []);
      expect(byId?.contact).toEqual(byWaId?.contact);
      expect(
        await store.findRecipient(phoneLane('999'), null, [{ kind: 'wa_id', value: '558587654321' }]),
      ).toBeNull();
    });

    it('says which lanes have work, and nothing when there is none', async () => {
      const store = await open();
      expect(await store.readWork(receivedAt, 0)).toEqual([]);
      await store.appendWebhooks([message(store, 'wamid.one')]);
      expect(await store.readWork(receivedAt, 0)).toEqual([
        { lane, fold: true, refold: false, settle: false, obey: false, send: false, overdue: false },
      ]);
      await foldLane(fence, store, still);
      expect(await store.readWork(receivedAt, 0)).toEqual([]);
      await take(store, { nextAttemptAt: receivedAt + 10, notAfter: receivedAt + 20 });
      await foldLane(fence, store, still);
      expect(await store.readWork(receivedAt, 0)).toEqual([]);
      expect(await store.readWork(receivedAt + 10, 0)).toMatchObject([{ send: true, overdue: false }]);
      expect(await store.readWork(receivedAt + 20, 0)).toMatchObject([{ send: true, overdue: true }]);
    });
  });

  describe(`notifications on ${engine}`, () => {
    it('are the same after being kept', async () => {
      const store = await open();
      const kept = await take(store, {
        fallback: { type: 'template', name: 'hello_world', language: 'en_US', components: [] },
        reference: 'order 17',
        notBefore: receivedAt,
      });
      const found = await store.findNotification(kept.id);
      expect(found).toEqual({ notification: kept, attempts: [], statuses: [], charge: null });
      const [event] = await store.listEvents({ after: 0, kinds: ['notification'], limit: 10 });
      expect(event?.position).toBe(kept.position);
    });

    /** The ids of what may be sent now. */
    const due = async (store: Store, now: number, limit = 10, bulk = true) =>
      (await store.readDue(lane, now, { limit, bulk })).notifications.map(({ id }) => id);

    it('are due in the order of their time, and only when it has come', async () => {
      const store = await open();
      const later = await take(store, { party: 'b', nextAttemptAt: receivedAt + 5 });
      const sooner = await take(store, { party: 'a', nextAttemptAt: receivedAt + 1 });
      await take(store, { party: 'c', nextAttemptAt: receivedAt + 50 });
      expect(await due(store, receivedAt + 10)).toEqual([sooner.id, later.id]);
    });

    it('are due one by one for each party, the one that waits longest first, however many wait', async () => {
      const store = await open();
      const first = await take(store, { createdAt: receivedAt + 1 });
      for (let index = 0; index < 30; index += 1) await take(store, { createdAt: receivedAt + 2 });
      const other = await take(store, { party: 'other', nextAttemptAt: receivedAt + 5 });
      expect(await due(store, receivedAt + 10, 5)).toEqual([first.id, other.id]);
    });

    it('keep their turn while they wait for another try, and take it from nobody while one is on its way', async () => {
      const store = await open();
      const first = await take(store);
      const second = await take(store, { createdAt: receivedAt + 1 });
      const put = (notification: Notification) =>
        store.commitLane({
          fence,
          settledAttempts: [],
          changes: { ...noChanges(), notifications: [notification] },
        });
      await put({ ...first, state: 'sending', attempts: 1, nextAttemptAt: null });
      expect(await due(store, receivedAt + 10)).toEqual([]);
      await put({ ...first, attempts: 1, nextAttemptAt: receivedAt + 50 });
      expect(await due(store, receivedAt + 10)).toEqual([]);
      expect(await due(store, receivedAt + 50)).toEqual([first.id]);
      await put({ ...first, state: 'accepted', attempts: 2, nextAttemptAt: null });
      expect(await due(store, receivedAt + 50)).toEqual([second.id]);
    });

    it('leave their queue for another one, and the next there has its turn', async () => {
      const store = await open();
      const first = await take(store, { party: 'number' });
      const second = await take(store, { party: 'number', createdAt: receivedAt + 1 });
      const other = await take(store, { party: 'contact', createdAt: receivedAt + 2 });
      expect(await due(store, receivedAt + 10)).toEqual(expect.arrayContaining([first.id, other.id]));
      const notifications: Notification[] = [{ ...first, party: 'contact', state: 'sending', attempts: 1 }];
      const changes = { ...noChanges(), notifications, leftParties: ['number'] };
      await store.commitLane({ fence, settledAttempts: [], changes });
      expect(await due(store, receivedAt + 10)).toEqual([second.id]);
    });

    it('do not wait for one of later, which somebody gave a time', async () => {
      const store = await open();
      const at = receivedAt + 3_600_000;
      await take(store, { notBefore: at, nextAttemptAt: at, notAfter: at + 60_000 });
      const now = await take(store, { createdAt: receivedAt + 1 });
      expect(await due(store, receivedAt + 10)).toEqual([now.id]);
    });

    it('go by urgency: codes, then single messages, then mass messages, which may be left out', async () => {
      const store = await open();
      const bulk = await take(store, { party: 'a', purpose: 'marketing' });
      await store.insertBatch({ batch: testBatch('bt_1'), rows: [], idempotency: null });
      const batch = await take(store, { party: 'b', batchId: 'bt_1', nextAttemptAt: receivedAt + 1 });
      const single = await take(store, { party: 'a', nextAttemptAt: receivedAt + 2 });
      const code = await take(store, {
        party: 'c',
        purpose: 'authentication',
        nextAttemptAt: receivedAt + 3,
      });
      expect(await due(store, receivedAt + 10)).toEqual([code.id, single.id, bulk.id, batch.id]);
      expect(await due(store, receivedAt + 10, 10, false)).toEqual([code.id, single.id]);
      expect(await due(store, receivedAt + 10, 3)).toEqual([code.id, single.id, bulk.id]);
      const pause = { id: 'bt_1', from: 'running', to: 'paused', at: receivedAt } as const;
      expect([await store.changeBatchState(pause), await store.changeBatchState(pause)]).toEqual([
        true,
        false,
      ]);
      expect(await due(store, receivedAt + 10)).toEqual([code.id, single.id, bulk.id]);
    });

    it('that left lately are told to a new owner: how many, and who got several', async () => {
      const store = await open();
      const question = { recentSince: receivedAt - 1_000, pairsSince: receivedAt - 60_000, pairsFrom: 2 };
      expect(await store.readSendHistory(lane, question)).toEqual({ recent: 0, pairs: [] });
      const tried = async (notification: Notification, startedAt: number) =>
        store.recordAttempt(lane, {
          id: `${notification.id}.1`,
          notificationId: notification.id,
          number: 1,
          startedAt,
          finishedAt: startedAt + 5,
          result: { outcome: 'not-sent', reason: 'refused' },
        });
      for (const ago of [90_000, 50_000, 500]) await tried(await take(store), receivedAt - ago);
      await tried(await take(store, { party: 'once' }), receivedAt - 400);
      await take(store, { party: 'other', state: 'sending', attempts: 1 });
      expect(await store.readSendHistory(lane, question)).toEqual({
        recent: 3,
        pairs: [{ party: 'number:558587654321', sentAt: [receivedAt - 50_000, receivedAt - 500] }],
      });
    });

    it('keep the first result of a try, and show it until it is settled', async () => {
      const store = await open();
      const kept = await take(store);
      const attempt = {
        id: `${kept.id}.1`,
        notificationId: kept.id,
        number: 1,
        startedAt: receivedAt,
        finishedAt: receivedAt + 5,
        result: { outcome: 'unknown' as const, reason: 'first' },
      };
      await store.recordAttempt(lane, attempt);
      await store.recordAttempt(lane, { ...attempt, result: { outcome: 'unknown', reason: 'second' } });
      const unsettled = await store.readUnsettled(lane, 10);
      expect(unsettled.attempts).toEqual([attempt]);
      expect(unsettled.state.notifications).toEqual([kept]);
      await store.commitLane({ fence, settledAttempts: [attempt.id], changes: noChanges() });
      expect((await store.readUnsettled(lane, 10)).attempts).toEqual([]);
      expect((await store.findNotification(kept.id))?.attempts).toEqual([attempt]);
    });

    it('are abandoned when they are being sent and no result is recorded', async () => {
      const store = await open();
      const kept = await take(store, { state: 'sending', attempts: 1, nextAttemptAt: null });
      expect(await store.readAbandoned(lane)).toEqual([kept]);
      await store.recordAttempt(lane, {
        id: `${kept.id}.1`,
        notificationId: kept.id,
        number: 1,
        startedAt: receivedAt,
        finishedAt: receivedAt,
        result: { outcome: 'not-sent', reason: 'refused' },
      });
      expect(await store.readAbandoned(lane)).toEqual([]);
    });

    it('page in the order of taking, also when ids of one second sort otherwise', async () => {
      const store = await open();
      const ids: string[] = [];
      for (let index = 0; index < 12; index += 1) ids.push((await take(store)).id);
      const seen: string[] = [];
      for (;;) {
        const page = await store.listNotifications({ after: seen.at(-1) ?? null, limit: 5, state: null });
        if (page.length === 0) break;
        seen.push(...page.map(({ notification }) => notification.id));
      }
      expect(seen).toEqual(ids);
    });
  });

  function testBatch(id: string, state: Batch['state'] = 'running'): Batch {
    return { id, name: 'Reminders', state, createdAt: receivedAt, updatedAt: receivedAt };
  }

  describe(`batches on ${engine}`, () => {
    const row = (number: number) => ({
      number,
      request: {
        to: `+55119999900${number}`,
        content: { type: 'text', body: 'Hello', previewUrl: false },
        fallback: null,
        onClosedWindow: null,
        purpose: 'transactional',
        notBefore: null,
        notAfter: null,
        businessPhoneId: null,
        reference: `row ${number}`,
      } satisfies RowRequest,
    });
    const idempotency = { scope: 'ak_1', key: 'people', digest: 'aa' };

    it('are kept once under one idempotency key, with rows that are added while they are open', async () => {
      const store = await open();
      const insert = { batch: testBatch('bt_1', 'open'), rows: [row(1)], idempotency };
      expect(await store.insertBatch(insert)).toEqual({ outcome: 'inserted', batchId: 'bt_1' });
      expect(await store.insertBatch({ ...insert, batch: testBatch('bt_2') })).toEqual({
        outcome: 'repeated',
        batchId: 'bt_1',
      });
      expect(
        await store.insertBatch({ ...insert, idempotency: { ...idempotency, digest: 'bb' } }),
      ).toMatchObject({ outcome: 'conflict' });
      expect(await store.addBatchRows('bt_1', [row(1), row(2)])).toBe(true);
      await store.changeBatchState({ id: 'bt_1', from: 'open', to: 'running', at: receivedAt + 5 });
      expect(await store.addBatchRows('bt_1', [row(3)])).toBe(false);
      expect(await store.findBatch('bt_1')).toEqual({
        batch: { ...testBatch('bt_1'), updatedAt: receivedAt + 5 },
        counts: { total: 2, waiting: 2, invalid: 0, states: {} },
      });
      await store.insertBatch({ batch: testBatch('bt_3'), rows: [], idempotency: null });
      const ids = async (after: string | null, limit: number) =>
        (await store.listBatches({ after, limit })).map(({ batch }) => batch.id);
      expect([await ids(null, 1), await ids('bt_1', 10)]).toEqual([['bt_1'], ['bt_3']]);
    });

    it('give their next rows while they run and few of them wait, and keep what became of each', async () => {
      const store = await open();
      await store.insertBatch({
        batch: testBatch('bt_1', 'open'),
        rows: [row(1), row(2), row(3)],
        idempotency: null,
      });
      const next = async (queued = 10) =>
        (await store.readNextRows({ queued, limit: 2 })).map(({ number }) => number);
      expect(await next()).toEqual([]);
      await store.changeBatchState({ id: 'bt_1', from: 'open', to: 'running', at: receivedAt });
      expect(await store.readNextRows({ queued: 10, limit: 1 })).toEqual([{ batchId: 'bt_1', ...row(1) }]);
      const taken = await take(store, { batchId: 'bt_1' });
      await store.keepRowOutcomes([
        { batchId: 'bt_1', number: 1, notificationId: taken.id, failure: null },
        { batchId: 'bt_1', number: 2, notificationId: null, failure: failureOf('recipient-invalid') },
      ]);
      expect([await next(), await next(1)]).toEqual([[3], []]);
      expect((await store.findBatch('bt_1'))?.counts).toEqual({
        total: 3,
        waiting: 1,
        invalid: 1,
        states: { queued: 1 },
      });
      expect(await store.readQueuedOfBatch('bt_1', 10)).toEqual([{ id: taken.id, lane }]);
      expect(await store.listBatchRows('bt_1', 0, 10)).toMatchObject([
        { number: 1, reference: 'row 1', notificationId: taken.id, state: 'queued', failure: null },
        { number: 2, notificationId: null, state: null, failure: { code: 'recipient-invalid' } },
        { number: 3, to: '+551199999003', notificationId: null, state: null, failure: null },
      ]);
      expect(await store.listBatchRows('bt_1', 2, 10)).toHaveLength(1);
    });
  });

  describe(`poison on ${engine}`, () => {
    it('is a fault of the data, so that its companions can be committed without it', async () => {
      const store = await open();
      const poison = message(store, 'wamid.poison');
      const [event] = poison.events;
      const digest = 'not bytes' as unknown as Uint8Array;
      if (event !== undefined) poison.events = [{ ...event, digest, identity: { key: randomBytes(20) } }];
      await expect(store.appendWebhooks([message(store, 'wamid.innocent'), poison])).rejects.toMatchObject({
        kind: 'data',
      });
      expect(await store.lastPosition()).toBe(0);
      await store.appendWebhooks([message(store, 'wamid.innocent')]);
      expect(await store.lastPosition()).toBeGreaterThan(0);
    });
  });
}
