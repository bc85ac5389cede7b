import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Channel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRabbitmqDestination } from '../../src/adapters/brokers/rabbitmq.ts';
import { freePort } from '../support/start-receiver.ts';
import { type BrokerOfTest, brokerContract, delivery, ending, type KeptMessage } from './broker-suite.ts';

/**
 * RabbitMQ as a destination of forwarding, as docs/forwarding.md says it works. Needs Debian's package rabbitmq-server;
 * without it the suite is skipped visibly, and never where CI is true.
 */
const programs = '/usr/lib/rabbitmq/bin';
const there = existsSync(`${programs}/rabbitmq-server`);
if (!there)
  process.stdout.write(
    'SKIPPED: RabbitMQ is not there. `apt-get install rabbitmq-server` to run this suite.\n',
  );

let server: RabbitmqServer;

/** A server of its own, with its own register of names, in a folder of its own. */
type RabbitmqServer = BrokerOfTest & {
  address(query: string): string;
  onChannel<Result>(work: (channel: Channel) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

async function startRabbitmq(): Promise<RabbitmqServer> {
  const folder = mkdtempSync(join(tmpdir(), 'recado-rabbitmq-'));
  const [port, namesPort, nodesPort] = [await freePort(), await freePort(), await freePort()];
  for (const empty of ['rabbitmq.conf', 'environment.conf']) writeFileSync(join(folder, empty), '');
  writeFileSync(join(folder, 'plugins'), '[].');
  const environment = {
    PATH: process.env['PATH'],
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(namesPort),
    RABBITMQ_NODENAME: `recado-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(nodesPort),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'environment.conf'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
  };
  // Otherwise the server starts one that outlives it.
  const names = spawn('epmd', ['-port', String(namesPort), '-address', '127.0.0.1'], { stdio: 'ignore' });
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    // In a group of its own: what has to be ended is the program behind the script.
    const started = spawn(`${programs}/rabbitmq-server`, [], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string) => {
        said += text;
        if (said.includes('Server startup complete')) resolve();
      };
      started.stdout.setEncoding('utf8').on('data', hear);
      started.stderr.setEncoding('utf8').on('data', hear);
      started.once('close', () => reject(new Error(`RabbitMQ ended:\n${said}`)));
    });
  }

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const ended = once(running, 'close');
    process.kill(-running.pid, 'SIGKILL');
    await ended;
  }

  const address = (query: string) => `amqp://guest:guest@127.0.0.1:${port}/${query}`;

  async function onChannel<Result>(work: (channel: Channel) => Promise<Result>): Promise<Result> {
    const connection = await connect(address(''));
    try {
      return await work(await connection.createChannel());
    } finally {
      await connection.close();
    }
  }

  /** As a server does that is short of memory: it reads nothing more of whoever publishes. */
  async function limitMemory(share: string): Promise<void> {
    await promisify(execFile)(`${programs}/rabbitmqctl`, ['set_vm_memory_high_watermark', share], {
      env: environment,
      cwd: folder,
    });
  }

  await start();
  return {
    address,
    onChannel,
    start,
    kill,
    holdBack: () => limitMemory('0'),
    goOn: () => limitMemory('0.4'),
    async place() {
      const queue = randomUUID();
      await onChannel((channel) => channel.assertQueue(queue, { durable: true }));
      return address(`?queue=${queue}`);
    },
    messages: (place) =>
      onChannel(async (channel) => {
        const queue = new URL(place).searchParams.get('queue') ?? '';
        const kept: KeptMessage[] = [];
        // Never acknowledged, so that the queue has them still.
        for (let message = await channel.get(queue); message !== false; message = await channel.get(queue)) {
          kept.push({ headers: { ...message.properties.headers }, body: message.content });
        }
        return kept;
      }),
    async close() {
      await kill();
      const ended = once(names, 'close');
      names.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe.skipIf(!there && process.env['CI'] !== 'true')('RabbitMQ', () => {
  beforeAll(async () => {
    server = await startRabbitmq();
  }, 120_000);
  afterAll(() => server.close());

  brokerContract('RabbitMQ', {
    open: createRabbitmqDestination,
    broker: () => server,
    example: {
      file: 'examples/receive-rabbitmq/server.ts',
      environment: ({ host, searchParams }) => ({
        AMQP_URL: `amqp://guest:guest@${host}`,
        QUEUE: searchParams.get('queue') ?? '',
      }),
    },
  });

  const opened = (address: string) => {
    const destination = createRabbitmqDestination(address);
    onTestFinished(() => destination.close());
    return destination;
  };

  it('keeps messages on the disk, with the id and the type that its own tools show', async () => {
    const address = await server.place();
    await opened(address).deliver(delivery(1));
    const message = await server.onChannel((channel) =>
      channel.get(new URL(address).searchParams.get('queue') ?? ''),
    );
    expect(message === false ? null : message.properties).toMatchObject({
      deliveryMode: 2,
      messageId: 'id-1',
      contentType: 'application/json',
    });
  });

  it('takes nothing for a queue that is not there, and everything once it is', async () => {
    const address = server.address('?queue=later');
    const { deliver } = opened(address);
    expect(await deliver(delivery(1))).toMatchObject({ status: 312, excerpt: 'there is no queue "later"' });
    await server.onChannel((channel) => channel.assertQueue('later'));
    expect(ending(await deliver(delivery(1)))).toBe(200);
    expect(await server.messages(address)).toHaveLength(1);
  });

  it('goes through an exchange to the queues that are bound to it', async () => {
    const { deliver } = opened(server.address('?exchange=events&routing-key=recado.message'));
    expect(await deliver(delivery(1))).toMatchObject({
      status: 404,
      excerpt: expect.stringContaining("no exchange 'events'"),
    });
    await server.onChannel((channel) => channel.assertExchange('events', 'topic'));
    expect(await deliver(delivery(1))).toMatchObject({
      status: 312,
      excerpt: 'no queue is bound to the exchange "events" for "recado.message"',
    });
    await server.onChannel(async (channel) => {
      await channel.assertQueue('bound');
      await channel.bindQueue('bound', 'events', 'recado.*');
    });
    expect(ending(await deliver(delivery(1)))).toBe(200);
    expect(await server.messages(server.address('?queue=bound'))).toHaveLength(1);
  });

  it('says that a login or a virtual host is refused', async () => {
    const stranger = server.address('?queue=any').replace('guest:guest', 'guest:wrong');
    expect(await opened(stranger).deliver(delivery(1))).toMatchObject({
      status: 403,
      excerpt: expect.stringContaining('ACCESS_REFUSED'),
    });
    const elsewhere = await opened(server.address('nowhere?queue=any')).deliver(delivery(1));
    expect(elsewhere).toMatchObject({ status: 530, excerpt: expect.stringContaining('virtual host') });
  });
});
