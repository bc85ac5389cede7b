import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Lane } from '../../src/domain/lane.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import { createPlaceEvent } from '../../src/flows/inbound/place-event.ts';
import { refoldLane } from '../../src/flows/inbound/refold-lane.ts';
import { type RereadCounts, rereadWebhooks } from '../../src/flows/inbound/reread.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { type ParsedEvent, parseWebhook, rawOnlyEvent } from '../../src/whatsapp/parse-webhook.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';
import { webhookFixture, webhookFixtureNames } from '../support/webhook-fixtures.ts';

const receivedAt = 1_790_000_000_000;
const seconds = receivedAt / 1000 - 3600;
const place = createPlaceEvent({
  defaultId: () => businessPhoneId,
  isForeign: (id) => id !== businessPhoneId,
});

type Parse = (body: Uint8Array) => ParsedEvent[];

/** A parser of an earlier version that understood less. */
type Cripple = (events: ParsedEvent[], body: Uint8Array, store: Store) => ParsedEvent[];

const understandsNothing: Cripple = (events) =>
  events.map((event) => ({ ...event, kind: 'unrecognised', facts: { fact: 'other', person: null } }));
const seesOnlyBytes: Cripple = (_events, body, store) => [
  rawOnlyEvent(body, createEventKeys(store.installationKey)),
];

/** What re-reading must do on every engine. */
export function rereadContract(engine: string, open: () => Promise<Store>): void {
  function parserOf(store: Store): Parse {
    const keys = createEventKeys(store.installationKey);
    return (body) => parseWebhook(body, keys).events;
  }

  async function append(store: Store, body: object | Uint8Array, cripple: Cripple = (events) => events) {
    const bytes =
      body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array(Buffer.from(JSON.stringify(body)));
    const events = cripple(parserOf(store)(bytes), bytes, store).map(place);
    await store.appendWebhooks([{ body: bytes, secretFingerprint: 'x', receivedAt, events }]);
  }

  async function foldAll(store: Store): Promise<void> {
    for (const { lane: name, fold, refold } of await store.readWork(receivedAt, 0)) {
      if (fold || refold) await foldOne(store, name);
    }
  }

  async function foldOne(store: Store, name: Lane): Promise<void> {
    const fence = { lane: name, number: 0 };
    const settled = () => undefined;
    while (await foldLane(fence, store, { reached: () => {}, settled })) {
      // Until the cursor stands at the end.
    }
    while (await refoldLane(fence, store)) {
      // Until nothing waits.
    }
  }

  async function reread(
    store: Store,
    options: { dryRun?: boolean; since?: number; webhookId?: number; parse?: Parse } = {},
  ): Promise<RereadCounts> {
    const { dryRun = false, since = null, webhookId = null, parse = parserOf(store) } = options;
    const scope = { since, webhookId };
    const { last } = await store.countWebhooks(scope);
    let counts: RereadCounts = { webhooks: 0, upgraded: 0, found: 0, skipped: 0, kinds: {} };
    await rereadWebhooks({ ...scope, last }, store, {
      parse,
      place,
      dryRun,
      clock: { now: () => receivedAt + 1 },
      isDataError: (failure) => failure instanceof Error && 'kind' in failure && failure.kind === 'data',
      progress: (now) => {
        counts = now;
      },
      signal: new AbortController().signal,
    });
    return counts;
  }

  const feedOf = (store: Store) => store.listEvents({ after: 0, kinds: null, limit: 500 });

  async function everything(store: Store) {
    return {
      feed: await feedOf(store),
      contacts: await store.listContacts({ after: null, limit: 100, search: null }),
      conversations: await store.listConversations({ after: null, limit: 100 }),
      notifications: await store.listNotifications({ after: null, limit: 100, state: null }),
      work: await store.readWork(receivedAt, 0),
    };
  }

  const message = webhookOf({
    contacts: [{ wa_id: '558587654321', profile: { name: 'Ana Souza' } }],
    messages: [textMessage('wamid.one', '558587654321', 'Hi', seconds)],
  });

  describe(`reading again on ${engine}`, () => {
    it('upgrades in place what was not understood, and registers who wrote with the window of that time', async () => {
      const store = await open();
      await append(store, message, understandsNothing);
      await foldAll(store);
      const [before] = await feedOf(store);
      expect(before).toMatchObject({ kind: 'unrecognised', contactId: null, revision: 1, replayed: false });
      expect(await store.listContacts({ after: null, limit: 10, search: null })).toEqual([]);

      expect(await reread(store)).toEqual({
        webhooks: 1,
        upgraded: 1,
        found: 0,
        skipped: 0,
        kinds: { message: 1 },
      });
      await foldAll(store);
      const feed = await feedOf(store);
      const [contact] = await store.listContacts({ after: null, limit: 10, search: null });
      expect(feed).toEqual([
        {
          ...before,
          kind: 'message',
          content: expect.objectContaining({ messageId: 'wamid.one' }),
          revision: 2,
          replayed: true,
          contactId: contact?.contact.id,
        },
      ]);
      expect(contact).toMatchObject({
        contact: { name: 'Ana Souza', wroteIn: true, firstSeenAt: seconds * 1000 },
        conversation: { lastInboundAt: seconds * 1000 },
      });
      const thread = await store.listMessages({
        conversationId: contact?.conversation?.id ?? '',
        after: null,
        limit: 10,
      });
      expect(thread).toMatchObject([{ direction: 'in', text: 'Hi', messageId: 'wamid.one' }]);
    });

    it('appends what an old body was not known to hold, once, as old news', async () => {
      const store = await open();
      await append(store, message, seesOnlyBytes);
      await append(
        store,
        webhookOf({ messages: [textMessage('wamid.two', '558587654321', 'x', seconds + 9)] }),
      );
      await foldAll(store);
      expect(await reread(store)).toMatchObject({ upgraded: 0, found: 1, kinds: { message: 1 } });
      await foldAll(store);
      expect(await feedOf(store)).toMatchObject([
        { kind: 'unrecognised', replayed: false },
        { kind: 'message', replayed: false },
        { kind: 'message', replayed: true, revision: 1, receivedAt, contactId: expect.any(String) },
      ]);
      const [contact] = await store.listContacts({ after: null, limit: 10, search: null });
      expect(contact?.conversation?.lastInboundAt).toBe((seconds + 9) * 1000);
      expect(await reread(store)).toMatchObject({ upgraded: 0, found: 0 });
    });

    it('moves a notification by a status that was not understood', async () => {
      const store = await open();
      const sent = testNotification(receivedAt, { state: 'accepted', attempts: 1, messageId: 'wamid.ours' });
      await store.insertNotification({
        notification: sent,
        event: notificationEvent(sent),
        idempotency: null,
      });
      const status = {
        id: 'wamid.ours',
        status: 'delivered',
        timestamp: String(seconds),
        recipient_id: '558587654321',
      };
      await append(store, webhookOf({ statuses: [status] }), understandsNothing);
      await foldAll(store);
      await reread(store);
      await foldAll(store);
      expect((await store.findNotification(sent.id))?.notification.state).toBe('delivered');
    });

    it('reads a message again whose writer could not be read', async () => {
      const store = await open();
      const nameless = { id: 'wamid.three', timestamp: String(seconds), type: 'text', text: { body: 'Hi' } };
      await append(store, webhookOf({ messages: [nameless] }));
      await foldAll(store);
      // A later version that knows where the writer stands.
      const wiser: Parse = (body) =>
        parserOf(store)(body).map((event) =>
          event.facts.fact !== 'message'
            ? event
            : {
                ...event,
                facts: {
                  ...event.facts,
                  sender: { identifiers: [{ kind: 'user_id', value: 'BR.new' }], name: null },
                },
              },
        );
      expect(await reread(store, { parse: wiser })).toMatchObject({ upgraded: 1, kinds: { message: 1 } });
      expect(await feedOf(store)).toMatchObject([{ kind: 'message', revision: 2 }]);
    });

    it('changes nothing with the same parser, whatever the bodies, folded or not', async () => {
      const store = await open();
      for (const name of webhookFixtureNames()) await append(store, webhookFixture(name));
      const unfolded = await everything(store);
      expect(unfolded.feed.length).toBeGreaterThan(webhookFixtureNames().length);
      expect(await reread(store)).toMatchObject({ upgraded: 0, found: 0, skipped: 0 });
      expect(await everything(store)).toEqual(unfolded);
      await foldAll(store);
      const folded = await everything(store);
      expect(await reread(store)).toMatchObject({ upgraded: 0, found: 0 });
      expect(await everything(store)).toEqual(folded);
    });

    it('ends in the state that the parser of today would have made from the start', async () => {
      const [straight, late] = [await open(), await open()];
      for (const name of webhookFixtureNames()) {
        await append(straight, webhookFixture(name));
        await append(late, webhookFixture(name), understandsNothing);
      }
      await foldAll(straight);
      await foldAll(late);
      await reread(late);
      await foldAll(late);
      const people = async (store: Store) =>
        (await store.listContacts({ after: null, limit: 500, search: null }))
          .map(({ contact, conversation }) => ({
            name: contact.name,
            identifiers: contact.identifiers,
            firstSeenAt: contact.firstSeenAt,
            wroteIn: contact.wroteIn,
            lastInboundAt: conversation?.lastInboundAt,
          }))
          .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
      expect(await people(late)).toEqual(await people(straight));
      expect((await feedOf(late)).map(({ kind }) => kind)).toEqual(
        (await feedOf(straight)).map(({ kind }) => kind),
      );
      expect((await late.readWork(receivedAt, 0)).filter(({ fold }) => fold)).toEqual([]);
    });

    it('only finds out in a dry run, and keeps to its scope', async () => {
      const store = await open();
      await append(store, message, understandsNothing);
      const before = await everything(store);
      expect(await reread(store, { dryRun: true })).toMatchObject({ webhooks: 1, upgraded: 1 });
      expect(await everything(store)).toEqual(before);
      expect(await reread(store, { since: receivedAt + 1 })).toMatchObject({ webhooks: 0, upgraded: 0 });
      const webhookId = before.feed[0]?.webhookId ?? 0;
      expect(await store.countWebhooks({ since: null, webhookId: webhookId + 1 })).toMatchObject({
        count: 0,
      });
      expect(await reread(store, { webhookId })).toMatchObject({ webhooks: 1, upgraded: 1 });
    });

    it('counts a state without time as the old news that it is', async () => {
      const store = await open();
      const quality = (event: string) => ({
        object: 'whatsapp_business_account',
        entry: [{ id: '300', changes: [{ field: 'phone_number_quality_update', value: { event } }] }],
      });
      await append(store, quality('FLAGGED'), seesOnlyBytes);
      await append(store, quality('UPGRADE'));
      expect(await reread(store)).toMatchObject({ found: 1, kinds: { phone: 1 } });
      await append(store, quality('UPGRADE'));
      expect(await reread(store)).toMatchObject({ found: 0, upgraded: 0 });
      const phones = (await feedOf(store)).filter(({ kind }) => kind === 'phone');
      expect(phones.map(({ payload }) => payload)).toEqual([{ event: 'UPGRADE' }, { event: 'FLAGGED' }]);
    });

    it('leaves a webhook out that cannot be kept as it is read, and goes on', async () => {
      const store = await open();
      await append(store, message, understandsNothing);
      await append(
        store,
        webhookOf({ messages: [textMessage('wamid.two', '55', 'x', seconds)] }),
        understandsNothing,
      );
      const poisoned: Parse = (body) =>
        parserOf(store)(body).map((event, index) =>
          index === 0 && Buffer.from(body).includes('wamid.one')
            ? { ...event, digest: 'no bytes' as unknown as Uint8Array }
            : event,
        );
      expect(await reread(store, { parse: poisoned })).toMatchObject({
        webhooks: 2,
        upgraded: 1,
        skipped: 1,
      });
    });
  });
}
