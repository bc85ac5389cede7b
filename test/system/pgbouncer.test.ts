import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../src/adapters/store/postgres/open-postgres-store.ts';
import { LeaseLost } from '../../src/runtime/lease.ts';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { hear, incoming, lane, receivedAt } from '../contract/hear.ts';
import { racesContract } from '../contract/races-suite.ts';
import { migratedDatabase } from '../support/postgres/migrated-database.ts';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * PostgreSQL behind PgBouncer in transaction mode, as docs/scaling.md says it works. Needs Debian's package pgbouncer;
 * without it the suite is skipped visibly, and never where CI is true.
 */
const pgbouncer = process.env['PGBOUNCER_PATH'] ?? '/usr/sbin/pgbouncer';
const there = existsSync(pgbouncer);
if (!there)
  process.stdout.write('SKIPPED: pgbouncer is not there. `apt-get install pgbouncer` to run this suite.\n');

/** Fewer than the connections of one process alone, so that they really have to share. */
const POOL = 3;

/** A pool of the running test's own before the PostgreSQL of a URL; answers the URL that leads through it. */
async function poolBefore(direct: string): Promise<string> {
  const target = new URL(direct);
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const port = await freePort();
  const users = join(folder, 'users.txt');
  const settings = join(folder, 'pgbouncer.ini');
  writeFileSync(users, `"${target.username}" "${target.password}"\n`);
  writeFileSync(
    settings,
    `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${POOL}
max_client_conn = 200
`,
  );
  // It refuses to run as root.
  const asWhom = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(pgbouncer, ['-q', ...asWhom, settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  const url = new URL(direct);
  url.port = String(port);
  const answers = async () => {
    const client = new Client(url.href);
    try {
      await client.connect();
      return (await client.query('select 1 as one')).rows;
    } catch (failure) {
      if (child.exitCode !== null) throw new Error(`PgBouncer ended: ${said}`);
      return failure;
    } finally {
      await client.end().catch(() => {});
    }
  };
  await expect.poll(answers, { timeout: 20_000 }).toEqual([{ one: 1 }]);
  return url.href;
}

/** What the connections to the database of a URL have asked PostgreSQL last. */
async function connectionsAt(direct: string): Promise<string[]> {
  const client = new Client(direct);
  await client.connect();
  try {
    const { rows } = await client.query<{ said: string }>(
      `select query as said from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    );
    return rows.map(({ said }) => said);
  } finally {
    await client.end();
  }
}

describe.skipIf(!there && process.env['CI'] !== 'true')('PgBouncer in transaction mode', () => {
  it('carries a gateway: it hears, notifies and tracks, and only hints go to PostgreSQL directly', async () => {
    const direct = await migratedDatabase(18);
    const url = await poolBefore(direct);
    const { simulator, api, settle, restart } = await runGateway({
      config: (config) => ({
        ...config,
        database: { ...config.database, postgres: { url, directUrl: direct } },
      }),
    });
    const ana = simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('Oi');
    await settle();
    const taken = await api<NotificationBody>('POST', '/v1/notifications', {
      to: '+55 85 98765-4321',
      text: 'Sua entrevista é amanhã às 10.',
    });
    expect(taken.status).toBe(202);
    await settle();
    await restart();
    const contacts = await api<Page<ContactBody>>('GET', '/v1/contacts');
    expect(contacts.body.data).toMatchObject([{ name: 'Ana Souza' }]);
    const sent = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
    expect(sent.body.state).toBe('delivered');

    const connections = await connectionsAt(direct);
    const hints = connections.filter((said) => /^listen|pg_notify/.test(said));
    expect(hints).toHaveLength(1);
    expect(connections.length - hints.length).toBeLessThanOrEqual(POOL);
  });

  it('lets one process hear at once what another one has kept', async () => {
    const direct = await migratedDatabase(18);
    const url = await poolBefore(direct);
    const [one, other] = [await openedAt(url, direct), await openedAt(url, direct)];
    const heard = new Promise<void>((resolve) => {
      other.onHint(resolve);
    });
    const message = textMessage('wamid.one', '558587654321', 'Oi', receivedAt / 1000);
    await hear(one, webhookOf({ messages: [message] }));
    await heard;
    expect(await other.listEvents({ after: 0, kinds: null, limit: 10 })).toHaveLength(1);
  });

  it('keeps a lane to who has its lease', async () => {
    const direct = await migratedDatabase(18);
    const url = await poolBefore(direct);
    const [one, other] = [await openedAt(url, direct), await openedAt(url, direct)];
    const [lease] = (await one.leases?.acquireLeases('one', [lane], 60_000)) ?? [];
    expect(lease?.unit).toBe(lane);
    expect(await other.leases?.acquireLeases('other', [lane], 60_000)).toEqual([]);
    const message = textMessage('wamid.one', '558587654321', 'Oi', receivedAt / 1000);
    await other.appendWebhooks([incoming(other, webhookOf({ messages: [message] }))]);
    const fence = lease?.fence ?? 0;
    await expect(other.foldLane({ lane, number: fence - 1 }, 10)).rejects.toBeInstanceOf(LeaseLost);
    expect(await one.foldLane({ lane, number: fence }, 10)).toMatchObject({ events: 1 });
  });

  racesContract('PostgreSQL behind PgBouncer', async () => {
    const direct = await migratedDatabase(18);
    const url = await poolBefore(direct);
    return [await openedAt(url, direct), await openedAt(url, direct)];
  });
});

async function openedAt(url: string, directUrl: string) {
  const store = await openPostgresStore({ url, directUrl });
  onTestFinished(() => store.close());
  return store;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
