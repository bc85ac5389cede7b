import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.ts';
import type { CrashPoint } from '../../src/flows/crash-points.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey, appSecret, businessPhone, testConfig } from '../support/test-config.ts';
import { startForwardingReceiver } from './forwarding-receiver.ts';
import {
  judgeHistory,
  type ListedEvent,
  type ListedNotification,
  readThreads,
  unfinished,
} from './history.ts';

/** When the process is killed: as it passes a named point for the nth time, at an answer, or after a time. */
export type Kill =
  | { point: CrashPoint; pass: number }
  | { afterRequests: number }
  /** Milliseconds after it was ready: inside whatever it is doing then. */
  | { afterTime: number };

/** What a round saw; `broken` lists every promise that did not hold, and is empty when all did. */
export type RoundResult = { kills: number; acknowledged: number; notifications: number; broken: string[] };

/** Of the load: until all kills have struck, but no longer than Meta takes messages for one person at once. */
const STEPS_AT_LEAST = 12;
const STEPS_AT_MOST = 100;

const people = ['558587654321', '5511987654321', '5521912345678'];

/**
 * One round: a gateway in its own process is sent signed webhooks and notifications, is killed and started
 * again on the same database, and everything that was not acknowledged is sent again, as Meta and a careful
 * caller do. At the end its history is held against the pretend Meta's, and what an application heard against the feed.
 */
export async function crashRound(kills: Kill[]): Promise<RoundResult> {
  const folder = mkdtempSync(join(tmpdir(), 'recado-crash-'));
  const clock = testClock();
  const simulator = await createSimulator({
    appSecret,
    accessToken: 'EAAtests',
    clock,
    patience: 2_000,
    businessPhone,
  });
  const receiver = await startForwardingReceiver();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  simulator.pointWebhooksAt(`${url}/webhooks/whatsapp/`);
  for (const waId of people) simulator.person(waId);
  const base = testConfig(folder);
  const config: Config = {
    ...base,
    // They cross to the other process as JSON, which has no bytes: it makes them anew.
    encryptionKeys: [],
    http: { host: '127.0.0.1', port },
    meta: { ...base.meta, graphUrl: simulator.graphUrl },
  };

  const state = { requests: 0, killed: 0 };
  // The endpoint is made in peace: repeated by a caller whom a crash has left without an answer, it would be two.
  let child = await start(config, null);
  await makeEndpoint(url, receiver.url);
  child.kill('SIGTERM');
  await once(child, 'exit');
  child = await start(config, kills[0] ?? null);
  let restarting: Promise<void> | null = null;
  /** Of many who find the gateway dead one starts it again. */
  function revive(): Promise<void> {
    restarting ??= startAgain().finally(() => {
      restarting = null;
    });
    return restarting;
  }
  async function startAgain(): Promise<void> {
    if (state.killed === kills.length) throw new RangeError('The gateway died though nobody killed it.');
    state.killed += 1;
    state.requests = 0;
    child = await start(config, kills[state.killed] ?? null);
  }

  /** Sends until it is answered well; a dead gateway is started again, as a supervisor would. */
  async function insist(path: string, init: RequestInit): Promise<unknown> {
    for (;;) {
      try {
        const response = await fetch(url + path, init);
        // At the moment of the answer: what was acknowledged a millisecond ago must be there for ever.
        const kill = kills[state.killed];
        state.requests += 1;
        if (kill !== undefined && 'afterRequests' in kill && state.requests >= kill.afterRequests) {
          child.kill('SIGKILL');
        }
        const text = await response.text();
        if (response.ok) return text === '' ? null : JSON.parse(text);
        if (response.status < 500) throw new RangeError(`${path} answered ${response.status}: ${text}`);
      } catch (failure) {
        if (failure instanceof RangeError) throw failure;
        if (child.exitCode === null && child.signalCode === null)
          await Promise.race([once(child, 'exit'), tick()]);
        if (child.exitCode !== null || child.signalCode !== null) await revive();
      }
    }
  }

  const acknowledged: string[] = [];
  // One time for all, so that what is delivered again is the same to the last byte.
  const seconds = Math.floor(clock.now() / 1000);
  async function webhook(messageId: string, from: string): Promise<void> {
    const body = JSON.stringify(webhookOf({ messages: [textMessage(messageId, from, 'Hi', seconds)] }));
    await insist('/webhooks/whatsapp/', {
      method: 'POST',
      headers: { 'x-hub-signature-256': signBody(Buffer.from(body), appSecret) },
      body,
    });
    acknowledged.push(messageId);
  }
  async function notification(reference: string, to: string): Promise<void> {
    await insist('/v1/notifications', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${adminKey}`,
        'content-type': 'application/json',
        'idempotency-key': reference,
      },
      body: JSON.stringify({ to, template: { name: 'hello_world', language: 'en_US' }, reference }),
    });
  }
  async function list<Item extends { id: string }>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (;;) {
      const last = items.at(-1);
      const after = last === undefined ? '' : `&after=${last.id}`;
      const page = (await insist(`${path}?limit=500${after}`, {
        headers: { authorization: `Bearer ${adminKey}` },
      })) as { data: Item[] };
      if (page.data.length === 0) return items;
      items.push(...page.data);
    }
  }

  try {
    const asked: string[] = [];
    const isEnough = (steps: number) =>
      steps >= STEPS_AT_MOST || (steps >= STEPS_AT_LEAST && state.killed === kills.length);
    for (let index = 0; !isEnough(index); index += 1) {
      const person = people[index % people.length] ?? '';
      asked.push(`n-${index}`);
      // Several at once, so that a kill also meets a commit of many. Every third is delivered twice; the others
      // have only their one acknowledgement to rely on.
      await Promise.all([
        ...['a', 'b', 'c', 'd'].map((part) => webhook(`wamid.crash-${index}-${part}`, person)),
        notification(`n-${index}`, person),
      ]);
      if (index % 3 === 0) await webhook(`wamid.crash-${index}-a`, person);
    }
    const settled = await settle(() => list<ListedNotification>('/v1/notifications'), simulator, clock);
    const events = await list<ListedEvent>('/v1/events');
    for (let looks = 0; !receiver.hasAll(events) && looks < MOST_LOOKS; looks += 1) await tick();
    const threads = (await readThreads(list)).flatMap(({ messageIds }) => messageIds);
    return {
      kills: state.killed,
      acknowledged: acknowledged.length,
      notifications: settled.length,
      broken: [
        ...judgeHistory({
          acknowledged,
          asked,
          notifications: settled,
          events,
          threads,
          ledger: simulator.ledger(),
        }),
        ...receiver.judge(events),
      ],
    };
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await simulator.close();
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How often it is looked before a status counts as lost. */
const MOST_LOOKS = 1_000;

/** Waits until nothing is on its way any more, moving the pretend Meta's clock so that it delivers again. */
async function settle(
  notifications: () => Promise<ListedNotification[]>,
  simulator: Awaited<ReturnType<typeof createSimulator>>,
  clock: ReturnType<typeof testClock>,
): Promise<ListedNotification[]> {
  let before = '';
  for (let quiet = 0, looks = 0; quiet < 3 && looks < MOST_LOOKS; looks += 1) {
    clock.advance(30 * 60_000);
    await simulator.drain();
    const all = await notifications();
    const picture = JSON.stringify(all.map(({ id, state }) => [id, state]));
    const open = all.some(({ state }) => unfinished.includes(state));
    quiet = picture === before && !open ? quiet + 1 : 0;
    before = picture;
    await tick();
  }
  return notifications();
}

/** Has every message forwarded to an application. */
async function makeEndpoint(gateway: string, url: string): Promise<void> {
  const response = await fetch(`${gateway}/v1/endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url, kinds: ['message'] }),
  });
  if (response.status !== 201) throw new Error(`The endpoint was not made: ${await response.text()}`);
}

async function start(config: Config, kill: Kill | null): Promise<ChildProcess> {
  const crashAt = kill !== null && 'point' in kill ? kill : null;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'gateway-process.ts')], {
    env: { ...process.env, CRASH_ORDERS: JSON.stringify({ config, crashAt }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (kill !== null && 'afterTime' in kill) {
    const timer = setTimeout(() => child.kill('SIGKILL'), kill.afterTime);
    child.once('exit', () => clearTimeout(timer));
  }
  // Only one that is to be killed may end before it is ready; any other would be started for ever.
  if (crashAt === null && (child.exitCode !== null || child.signalCode !== null)) {
    throw new RangeError(`The gateway ended before it was ready, with exit code ${child.exitCode}.`);
  }
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
