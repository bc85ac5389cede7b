import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/adapters/store/store.ts';
import type { EventKind } from '../../src/domain/event.ts';
import { failureOf } from '../../src/domain/failure.ts';
import type { ConversationPlace } from '../../src/domain/views.ts';
import type { StoredPhone } from '../../src/flows/business-phones.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { newNotificationId } from '../../src/flows/outbound/new-notification-id.ts';
import { testNotification } from '../support/notification.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { hear, receivedAt } from './hear.ts';

const seconds = receivedAt / 1000;

/** A name, and the digits of a number that ends in its place in the list. */
function written(name: string, index: number, waId = `1650555${String(1000 + index)}`): object {
  return webhookOf({
    contacts: [{ wa_id: waId, profile: { name } }] as object[],
    messages: [textMessage(`wamid.${waId}`, waId, 'Hi', seconds + index)],
  });
}

/** Pages through a list by the id of the last item. */
async function paged<Item>(
  page: (after: string | null) => Promise<Item[]>,
  idOf: (item: Item) => string,
): Promise<Item[]> {
  const seen: Item[] = [];
  for (;;) {
    const last = seen.at(-1);
    const items = await page(last === undefined ? null : idOf(last));
    if (items.length === 0) return seen;
    seen.push(...items);
  }
}

/** How every engine sorts, pages and searches: by bytes and by order of coming, whatever the database's language. */
export function listsContract(engine: string, open: () => Promise<Store>): void {
  describe(`lists on ${engine}`, () => {
    it('count what a filter of kinds hides between two places of the feed', async () => {
      const store = await open();
      const statuses = ['sent', 'delivered'].map((status) => ({
        id: 'wamid.x',
        status,
        timestamp: `${seconds}`,
        recipient_id: '16505551000',
      }));
      await hear(store, written('Ana', 0), webhookOf({ statuses }), written('Bia', 1), written('Caio', 2));
      const events = await store.listEvents({ after: 0, kinds: ['message', 'status'], limit: 10 });
      expect(events.map(({ kind }) => kind)).toEqual(['message', 'status', 'status', 'message', 'message']);
      const places = events.map(({ position }) => position);
      const [first = 0, last = 0] = [places[0], places.at(-1)];
      const hidden = (after: number, until: number, ...kinds: EventKind[]) =>
        store.countHidden({ after, until, kinds });
      const messages = (count: number) => ({ kind: 'message', count });
      expect(await hidden(0, last, 'call')).toEqual([messages(3), { kind: 'status', count: 2 }]);
      expect(await hidden(0, last, 'status')).toEqual([messages(3)]);
      expect(await hidden(0, last, 'status', 'message')).toEqual([]);
      expect(await hidden(first, last - 1, 'status')).toEqual([messages(1)]);
      expect(await hidden(last, last, 'call')).toEqual([]);
    });

    it('sort by bytes: as text and not as numbers, capitals first, and nothing left out of account', async () => {
      const store = await open();
      const names = ['unknown', 'Zone', '9', '_private', 'a.b', 'a-b', 'aB', '10', 'ab', 'Érico'];
      const phone = (id: string): StoredPhone => ({
        id,
        wabaId: null,
        displayPhoneNumber: null,
        label: null,
        accessToken: null,
        appSecrets: null,
        isDefault: false,
        createdAt: receivedAt,
        updatedAt: receivedAt,
      });
      await store.writeConfiguredPhones({ put: names.map(phone), remove: [], audit: [] });
      const ids = (await store.readConfiguredPhones()).map(({ id }) => id);
      expect(ids).toEqual(['10', '9', 'Zone', '_private', 'a-b', 'a.b', 'aB', 'ab', 'unknown', 'Érico']);
    });

    it('page people and conversations in the order in which they became known, each once', async () => {
      const store = await open();
      const names = ['b', 'A', 'ä', 'a', 'B', 'z', 'Z'];
      await hear(store, ...names.map((name, index) => written(name, index)));
      const people = await paged(
        (after) => store.listContacts({ after, limit: 3, search: null }),
        ({ contact }) => contact.id,
      );
      expect(people.map(({ contact }) => contact.name)).toEqual(names);
      const conversations = await paged(
        (after) => store.listConversations({ after, limit: 2 }),
        ({ conversation }) => conversation.id,
      );
      expect(conversations.map(({ name }) => name)).toEqual(names);
      // An id that is not there begins at the start.
      expect(await store.listContacts({ after: 'ct_nobody', limit: 1, search: null })).toMatchObject([
        { contact: { name: 'b' } },
      ]);
    });

    it('page a thread by position, and know no thread of another id', async () => {
      const store = await open();
      const texts = ['one', 'two', 'three', 'four', 'five'];
      await hear(
        store,
        webhookOf({
          messages: texts.map((text, index) =>
            textMessage(`wamid.${text}`, '16505551000', text, seconds - index),
          ),
        }),
      );
      const [person] = await store.listContacts({ after: null, limit: 1, search: null });
      const conversationId = person?.conversation?.id ?? '';
      const first = await store.listMessages({ conversationId, after: null, limit: 2 });
      expect(first?.map(({ text }) => text)).toEqual(['one', 'two']);
      const after = first?.at(-1)?.position ?? null;
      const rest = await store.listMessages({ conversationId, after, limit: 10 });
      expect(rest?.map(({ text }) => text)).toEqual(['three', 'four', 'five']);
      expect(await store.listMessages({ conversationId: 'cv_none', after: null, limit: 1 })).toBeNull();
    });

    it('page conversations by their latest message, the latest first, and threads from their end', async () => {
      const store = await open();
      await hear(
        store,
        written('a', -90, '16505550001'),
        written('b', -50, '16505550002'),
        written('c', -70, '16505550003'),
        written('d', -50, '16505550004'),
      );
      const latest: { name: string | null; at: number }[] = [];
      let after: ConversationPlace | null = null;
      for (;;) {
        const page = await store.listLatestConversations({ after, limit: 2 });
        latest.push(...page.map(({ name, conversation }) => ({ name, at: conversation.lastMessageAt })));
        const last = page.at(-1)?.conversation;
        if (last === undefined) break;
        after = { lastMessageAt: last.lastMessageAt, id: last.id };
      }
      expect(
        latest
          .slice(0, 2)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['b', 'd']);
      expect(latest.slice(2).map(({ name }) => name)).toEqual(['c', 'a']);
      expect(latest.map(({ at }) => at)).toEqual(
        [50, 50, 70, 90].map((earlier) => (seconds - earlier) * 1000),
      );

      const texts = ['one', 'two', 'three'].map((text, index) =>
        textMessage(`wamid.${text}`, '16505559999', text, seconds - 40 + index),
      );
      await hear(store, webhookOf({ messages: texts }));
      const [first] = await store.listLatestConversations({ after: null, limit: 1 });
      const conversationId = first?.conversation.id ?? '';
      const end = await store.listMessages({ conversationId, after: null, limit: 2, newest: true });
      expect(end?.map(({ text }) => text)).toEqual(['three', 'two']);
      const before = end?.at(-1)?.position ?? null;
      const rest = await store.listMessages({ conversationId, after: before, limit: 2, newest: true });
      expect(rest?.map(({ text }) => text)).toEqual(['one']);
    });

    it('page notifications from the newest back, and count them by state and failure since a time', async () => {
      const store = await open();
      const failure = { ...failureOf('template-missing'), metaCode: 132_001, details: 'a \u0000 "code":"x"' };
      const story = [
        [receivedAt - 5000, { state: 'failed', failure }],
        [receivedAt, { state: 'failed', failure }],
        [receivedAt + 1000, { state: 'delivered' }],
        [receivedAt + 2000, { state: 'delivered' }],
      ] as const;
      const ids: string[] = [];
      for (const [takenAt, facts] of story) {
        const notification = testNotification(takenAt, { ...facts, id: newNotificationId(takenAt) });
        await store.insertNotification({
          notification,
          event: notificationEvent(notification),
          idempotency: null,
        });
        ids.push(notification.id);
      }
      const newest = await paged(
        (after) => store.listNotifications({ after, limit: 3, state: null, newest: true }),
        ({ notification }) => notification.id,
      );
      expect(newest.map(({ notification }) => notification.id)).toEqual(ids.toReversed());
      const missing = await store.listNotifications({
        after: null,
        limit: 5,
        state: null,
        failure: 'template-missing',
      });
      expect(missing.map(({ notification }) => notification.id)).toEqual(ids.slice(0, 2));
      expect(await store.countNotifications(receivedAt)).toEqual([
        { state: 'delivered', failure: null, count: 2 },
        { state: 'failed', failure: 'template-missing', count: 1 },
      ]);
      expect(await store.countNotifications(receivedAt + 3000)).toEqual([]);
    });

    it('page notifications by state in the order of taking', async () => {
      const store = await open();
      const states = ['queued', 'failed', 'queued', 'cancelled', 'queued'] as const;
      const ids: string[] = [];
      for (const state of states) {
        const notification = testNotification(receivedAt, { state });
        await store.insertNotification({
          notification,
          event: notificationEvent(notification),
          idempotency: null,
        });
        ids.push(notification.id);
      }
      const queued = await paged(
        (after) => store.listNotifications({ after, limit: 2, state: 'queued' }),
        ({ notification }) => notification.id,
      );
      expect(queued.map(({ notification }) => notification.id)).toEqual([ids[0], ids[2], ids[4]]);
    });

    it('keep numbers as large as a number may be, and counts as numbers', async () => {
      const store = await open();
      const { MAX_SAFE_INTEGER: largest } = Number;
      const notification = testNotification(receivedAt, {
        notBefore: largest,
        notAfter: largest,
        nextAttemptAt: largest,
      });
      await store.insertNotification({
        notification,
        event: notificationEvent(notification),
        idempotency: null,
      });
      expect((await store.findNotification(notification.id))?.notification).toMatchObject({
        notBefore: largest,
        notAfter: largest,
        nextAttemptAt: largest,
        createdAt: receivedAt,
      });
      expect(await store.readQueues(largest, 10)).toMatchObject([{ due: 1, oldestDueAt: largest }]);
      expect(await store.lastPosition()).toBe(1);
      expect(await store.countWebhooks({ since: null, webhookId: null })).toEqual({ count: 0, last: 0 });
    });
  });

  describe(`search on ${engine}`, () => {
    async function namesFound(store: Store, search: string): Promise<(string | null)[]> {
      const found = await store.listContacts({ after: null, limit: 50, search });
      return found.map(({ contact }) => contact.name);
    }

    it('finds parts of names in any case and without accents, also accents written by themselves', async () => {
      const store = await open();
      const names = ['João Souza', 'JOAO', 'Joa\u0303o', 'Ana', 'Ελένη', 'İpek', 'Straße', 'ﬁm', '日本 花子'];
      await hear(store, ...names.map((name, index) => written(name, index)));
      const joaos = ['João Souza', 'JOAO', 'Joa\u0303o'];
      for (const search of ['joao', 'JOÃO', 'joa\u0303o', 'JoÃo']) {
        expect(await namesFound(store, search)).toEqual(joaos);
      }
      expect(await namesFound(store, 'ελενη')).toEqual(['Ελένη']);
      expect(await namesFound(store, 'ipek')).toEqual(['İpek']);
      expect(await namesFound(store, 'STRAß')).toEqual(['Straße']);
      expect(await namesFound(store, 'strass')).toEqual([]);
      expect(await namesFound(store, 'fim')).toEqual([]);
      expect(await namesFound(store, '花')).toEqual(['日本 花子']);
    });

    it('takes every character as it is: none stands for others', async () => {
      const store = await open();
      const names = ['100% Ana', '100 Ana', 'a_b', 'acb', 'back\\slash', "O'Brien", '(x)', '[y]', '$1 & .*'];
      await hear(store, ...names.map((name, index) => written(name, index)));
      for (const search of ['100%', 'a_b', 'k\\s', "o'b", '(x', '[y]', '.*', '$1 &']) {
        expect(await namesFound(store, search)).toHaveLength(1);
      }
      expect(await namesFound(store, '%')).toEqual(['100% Ana']);
      expect(await namesFound(store, '_')).toEqual(['a_b']);
    });

    it('finds numbers however they are written, in both spellings, and user ids in any case', async () => {
      const store = await open();
      await hear(
        store,
        written('Ana', 0, '558587654321'),
        written('Bia', 1, '447700900123'),
        webhookOf({
          contacts: [{ user_id: 'BR.Carla9', profile: { name: 'Carla' } }] as object[],
          messages: [
            {
              from_user_id: 'BR.Carla9',
              id: 'wamid.carla',
              timestamp: String(seconds),
              type: 'text',
              text: { body: 'Hi' },
            },
          ],
        }),
      );
      for (const search of ['+55 (85) 98765-4321', '558587654321', '8765-4321', '8765.43']) {
        expect(await namesFound(store, search)).toEqual(['Ana']);
      }
      expect(await namesFound(store, '7700 900')).toEqual(['Bia']);
      expect(await namesFound(store, 'br.carla9')).toEqual(['Carla']);
      expect(await namesFound(store, '999999')).toEqual([]);
    });

    it('pages what it finds like the whole list', async () => {
      const store = await open();
      const names = ['Ana 1', 'Bia', 'ana 2', 'ANA 3', 'Aná 4'];
      await hear(store, ...names.map((name, index) => written(name, index)));
      const found = await paged(
        (after) => store.listContacts({ after, limit: 2, search: 'ana' }),
        ({ contact }) => contact.id,
      );
      expect(found.map(({ contact }) => contact.name)).toEqual(['Ana 1', 'ana 2', 'ANA 3', 'Aná 4']);
    });
  });
}
