import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createSeededRandom } from '../../src/simulator/seeded-random.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import {
  judgeHistory,
  type ListedEvent,
  type ListedNotification,
  readThreads,
  unfinished,
} from '../crash/history.ts';
import type { Postgres } from '../support/postgres/start-postgres.ts';
import { type TestClock, testClock } from '../support/test-clock.ts';
import { adminKey, appSecret, businessPhone, testConfig } from '../support/test-config.ts';
import { startCluster } from './cluster.ts';
import { type FaultName, faults } from './faults.ts';
import { judgeOrder } from './judge-order.ts';
import { startSlowGraph } from './slow-graph.ts';

/** What a round saw; `broken` lists every promise that did not hold, and is empty when all did. */
export type NodesResult = {
  acknowledged: number;
  notifications: number;
  /** How many were ever without an answer, so that nobody knew whether they had left. */
  unknown: number;
  /** How many events a reader saw that read by cursor all the while. */
  read: number;
  broken: string[];
};

/** Three business phones, so three lanes that the nodes share. */
const phones = ['0', '1', '2'].map((last) => ({
  ...businessPhone,
  phoneNumberId: `20010020010020${last}`,
  displayPhoneNumber: `55113210000${last}`,
}));
const people = ['558587654321', '5511987654321'];

/** Of the load and of the settling, in milliseconds. */
const PAUSE = 40;
const LOAD_AT_LEAST = 5_000;
const WEBHOOKS_AT_LEAST = 150;

/**
 * To one person: Meta takes 45 at once and then one every six seconds, and who keeps to that would still be sending
 * when the round is over (meta-facts §6).
 */
const NOTIFICATIONS_AT_MOST = 30;
const SETTLE_WITHIN = 120_000;

/**
 * One round: three gateways on one PostgreSQL are sent signed webhooks and notifications, faults befall them
 * meanwhile, one after the other, and whatever was not acknowledged is sent again, as Meta and a careful caller do. At the end the history
 * is held against the pretend Meta's.
 */
export async function nodesRound(
  strikes: readonly FaultName[],
  seed: string,
  { postgres, replicaPort }: { postgres: Postgres; replicaPort: number | null },
  leases: { duration: number; renewEvery: number },
): Promise<NodesResult> {
  const random = createSeededRandom(seed);
  const fraction = () => random.integer(10_000) / 10_000;
  const folder = mkdtempSync(join(tmpdir(), 'recado-nodes-'));
  const clock = testClock();
  const simulator = await createSimulator({
    appSecret,
    accessToken: 'EAAtests',
    clock,
    patience: 10_000,
    businessPhone: phones[0] ?? businessPhone,
    furtherBusinessPhones: phones.slice(1),
    seed,
  });
  for (const waId of people) simulator.person(waId);
  const slowGraph = await startSlowGraph(simulator.graphUrl, fraction);
  const database = await createDatabase(postgres);
  const base = testConfig(folder);
  const cluster = await startCluster({
    config: { ...base, encryptionKeys: [] },
    graphUrlFor: slowGraph.urlFor,
    databaseUrl: database.url,
    leases,
    count: 3,
    random: fraction,
  });
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };

  /** Sends until it is answered well. */
  async function insist(path: string, init: RequestInit): Promise<unknown> {
    for (;;) {
      try {
        const response = await fetch(cluster.url + path, init);
        const text = await response.text();
        if (response.ok) return text === '' ? null : JSON.parse(text);
        if (response.status < 500) throw new RangeError(`${path} answered ${response.status}: ${text}`);
      } catch (failure) {
        if (failure instanceof RangeError) throw failure;
      }
      await pause(PAUSE);
    }
  }
  async function list<Item extends { id: string }>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (;;) {
      const last = items.at(-1);
      const after = last === undefined ? '' : `&after=${last.id}`;
      const page = (await insist(`${path}?limit=500${after}`, { headers })) as { data: Item[] };
      if (page.data.length === 0) return items;
      items.push(...page.data);
    }
  }

  const acknowledged: string[] = [];
  const asked: string[] = [];
  const state = { loading: true, reading: true, struck: 0 };
  /** Each fault meets messages on their way. */
  const notificationsAllowed = () =>
    (NOTIFICATIONS_AT_MOST * Math.min(state.struck + 1, strikes.length)) / strikes.length;
  const seconds = Math.floor(clock.now() / 1000);

  /** Somebody who writes and is written to, one after the other. */
  async function converse(phoneNumberId: string, from: string): Promise<void> {
    let notified = 0;
    for (let index = 0; state.loading; index += 1) {
      const name = `${phoneNumberId}-${from}-${String(index).padStart(4, '0')}`;
      const body = JSON.stringify(webhookFor(phoneNumberId, `wamid.${name}`, from, seconds));
      await insist('/webhooks/whatsapp/', {
        method: 'POST',
        headers: { 'x-hub-signature-256': signBody(Buffer.from(body), appSecret) },
        body,
      });
      acknowledged.push(`wamid.${name}`);
      if (index % 3 === 0 && notified < notificationsAllowed()) {
        notified += 1;
        const template = { name: 'hello_world', language: 'en_US' };
        await insist('/v1/notifications', {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': name },
          body: JSON.stringify({ to: from, businessPhone: phoneNumberId, template, reference: name }),
        });
        asked.push(name);
      }
      await pause(PAUSE);
    }
  }

  /** Reads the feed by cursor all the while, each page from whichever node answers. */
  async function follow(): Promise<string[]> {
    const seen: string[] = [];
    for (;;) {
      const isLast = !state.reading;
      const last = seen.at(-1);
      const after = last === undefined ? '' : `&after=${last}`;
      const page = (await insist(`/v1/events?limit=200${after}`, { headers })) as { data: ListedEvent[] };
      seen.push(...page.data.map(({ id }) => id));
      if (page.data.length === 0 && isLast) return seen;
      if (page.data.length === 0) await pause(PAUSE);
    }
  }

  try {
    simulator.pointWebhooksAt(`${cluster.url}/webhooks/whatsapp/`);
    for (const { phoneNumberId } of phones.slice(1)) {
      await insist('/v1/business-phones', {
        method: 'POST',
        headers,
        body: JSON.stringify({ id: phoneNumberId, wabaId: businessPhone.wabaId }),
      });
    }
    // A phone that one node adds is every node's within two seconds.
    await pause(2_000);
    const reader = follow();
    const load = phones.flatMap(({ phoneNumberId }) =>
      people.map((person) => converse(phoneNumberId, person)),
    );
    const enough = pause(LOAD_AT_LEAST);
    for (const fault of strikes) {
      await pause(fraction() * 1_500);
      // Statuses would tell a new owner at once what became of a message: it has to do the right thing without them.
      simulator.holdStatuses();
      await faults[fault]({
        cluster,
        postgres,
        replicaPort,
        unanswered: ({ name }) => slowGraph.unanswered(name),
        random: fraction,
        leaseDuration: leases.duration,
        wait: pause,
      });
      await pause(2 * leases.duration);
      simulator.releaseStatuses();
      state.struck += 1;
    }
    await enough;
    while (acknowledged.length < WEBHOOKS_AT_LEAST) await pause(PAUSE);
    state.loading = false;
    await Promise.all(load);
    const notifications = await settle(() => list<ListedNotification>('/v1/notifications'), simulator, clock);
    const threads = await readThreads(list);
    state.reading = false;
    const read = await reader;
    const events = await list<ListedEvent>('/v1/events');
    const ledger = simulator.ledger();
    return {
      acknowledged: acknowledged.length,
      notifications: notifications.length,
      unknown: events.filter(({ kind, payload }) => kind === 'notification' && payload.state === 'unknown')
        .length,
      read: read.length,
      broken: [
        ...judgeHistory({
          acknowledged,
          asked,
          notifications,
          events,
          threads: threads.flatMap(({ messageIds }) => messageIds),
          ledger,
        }),
        ...judgeOrder({
          acknowledged,
          notifications,
          events,
          threads: threads.map(({ messageIds }) => messageIds),
          ledger,
          read,
        }),
      ],
    };
  } finally {
    state.loading = false;
    await cluster.close();
    await slowGraph.close();
    await simulator.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function webhookFor(phoneNumberId: string, id: string, from: string, seconds: number): object {
  const message = { from, id, timestamp: String(seconds), type: 'text', text: { body: 'Oi' } };
  const metadata = { display_phone_number: '551132100000', phone_number_id: phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, messages: [message] };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: businessPhone.wabaId, changes: [{ field: 'messages', value }] }],
  };
}

/** Waits until nothing is on its way any more, moving the pretend Meta's clock so that it delivers again. */
async function settle(
  notifications: () => Promise<ListedNotification[]>,
  simulator: Simulator,
  clock: TestClock,
): Promise<ListedNotification[]> {
  const until = Date.now() + SETTLE_WITHIN;
  let before = '';
  for (let quiet = 0; quiet < 5 && Date.now() < until; ) {
    clock.advance(30 * 60_000);
    await simulator.drain();
    const all = await notifications();
    const picture = JSON.stringify(all.map(({ id, state }) => [id, state]));
    const open = all.some(({ state }) => unfinished.includes(state));
    quiet = picture === before && !open ? quiet + 1 : 0;
    before = picture;
    await pause(400);
  }
  return notifications();
}

/** An empty database of the round's own. */
async function createDatabase(postgres: Postgres): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `nodes_${Date.now().toString(36)}`;
  async function onServer(sql: string): Promise<void> {
    const client = new Client(postgres.url);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }
  await onServer(`create database ${name} template template0`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return {
    url: url.href, // One that is lost for good takes its database with it.
    drop: () => onServer(`drop database if exists ${name} with (force)`).catch(() => {}),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
