import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../src/adapters/store/postgres/open-postgres-store.ts';
import type { Store } from '../../src/adapters/store/store.ts';
import { notificationEvent } from '../../src/flows/notification-event.ts';
import { testNotification } from '../support/notification.ts';
import { type Postgres, startPostgres } from '../support/postgres/start-postgres.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { hear, lane, receivedAt } from './hear.ts';

/** So many people write to us once, and get an answer; then all of it is doubled again and again. */
const PEOPLE = 64;
const DOUBLINGS = 10;

/** How many blocks of 8 KB one row of an answer may cost, and an operation before its first row. */
const PER_ROW = 60;
const BEFORE = 200;

let postgres: Postgres;
let client: Client;
let store: Store;

/** The blocks that an operation's statements touch, by what they say. */
async function effortOf(operation: () => Promise<unknown>): Promise<number> {
  await client.query('select pg_stat_statements_reset()');
  await operation();
  const { rows } = await client.query<{ blocks: string }>(
    `select coalesce(sum(shared_blks_hit + shared_blks_read), 0) as blocks from pg_stat_statements
     where query not like '%pg_stat_statements%'`,
  );
  return Number(rows[0]?.blocks);
}

beforeAll(async () => {
  postgres = await startPostgres(18, {
    shared_preload_libraries: 'pg_stat_statements',
    fsync: 'off',
    // What PostgreSQL knows of the tables stays what it was when they were small, as after a sudden flood.
    autovacuum: 'off',
  });
  store = await openPostgresStore({ url: postgres.url, directUrl: null });
  client = new Client(postgres.url);
  await client.connect();
  await client.query('create extension pg_stat_statements');

  const people = Array.from({ length: PEOPLE }, (_, index) => String(558580000000 + index));
  await hear(
    store,
    ...people.map((from, index) =>
      webhookOf({ messages: [textMessage(`wamid.${index}`, from, 'Oi', receivedAt / 1000)] }),
    ),
  );
  for (const digits of people) {
    const asked = testNotification(receivedAt, {
      recipient: { kind: 'number', digits },
      party: `number:${digits}`,
      state: 'delivered',
      nextAttemptAt: null,
    });
    await store.insertNotification({
      notification: asked,
      event: notificationEvent(asked),
      idempotency: null,
    });
  }
  await hear(store);
  await client.query('analyze');
  for (let doubling = 0; doubling < DOUBLINGS; doubling++) await double();
}, 120_000);

afterAll(async () => {
  await client?.end();
  await store?.close();
  await postgres?.stop();
});

/** Everything once more, at the end of the feed, under other ids. */
async function double(): Promise<void> {
  await client.query(`
    do $$
    declare
      events_so_far bigint := (select position from feed);
      webhooks_so_far bigint := (select webhook from feed);
      people_so_far bigint := (select max(number) from contacts);
    begin
      insert into webhooks (id, received_at, secret, format, length, body)
        select id + webhooks_so_far, received_at, secret, format, length, body from webhooks;
      insert into keys (key, position, digest, received_at)
        select sha256(key || int8send(events_so_far)), position + events_so_far, digest, received_at from keys;
      insert into events (position, key, kind, lane, occurred_at, received_at, webhook, path, payload)
        select position + events_so_far, sha256(key || int8send(events_so_far)), kind, lane, occurred_at, received_at,
          webhook + webhooks_so_far, path, payload from events;
      insert into notifications
        select (jsonb_populate_record(notifications, jsonb_build_object(
          'id', 'nt_' || md5(id || events_so_far), 'position', position + events_so_far))).* from notifications;
      insert into messages (position, lane, conversation, direction, at, message, notification)
        select position + events_so_far, lane, conversation, direction, at, sha256(message || int8send(events_so_far)),
          'nt_' || md5(notification || events_so_far) from messages;
      if people_so_far < 20000 then
        insert into contacts
          select (jsonb_populate_record(contacts, jsonb_build_object(
            'id', 'ct_' || md5(id || events_so_far), 'number', number + people_so_far))).* from contacts;
        insert into identifiers (lane, kind, value, until, contact)
          select lane, kind, value || 'x' || people_so_far, until, contact + people_so_far from identifiers;
        insert into conversations (number, id, lane, contact, last_inbound_at, last_message_at)
          select number + people_so_far, 'cv_' || md5(id || events_so_far), lane, contact + people_so_far, last_inbound_at,
            last_message_at + people_so_far from conversations;
        insert into event_contacts (position, contact, main)
          select position + events_so_far, contact + people_so_far, main from event_contacts;
      else
        insert into event_contacts (position, contact, main)
          select position + events_so_far, contact, main from event_contacts;
      end if;
      update feed set position = position + events_so_far, webhook = webhook + webhooks_so_far;
    end $$`);
}

const limit = 50;

/** The id of a conversation. */
async function someConversation(): Promise<string> {
  return (await store.listConversations({ after: null, limit: 1 }))[0]?.conversation.id ?? '';
}

const operations: [name: string, rows: number, operation: () => Promise<unknown>][] = [
  ['a page at the beginning of the feed', limit, () => store.listEvents({ after: 0, kinds: null, limit })],
  ['a page in the middle of the feed', limit, () => store.listEvents({ after: 60_000, kinds: null, limit })],
  [
    'the end of the feed',
    limit,
    async () => store.listEvents({ after: (await store.lastPosition()) - limit, kinds: null, limit }),
  ],
  [
    'the feed from its end backwards',
    limit,
    () => store.listEvents({ after: Number.MAX_SAFE_INTEGER, kinds: null, limit, newest: true }),
  ],
  ['what has work', 1, () => store.readWork(receivedAt, receivedAt)],
  ['a fold with all of the feed before it', limit, () => store.foldLane({ lane, number: 0 }, limit)],
  ['conversations', limit, () => store.listConversations({ after: null, limit })],
  ['the latest conversations', limit, () => store.listLatestConversations({ after: null, limit })],
  [
    'a thread from its newest message',
    limit,
    async () =>
      store.listMessages({ conversationId: await someConversation(), after: null, limit, newest: true }),
  ],
  ['the last message of a thread', 1, async () => store.lastInbound(await someConversation())],
  ['notifications', limit, () => store.listNotifications({ after: null, limit, state: null })],
  [
    'the newest notifications',
    limit,
    () => store.listNotifications({ after: null, limit, state: null, newest: true }),
  ],
  [
    'notifications of a state that is rare',
    limit,
    () => store.listNotifications({ after: null, limit, state: 'failed' }),
  ],
  ['what is due', limit, () => store.readDue(lane, receivedAt, { limit, bulk: true })],
  ['what is overdue', limit, () => store.readOverdue(lane, receivedAt, receivedAt, limit)],
  ['what is not settled', limit, () => store.readUnsettled(lane, limit)],
  ['what may have left unseen', 1, () => store.readAbandoned(lane)],
  [
    'what left lately',
    1,
    () => store.readSendHistory(lane, { recentSince: receivedAt, pairsSince: receivedAt, pairsFrom: 2 }),
  ],
  ['how the store is', 100, () => store.readHealth(100)],
  ['the queues', 100, () => store.readQueues(receivedAt, 100)],
  ['which accepted messages nobody told of', 1, () => store.readSilence(receivedAt)],
  [
    'the webhooks that are read again',
    limit,
    () => store.readWebhooks({ webhookId: null, since: null }, 5_000),
  ],
  [
    'what may be forgotten',
    limit,
    () => store.forgetEvents({ after: 0, receivedBefore: receivedAt - 1, limit }),
  ],
  [
    'keys that may be forgotten',
    limit,
    () => store.forgetKeys({ after: '', receivedBefore: receivedAt - 1, limit }),
  ],
  ['contacts', limit, () => store.listContacts({ after: null, limit, search: null })],
];

describe.each([
  { known: 'before PostgreSQL knows that the tables have grown', prepare: async () => {} },
  { known: 'when PostgreSQL knows how large the tables are', prepare: () => client.query('analyze') },
])('with a hundred thousand events, $known', ({ prepare }) => {
  beforeAll(async () => {
    await prepare();
  });

  it.each(operations)('%s costs what it answers, not what there is', async (_, rows, operation) => {
    expect(await effortOf(operation)).toBeLessThan(BEFORE + PER_ROW * rows);
  });
});

it('is large enough for that', async () => {
  expect(await store.lastPosition()).toBeGreaterThan(130_000);
});
