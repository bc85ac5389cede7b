import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { embeddedTables } from '../../src/adapters/store/move/embedded-tables.ts';
import { columnsHere } from '../../src/adapters/store/move/postgres-tables.ts';
import { openDatabase } from '../../src/adapters/store/postgres/database.ts';
import { openPostgresStore } from '../../src/adapters/store/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../src/adapters/store/store.ts';
import { createGateway } from '../../src/app.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import { incoming } from '../contract/hear.ts';
import { migratedDatabase } from '../support/postgres/migrated-database.ts';
import { emptyDatabase } from '../support/postgres/test-database.ts';
import { runRecado, startRecado } from '../support/run-recado.ts';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

const seconds = Math.floor(Date.now() / 1000);
const odd = 'ção 😀 \u0000 "\\';

/** Everything that the API shows, page for page. */
async function everything(ask: (path: string) => Promise<unknown>): Promise<unknown> {
  return {
    events: await ask('/v1/events?limit=500'),
    contacts: await ask('/v1/contacts?limit=500'),
    conversations: await ask('/v1/conversations?limit=500'),
    notifications: await ask('/v1/notifications?limit=500'),
    settings: await ask('/v1/settings'),
    phones: await ask('/v1/business-phones'),
    keys: await ask('/v1/keys?limit=500'),
    search: await ask(`/v1/contacts?search=${encodeURIComponent('joao')}`),
  };
}

/** A file with so many messages of so many people. */
async function filledFile(messages: number): Promise<string> {
  const file = join(temporaryFolder(), 'recado.db');
  const store = await openSqliteStore(file);
  for (let from = 0; from < messages; from += 100) {
    const webhooks = Array.from({ length: 100 }, (_, index) =>
      incoming(
        store,
        webhookOf({
          contacts: [{ wa_id: `1650555${1000 + ((from + index) % 50)}`, profile: { name: `João ${odd}` } }],
          messages: [
            textMessage(`wamid.${from + index}`, `1650555${1000 + ((from + index) % 50)}`, odd, seconds),
          ],
        }),
      ),
    );
    await store.appendWebhooks(webhooks);
  }
  const fence = { lane: phoneLane(businessPhoneId), number: 0 };
  while (await foldLane(fence, store, { reached: () => {}, settled: () => {} })) {
    // Until the cursor stands at the end.
  }
  await store.close();
  return file;
}

async function openMoved(url: string): Promise<Store> {
  const store = await openPostgresStore({ url, directUrl: null });
  onTestFinished(() => store.close());
  return store;
}

describe('recado migrate --to', () => {
  it('moves everything: the gateway on PostgreSQL says what the one on the file said, and goes on', async () => {
    const running = await runGateway();
    const ask = async (path: string) => (await running.api<unknown>('GET', path)).body;
    await running.post(
      webhookOf({
        contacts: [{ wa_id: '16505551000', profile: { name: `João ${odd}` } }],
        messages: [
          textMessage('wamid.one', '16505551000', odd, seconds),
          textMessage('wamid.two', '558587654321', 'Oi', seconds),
        ],
      }),
    );
    await running.settle();
    await running.api('POST', '/v1/notifications', {
      to: '16505551000',
      text: 'Até já 😀',
      reference: 'order 17',
    });
    await running.api('PATCH', '/v1/settings', { unknownPatience: '20 min' });
    await running.api('POST', '/v1/keys', { name: 'Django', scopes: ['read'] });
    await running.api('POST', '/v1/business-phones', {
      id: '200100200100299',
      accessToken: 'EAAother',
      label: 'Second',
    });
    await running.settle();
    const before = await everything(ask);
    const { file } = running.config.database;
    await running.gateway.close();

    const url = await emptyDatabase(18);
    const run = await runRecado(dirname(file), ['migrate', '--to', url, '--json'], {
      DATABASE_URL: `sqlite:${file}`,
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    const said: { to: string; resumed: boolean; tables: { name: string; rows: number }[] } = JSON.parse(
      run.stdout,
    );
    expect(said).toMatchObject({ resumed: false });
    expect(run.stdout + run.stderr).not.toContain(new URL(url).password);
    const rows = Object.fromEntries(said.tables.map((table) => [table.name, table.rows]));
    expect(rows).toMatchObject({
      contacts: 2,
      notifications: 1,
      settings: 1,
      api_keys: 1,
      configured_phones: 1,
    });

    const moved = { ...running.config, database: { file, postgres: { url, directUrl: null } } };
    const gateway = await createGateway(moved, { writeLog: () => {} });
    onTestFinished(() => gateway.close());
    const askMoved = async (path: string) => {
      const answer = await fetch(gateway.adminUrl + path, {
        headers: { authorization: `Bearer ${adminKey}` },
      });
      return answer.json();
    };
    expect(await everything(askMoved)).toEqual(before);
    running.simulator.pointWebhooksAt(`${gateway.url}/webhooks/whatsapp/`);
    const { data } = (await askMoved('/v1/events?limit=500')) as Page<{ id: string }>;
    // The same webhook once more counts once more as nothing; a new one comes behind the last position.
    const last = data.at(-1)?.id ?? '';
    await running.simulator.drain();
    await fetch(`${gateway.adminUrl}/v1/notifications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: '16505551000', text: 'After the move' }),
    });
    const next = (await askMoved(`/v1/events?limit=1&after=${last}`)) as Page<{ id: string }>;
    expect(next.data[0]?.id.localeCompare(last)).toBe(1);
  });

  it('goes on after a kill in the middle, until both sides are the same', async () => {
    const file = await filledFile(2_000);
    const url = await emptyDatabase(15);
    const environment = { DATABASE_URL: `sqlite:${file}` };
    const folder = dirname(file);
    const client = new Client(url);
    await client.connect();
    onTestFinished(() => client.end());
    let kills = 0;
    for (const table of ['webhooks', 'keys', 'messages']) {
      const command = startRecado(folder, ['migrate', '--to', url], environment);
      const begun = async () => {
        const there = await client.query("select to_regclass('moving') is not null as there");
        if (there.rows[0]?.there !== true) return false;
        const found = await client.query(
          'select last is not null as begun from moving where table_name = $1',
          [table],
        );
        return found.rows[0]?.begun === true;
      };
      await expect.poll(begun, { timeout: 30_000, interval: 5 }).toBe(true);
      kills += command.process.kill('SIGKILL') ? 1 : 0;
      await command.ended;
      await expect(openPostgresStore({ url, directUrl: null })).rejects.toThrow('has not come to its end');
    }
    expect(kills).toBe(3);
    const run = await runRecado(folder, ['migrate', '--to', url, '--json'], environment);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ resumed: true });
    const store = await openMoved(url);
    expect(await store.lastPosition()).toBe(2_000);
    expect(await store.listContacts({ after: null, limit: 500, search: 'joao' })).toHaveLength(50);
    const [event] = await store.listEvents({ after: 1_999, kinds: null, limit: 10 });
    expect(event?.payload).toMatchObject({ text: { body: odd } });
  });

  it('copies once more what the gateway changed in the file between two parts of a move', async () => {
    const file = await filledFile(1_000);
    const url = await emptyDatabase(18);
    const environment = { DATABASE_URL: `sqlite:${file}` };
    const command = startRecado(dirname(file), ['migrate', '--to', url], environment);
    const client = new Client(url);
    await client.connect();
    onTestFinished(() => client.end());
    const begun = async () => {
      const there = await client.query("select to_regclass('moving') is not null as there");
      if (there.rows[0]?.there !== true) return false;
      return (await client.query('select from moving where done')).rowCount !== 0;
    };
    await expect.poll(begun, { timeout: 30_000, interval: 5 }).toBe(true);
    command.process.kill('SIGKILL');
    await command.ended;
    const database = new Database(file);
    database.exec('update lanes set folded = folded - 1; delete from messages where position = 1');
    database.close();
    expect(await runRecado(dirname(file), ['migrate', '--to', url], environment)).toMatchObject({
      exitCode: 0,
    });
    expect((await client.query('select folded from lanes')).rows).toEqual([{ folded: '999' }]);
    expect((await client.query('select count(*) from messages')).rows).toEqual([{ count: '999' }]);
  });

  it('leaves a file that a start refuses with a sentence that names the new place, and a restore takes back', async () => {
    const file = await filledFile(100);
    const url = await emptyDatabase(18);
    const folder = dirname(file);
    const environment = { DATABASE_URL: `sqlite:${file}` };
    expect((await runRecado(folder, ['migrate', '--to', url], environment)).exitCode).toBe(0);
    const place = `${new URL(url).host}${new URL(url).pathname}`;
    await expect(openSqliteStore(file)).rejects.toThrow(`was moved to PostgreSQL at ${place}`);
    // Again to the same place there is nothing to do, and to another one it is refused.
    const again = await runRecado(folder, ['migrate', '--to', url], environment);
    expect(again.stderr).toContain('was moved');
    const back = join(folder, 'back.db');
    const copy = new Database(file);
    await copy.backup(back);
    copy.close();
    const restored = await runRecado(folder, ['restore', back], environment);
    expect(restored).toMatchObject({ exitCode: 0 });
    const store = await openSqliteStore(file);
    onTestFinished(() => store.close());
    expect(await store.lastPosition()).toBe(100);
  });

  it('refuses what it cannot move, with the next step', async () => {
    const file = await filledFile(100);
    const folder = dirname(file);
    const environment = { DATABASE_URL: `sqlite:${file}` };
    const used = await migratedDatabase(18);
    const other = await openMoved(used);
    await other.changeSettings({
      changes: [{ name: 'unknownPatience', value: 1 }],
      at: 1,
      actor: { id: 'admin', name: 'admin' },
    });
    const inUse = await runRecado(folder, ['migrate', '--to', used], environment);
    expect(inUse.exitCode).toBe(1);
    expect(inUse.stderr).toContain('is in use');
    expect(inUse.stderr).toContain('create database');
    const none = await runRecado(folder, ['migrate', '--to', 'http://example.com'], environment);
    expect(none.exitCode).toBe(2);
    const nobody = await runRecado(folder, ['migrate', '--to', 'postgres://127.0.0.1:9/x'], environment);
    expect(nobody.stderr).toContain('Nothing answers at 127.0.0.1:9/x');
    const open = await openSqliteStore(file);
    const owned = await runRecado(folder, ['migrate', '--to', await emptyDatabase(18)], environment);
    await open.close();
    expect(owned.stderr).toContain('is in use by another Recado');
    const missing = await runRecado(folder, ['migrate', '--to', used], {
      DATABASE_URL: `sqlite:${join(folder, 'none.db')}`,
    });
    expect(missing.stderr).toContain('There is no database');
  });

  it('knows every table and column of the file, so that a new one cannot be forgotten', async () => {
    const file = await filledFile(100);
    const database = new Database(file, { readonly: true });
    const target = openDatabase({
      url: await migratedDatabase(15),
      connections: 1,
      applicationName: 'test',
      pooled: false,
    });
    onTestFinished(async () => {
      database.close();
      await target.close();
    });
    const tables = embeddedTables(database);
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) expect(await columnsHere(target, table)).not.toHaveLength(0);
  });
});
