import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, RESP_TYPES } from '@redis/client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRedisDestination } from '../../src/adapters/brokers/redis-streams.ts';
import { freePort } from '../support/start-receiver.ts';
import { type BrokerOfTest, brokerContract, delivery, ending } from './broker-suite.ts';

/**
 * Redis Streams as a destination of forwarding, as docs/forwarding.md says it works. Needs Debian's package
 * redis-server; without it the suite is skipped visibly, and never where CI is true.
 */
const program = '/usr/bin/redis-server';
const there = existsSync(program);
if (!there)
  process.stdout.write('SKIPPED: Redis is not there. `apt-get install redis-server` to run this suite.\n');

let server: RedisServer;

type RedisServer = BrokerOfTest & {
  address(stream: string): string;
  /** Gives a command to the server. */
  command(...words: string[]): Promise<unknown>;
  close(): Promise<void>;
};

async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'recado-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const options = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
    const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];
    const started = spawn(program, [...options, ...durable], { stdio: ['ignore', 'pipe', 'ignore'] });
    child = started;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('Ready to accept connections')) resolve();
      });
      started.once('close', () => reject(new Error(`Redis ended:\n${said}`)));
    });
  }

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const ended = once(running, 'close');
    running.kill('SIGKILL');
    await ended;
  }

  const newClient = () => createClient({ url: `redis://127.0.0.1:${port}` });

  async function withClient<Result>(work: (client: ReturnType<typeof newClient>) => Promise<Result>) {
    const client = newClient();
    await client.connect();
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  }

  const command = (...words: string[]) => withClient((client) => client.sendCommand(words));
  const address = (stream: string) => `redis://127.0.0.1:${port}/0?stream=${stream}`;

  await start();
  return {
    address,
    command,
    start,
    kill,
    place: async () => address(randomUUID()),
    messages: (place) =>
      withClient(async (client) => {
        const bytes = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
        const entries = await bytes.xRange(new URL(place).searchParams.get('stream') ?? '', '-', '+');
        return (entries ?? []).map(({ message: { body, ...headers } }) => ({
          body: body ?? Buffer.alloc(0),
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        }));
      }),
    holdBack: async () => {
      await command('CLIENT', 'PAUSE', '600000', 'WRITE');
    },
    goOn: async () => {
      await command('CLIENT', 'UNPAUSE');
    },
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe.skipIf(!there && process.env['CI'] !== 'true')('Redis', () => {
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.close());

  brokerContract('Redis', {
    open: createRedisDestination,
    broker: () => server,
    example: {
      file: 'examples/receive-redis/server.ts',
      environment: ({ host, searchParams }) => ({
        REDIS_URL: `redis://${host}/0`,
        STREAM: searchParams.get('stream') ?? '',
      }),
    },
  });

  const opened = (address: string) => {
    const destination = createRedisDestination(address);
    onTestFinished(() => destination.close());
    return destination;
  };

  it('keeps about as many entries as the address says', async () => {
    const { deliver } = opened(`${server.address('short')}&length=100`);
    await Promise.all(Array.from({ length: 1_000 }, (_, number) => deliver(delivery(number))));
    const kept = await server.command('XLEN', 'short');
    expect(kept).toBeGreaterThanOrEqual(100);
    expect(kept).toBeLessThan(500);
  });

  it('says what Redis refuses, and goes on when it does not any more', async () => {
    await server.command('SET', 'text', 'no stream');
    const { deliver } = opened(server.address('text'));
    expect(await deliver(delivery(1))).toMatchObject({
      status: 500,
      excerpt: expect.stringContaining('WRONGTYPE'),
    });
    await server.command('DEL', 'text');
    expect(ending(await deliver(delivery(1)))).toBe(200);
  });

  it('takes nothing that Redis has no room for', async () => {
    const { deliver } = opened(server.address('full'));
    onTestFinished(async () => {
      await server.command('CONFIG', 'SET', 'maxmemory', '0');
    });
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    expect(await deliver(delivery(1))).toMatchObject({
      status: 500,
      excerpt: expect.stringContaining('OOM'),
    });
    await server.command('CONFIG', 'SET', 'maxmemory', '0');
    expect(ending(await deliver(delivery(1)))).toBe(200);
  });

  it('says that a login is refused, and goes on once it may append, the only right that it needs', async () => {
    const address = server.address('guarded').replace('redis://', 'redis://ana:right@');
    const { deliver } = opened(address);
    expect(await deliver(delivery(1))).toMatchObject({
      status: 403,
      excerpt: expect.stringContaining('WRONGPASS'),
    });
    await server.command('ACL', 'SETUSER', 'ana', 'on', '>right', '~guarded');
    expect(await deliver(delivery(1))).toMatchObject({
      status: 403,
      excerpt: expect.stringContaining('NOPERM'),
    });
    await server.command('ACL', 'SETUSER', 'ana', '+xadd');
    expect(ending(await deliver(delivery(1)))).toBe(200);
  });
});
