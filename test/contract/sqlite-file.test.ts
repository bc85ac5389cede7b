import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { StartError } from '../../src/runtime/start-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function startFailure(file: string): Promise<StartError> {
  try {
    const store = await openSqliteStore(file);
    await store.close();
  } catch (failure) {
    if (failure instanceof StartError) return failure;
    throw failure;
  }
  throw new Error('The store was opened.');
}

describe('a database file that cannot be used', () => {
  it('is damaged: the sentence names the file and the way out', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    writeFileSync(file, 'this is no database, but it is long enough to be looked at as one'.repeat(50));
    const failure = await startFailure(file);
    expect(failure.message).toContain(file);
    expect(failure.remedy).toContain('backup');
  });

  it('belongs to another program', async () => {
    const file = join(temporaryFolder(), 'other.db');
    const database = new Database(file);
    database.exec('create table theirs (a)');
    database.close();
    const failure = await startFailure(file);
    expect(failure.message).toContain('another program');
    expect(failure.remedy).toContain('DATABASE_URL');
  });

  it('was written by a newer version that this one cannot read', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    await (await openSqliteStore(file)).close();
    const database = new Database(file);
    database.exec('insert into schema_versions (version, readable_from, applied_at) values (99, 98, 0)');
    database.close();
    const failure = await startFailure(file);
    expect(failure.message).toContain('99');
    expect(failure.remedy).toContain('recado@latest');
  });

  it('was written by a newer version that this one can still read', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    await (await openSqliteStore(file)).close();
    const database = new Database(file);
    database.exec('insert into schema_versions (version, readable_from, applied_at) values (99, 1, 0)');
    database.close();
    await (await openSqliteStore(file)).close();
  });

  it('lies in a folder that cannot be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a-file'), '');
    const failure = await startFailure(join(folder, 'a-file', 'recado.db'));
    expect(failure.message).toContain('a-file');
    expect(failure.remedy).toContain('DATABASE_URL');
  });

  it('lies where the system makes no folders: Node’s recursive mkdir would try for ever', async () => {
    const failure = await startFailure('/proc/recado-test/deeper/recado.db');
    expect(failure.message).toContain('/proc/recado-test');
    expect(failure.remedy).toContain('DATABASE_URL');
  });

  it('is owned by another process, which the sentence names', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    const store = await openSqliteStore(file);
    onTestFinished(() => store.close());
    const code = `
      const { openSqliteStore } = await import(${JSON.stringify(join(process.cwd(), 'src/adapters/store/sqlite/open-sqlite-store.ts'))});
      try { await openSqliteStore(${JSON.stringify(file)}); console.log('OPENED'); }
      catch (failure) { console.log(failure.message, '|', failure.remedy); }
    `;
    const second = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(second.stdout).toContain(`process ${process.pid}`);
    expect(second.stdout).toContain('|');
    expect(second.stdout).not.toContain('OPENED');
  });

  it('can be opened again once the owner has closed it', async () => {
    const file = join(temporaryFolder(), 'recado.db');
    await (await openSqliteStore(file)).close();
    expect(existsSync(join(file, '..', 'recado.lock.owner'))).toBe(false);
    await (await openSqliteStore(file)).close();
  });

  it('keeps its folder and its files to their owner', async () => {
    const folder = join(temporaryFolder(), 'data');
    const store = await openSqliteStore(join(folder, 'recado.db'));
    onTestFinished(() => store.close());
    for (const name of ['', 'recado.db', 'recado.db-wal', 'recado.lock.owner']) {
      expect(`${name} ${(statSync(join(folder, name)).mode & 0o077).toString(8)}`).toBe(`${name} 0`);
    }
  });
});
