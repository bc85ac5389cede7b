import { copyFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { backUp } from '../../src/offline.ts';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const seconds = Math.floor(Date.now() / 1000);

function databaseOf({ config }: Pick<RunningGateway, 'config'>): string {
  return config.database.file;
}

const environmentFor = (file: string) => ({ DATABASE_URL: `sqlite:${file}` });

async function say(running: RunningGateway, ...ids: string[]): Promise<void> {
  await running.post(
    webhookOf({ messages: ids.map((id) => textMessage(`wamid.${id}`, '558587654321', id, seconds)) }),
  );
  await running.settle();
}

describe('recado backup', () => {
  it('copies the database of a running gateway, checks it, and leaves one file for its owner alone', async () => {
    const running = await runGateway();
    await say(running, 'one', 'two');
    const folder = temporaryFolder();
    const environment = environmentFor(databaseOf(running));
    const run = await runRecado(folder, ['backup', 'copy.db'], environment);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain('1 webhooks, 2 events, 1 contacts, 0 notifications');
    expect(run.stdout).toMatch(/\nNext: to put it back, stop Recado and run npx recado restore copy\.db\n$/);
    expect(readdirSync(folder)).toEqual(['copy.db']);
    expect(statSync(join(folder, 'copy.db')).mode & 0o777).toBe(0o600);
    await say(running, 'three');
    expect((await running.api('GET', '/readyz')).status).toBe(200);

    const refused = await runRecado(folder, ['backup', 'copy.db'], environment);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('--force') });
    const forced = await runRecado(folder, ['backup', 'copy.db', '--force', '--json'], environment);
    expect(JSON.parse(forced.stdout)).toMatchObject({
      events: 3,
      bytes: expect.any(Number),
      newestEventAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  it('never replaces the database or a file that belongs to it', async () => {
    // With the lock replaced, a second gateway could own the same database.
    const running = await runGateway();
    await say(running, 'one');
    const file = databaseOf(running);
    const lock = file.replace(/\.db$/, '.lock');
    const link = join(temporaryFolder(), 'backup.db');
    symlinkSync(lock, link);
    for (const target of [file, `${file}-wal`, lock, `${lock}.owner`, `${file}.before-restore-1`, link]) {
      const run = await runRecado(dirname(file), ['backup', target, '--force'], environmentFor(file));
      expect([target, run.exitCode, run.stderr]).toEqual([
        target,
        1,
        expect.stringContaining('is the database itself, or belongs to it'),
      ]);
    }
    await expect(openSqliteStore(file)).rejects.toThrow('is in use by another Recado');
  });

  it('is of one moment, and ends, while the owner writes without a pause', async () => {
    const running = await runGateway();
    const long = 'x'.repeat(3_000);
    const post = (number: number) =>
      running.post(
        webhookOf({
          messages: Array.from({ length: 50 }, (_, index) =>
            textMessage(`wamid.${number}-${index}`, '558587654321', `${long}${Math.random()}`, seconds),
          ),
        }),
      );
    for (let number = 0; number < 40; number += 1) await post(number);
    let ended = false;
    const steps: number[] = [];
    const copied = backUp(databaseOf(running), join(temporaryFolder(), 'copy.db'), (part) => {
      steps.push(part);
    }).finally(() => {
      ended = true;
    });
    for (let number = 40; !ended; number += 1) await post(number);
    const facts = await copied;
    expect(facts.events).toBeGreaterThanOrEqual(2_000);
    expect(facts.events % 50).toBe(0);
    expect(steps.every((part) => part >= 0 && part <= 1)).toBe(true);
  });

  it('works without a gateway, and says what is wrong with a path', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    await (await openSqliteStore(file)).close();
    const folder = temporaryFolder();
    const run = await runRecado(folder, ['backup', 'copy.db', '--json'], environmentFor(file));
    expect(JSON.parse(run.stdout)).toMatchObject({ events: 0 });
    const nowhere = await runRecado(folder, ['backup', 'no/such/copy.db'], environmentFor(file));
    expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be written') });
    const none = await runRecado(folder, ['backup', 'c.db'], environmentFor(join(folder, 'none.db')));
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There is no database at') });
    const itself = await runRecado(folder, ['backup', file, '--force'], environmentFor(file));
    expect(itself).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('the database itself') });
    expect(readdirSync(folder)).toEqual(['copy.db']);
  });
});

describe('recado restore', () => {
  it('puts a backup in the place of the database and keeps the former one aside', async () => {
    const running = await runGateway();
    const file = databaseOf(running);
    const environment = environmentFor(file);
    const backup = join(temporaryFolder(), 'copy.db');
    await say(running, 'one');
    await runRecado(temporaryFolder(), ['backup', backup], environment);
    await say(running, 'two');

    const busy = await runRecado(temporaryFolder(), ['restore', backup], environment);
    expect(busy).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`process ${process.pid}`) });
    expect(busy.stderr).toContain('\nNext: Stop the gateway, run this again, and start it');
    await running.gateway.close();
    for (const _ of [1, 2]) {
      const run = await runRecado(temporaryFolder(), ['restore', backup], environment);
      expect(run).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/\nNext: npx recado serve\n$/),
      });
    }
    const aside = readdirSync(dirname(file)).filter((name) => name.includes('.before-restore-'));
    expect(aside).toHaveLength(2);
    expect(aside.map((name) => countEvents(join(dirname(file), name))).sort()).toEqual([1, 2]);

    await running.restart();
    const { body } = await running.api<{ data: object[] }>('GET', '/v1/events');
    expect(body.data).toMatchObject([{ payload: { id: 'wamid.one' } }]);
    await say(running, 'three');
  });

  it('takes the place of a damaged database', async () => {
    const folder = temporaryFolder();
    const [file, good] = [join(folder, 'recado.db'), join(folder, 'good.db')];
    await (await openSqliteStore(good)).close();
    writeFileSync(file, 'this is no database, but it is long enough to be looked at as one'.repeat(50));
    writeFileSync(`${file}-wal`, 'nor is this its log');
    const run = await runRecado(folder, ['restore', good, '--json'], environmentFor(file));
    expect(JSON.parse(run.stdout)).toMatchObject({
      events: 0,
      newestEventAt: null,
      keptAt: expect.stringContaining('.before-restore-'),
    });
    const names = readdirSync(folder);
    expect(names).not.toContain('recado.db-wal');
    expect(names.filter((name) => name.includes('before-restore')).length).toBe(2);
    await (await openSqliteStore(file)).close();
  });

  it('touches nothing when the backup cannot be used', async () => {
    const folder = temporaryFolder();
    const [file, bad, foreign, newer] = ['recado', 'bad', 'foreign', 'newer'].map((name) =>
      join(folder, `${name}.db`),
    );
    if (!file || !bad || !foreign || !newer) throw new Error('Four paths were named.');
    await (await openSqliteStore(file)).close();
    copyFileSync(file, newer);
    change(newer, 'insert into schema_versions (version, readable_from, applied_at) values (99, 98, 0)');
    change(foreign, 'create table theirs (a)');
    writeFileSync(bad, 'no database');
    const before = readdirSync(folder).sort();
    for (const [backup, sentence] of [
      [bad, 'is damaged'],
      [foreign, 'another program'],
      [newer, 'written by a newer Recado'],
      [join(folder, 'none.db'), 'There is no file'],
    ] as const) {
      const run = await runRecado(folder, ['restore', backup], environmentFor(file));
      expect(run).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(sentence) });
      expect(run.stderr).toMatch(/\nNext: .+\n$/);
    }
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});

describe('recado migrate', () => {
  it('shows what is to be done, does it, and then has nothing to do', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    const plan = await runRecado(temporaryFolder(), ['migrate', '--plan'], environmentFor(file));
    expect(plan.stdout).toMatch(/not there yet\nTo do {5}schema 1, schema 2, /);
    expect(plan.stdout).toMatch(/\nNext: npx recado serve, which makes the database with schema \d+\.\n$/);
    expect(readdirSync(dirname(file))).toEqual([]);
    const done = await runRecado(temporaryFolder(), ['migrate', '--json'], environmentFor(file));
    const { applied, schema, created, exists } = JSON.parse(done.stdout);
    expect({ created, exists }).toEqual({ created: true, exists: true });
    expect(applied[0]).toBe(1);
    expect(applied.at(-1)).toBe(schema);
    const nothing = await runRecado(temporaryFolder(), ['migrate', '--json'], environmentFor(file));
    expect(JSON.parse(nothing.stdout)).toMatchObject({ created: false, applied: [] });
    const again = await runRecado(temporaryFolder(), ['migrate'], environmentFor(file));
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('To do     nothing') });
  });

  it('plans while a gateway runs, and leaves applying to who owns the database', async () => {
    const running = await runGateway();
    const file = databaseOf(running);
    const plan = await runRecado(temporaryFolder(), ['migrate', '--plan'], environmentFor(file));
    expect(plan).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('To do     nothing') });
    change(file, 'delete from schema_versions where version = (select max(version) from schema_versions)');
    const refused = await runRecado(temporaryFolder(), ['migrate'], environmentFor(file));
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`process ${process.pid}`) });
  });
});

function change(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

function countEvents(file: string): unknown {
  const database = new Database(file);
  const count = database.prepare('select count(*) from events').pluck().get();
  database.close();
  return count;
}
