import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BrokerTimeouts } from '../../src/adapters/brokers/broker-result.ts';
import type { DeliveryResult } from '../../src/flows/forwarding/delivery.ts';
import type { Destination } from '../../src/flows/forwarding/destination.ts';
import { newWebhookSecret, signWebhook, webhookFault } from '../../src/flows/forwarding/standard-webhooks.ts';
import { startRecado } from '../support/run-recado.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

/** A message that a broker has kept. */
export type KeptMessage = { headers: Record<string, string>; body: Buffer };

/** A real broker, shared by the tests of one file. */
export type BrokerOfTest = {
  /** Makes a new place for messages, and says its address. */
  place(): Promise<string>;
  /** Everything that a place has, in its order. */
  messages(address: string): Promise<KeptMessage[]>;
  /** Lets it take messages, and confirm none, until it is asked to go on. */
  holdBack(): Promise<void>;
  goOn(): Promise<void>;
  /** Ends it as a failure of power would. */
  kill(): Promise<void>;
  start(): Promise<void>;
};

const ana = '558587654321';
/** In milliseconds: enough for a program, and for a broker, to start on a busy machine. */
const patience = { timeout: 20_000, interval: 100 };
const restarting = { timeout: 120_000 };
const root = fileURLToPath(new URL('../..', import.meta.url));
const secret = newWebhookSecret();

/** Starts a consumer; the result ends it, as does the end of the test. */
function startConsumer(file: string, environment: Record<string, string>): () => Promise<void> {
  const child = spawn(process.execPath, ['--no-warnings', file], {
    cwd: root,
    env: environment,
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(stop);
  return stop;
}

/** The ids that a consumer has kept, in the order of keeping. */
function keptIn(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('select webhook_id from received order by rowid').pluck().all();
  } catch {
    // It is just being made.
    return [];
  } finally {
    database.close();
  }
}

/** A delivery with a number in it. */
export function delivery(number: number, body = Buffer.from(`{"number":${number}}`)) {
  return {
    url: 'unused',
    headers: {
      'content-type': 'application/json',
      'webhook-id': `id-${number}`,
      'webhook-timestamp': '1795176000',
      'webhook-signature': `v1,${number}`,
    },
    body,
  };
}

/** How a delivery ended, in a word. */
export const ending = (result: DeliveryResult) =>
  result.outcome === 'answered' ? result.status : result.fault;

/** What every destination that is a broker must do. */
export function brokerContract(
  name: string,
  {
    open,
    broker,
    example,
  }: {
    open(address: string, timeouts?: BrokerTimeouts): Destination;
    broker(): BrokerOfTest;
    /** The consumer in examples/, and what it has to be told of a place. */
    example: { file: string; environment(address: URL): Record<string, string> };
  },
): void {
  const opened = (address: string, timeouts?: BrokerTimeouts) => {
    const destination = open(address, timeouts);
    onTestFinished(() => destination.close());
    return destination;
  };

  describe(`${name} as a destination`, () => {
    it('keeps the headers, and the body byte by byte', async () => {
      const address = await broker().place();
      const { deliver } = opened(address);
      const body = Buffer.concat([Buffer.alloc(2 ** 20, '{}'), Buffer.from([0xff, 0x00, 0xfe])]);
      expect(await deliver(delivery(1, body))).toMatchObject({ outcome: 'answered', status: 200 });
      const [kept] = await broker().messages(address);
      expect(kept?.body.equals(body)).toBe(true);
      expect(kept?.headers).toMatchObject(delivery(1).headers);
    });

    it('keeps many that come at once, in their order', async () => {
      const address = await broker().place();
      const { deliver } = opened(address);
      const numbers = Array.from({ length: 500 }, (_, number) => number);
      const results = await Promise.all(numbers.map((number) => deliver(delivery(number))));
      expect(new Set(results.map(ending))).toEqual(new Set([200]));
      const kept = await broker().messages(address);
      expect(kept.map(({ headers }) => headers['webhook-id'])).toEqual(
        numbers.map((number) => `id-${number}`),
      );
    });

    it('believes no broker that confirms nothing, and goes on when it does', async () => {
      const address = await broker().place();
      const { deliver } = opened(address, { connect: 2_000, confirm: 300 });
      expect(ending(await deliver(delivery(1)))).toBe(200);
      await broker().holdBack();
      expect(ending(await deliver(delivery(2)))).toBe('answering-timed-out');
      await broker().goOn();
      await expect.poll(async () => ending(await deliver(delivery(2))), patience).toBe(200);
      const kept = await broker().messages(address);
      expect(new Set(kept.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['id-1', 'id-2']));
    });

    it('counts a delivery that is taken back as broken off, without harm to the next one', async () => {
      const { deliver } = opened(await broker().place());
      expect(ending(await deliver(delivery(1), AbortSignal.abort()))).toBe('broken-off');
      expect(ending(await deliver(delivery(2)))).toBe(200);
    });

    it(
      'still has what it confirmed after it was killed, and goes on by itself when it is back',
      restarting,
      async () => {
        const address = await broker().place();
        const { deliver } = opened(address);
        expect(ending(await deliver(delivery(1)))).toBe(200);
        await broker().kill();
        expect(['refused', 'broken-off']).toContain(ending(await deliver(delivery(2))));
        expect(ending(await deliver(delivery(2)))).toBe('refused');
        await broker().start();
        expect(ending(await deliver(delivery(2)))).toBe(200);
        const kept = await broker().messages(address);
        expect(kept.map(({ headers }) => headers['webhook-id'])).toEqual(['id-1', 'id-2']);
      },
    );

    it('leads to the consumer in examples/, which keeps what is signed, once, also after it was away', async () => {
      const address = await broker().place();
      const { deliver } = opened(address);
      const database = join(temporaryFolder(), 'events.db');
      const start = () =>
        startConsumer(example.file, {
          ...example.environment(new URL(address)),
          DATABASE_FILE: database,
          RECADO_WEBHOOK_SECRET: secret,
        });
      const signed = (id: string, at = Date.now(), by = secret) => {
        const body = Buffer.from(
          JSON.stringify({ type: 'message', data: { id, contactId: null, summary: id } }),
        );
        return { url: 'unused', headers: { ...signWebhook({ id, at, body }, [by]) }, body };
      };
      const anHourAgo = Date.now() - 60 * 60_000;
      await deliver(signed('one', anHourAgo));
      await deliver(signed('one'));
      await deliver(signed('forged', Date.now(), newWebhookSecret()));
      await deliver({ ...signed('cut'), body: Buffer.from('{') });
      await deliver(signed('two'));
      const stop = start();
      await expect.poll(() => keptIn(database), patience).toEqual(['one', 'two']);
      await stop();
      await deliver(signed('three'));
      await deliver(signed('two'));
      start();
      await expect.poll(() => keptIn(database), patience).toEqual(['one', 'two', 'three']);
    });

    it(
      'is sent every event by recado listen --forward-to, signed and in order, though it is killed meanwhile',
      restarting,
      async () => {
        const address = await broker().place();
        const running = await runGateway();
        const write = async (text: string) => {
          const message = textMessage(`wamid.${text}`, ana, text, Math.floor(Date.now() / 1000));
          await running.post(webhookOf({ messages: [message] }));
        };
        const forward = (...words: string[]) =>
          startRecado(folder, ['listen', '--forward-to', address, '--kind', 'message', ...words], {
            RECADO_URL: running.gateway.url,
            RECADO_ADMIN_KEY: adminKey,
          });
        const folder = temporaryFolder();
        await write('one');
        const first = forward('--from', 'start', '--count', '3');
        await first.prints(/one {2}→ 200 in/);
        await broker().kill();
        await write('two');
        await first.prints(/ev_[0-9a-z]{10} is not taken: nobody listens there\./);
        await broker().start();
        await write('three');
        const { exitCode, stdout } = await first.ended;
        expect(exitCode).toBe(0);
        await write('four');
        expect(await forward('--count', '1').ended).toMatchObject({ exitCode: 0 });

        const [, secret = ''] = /verifies with the secret (whsec_\S+)/.exec(stdout) ?? [];
        const kept = await broker().messages(address);
        const texts = kept.map(({ body }) => JSON.parse(body.toString()).data.payload.text.body);
        expect(texts).toEqual(['one', 'two', 'three', 'four']);
        const faults = kept.map(({ body, headers }) => webhookFault(body, headers, [secret], Date.now()));
        expect(new Set(faults)).toEqual(new Set([null]));
      },
    );
  });
}
