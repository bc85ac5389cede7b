import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresMajors } from './binaries.ts';
import { removeLeftovers } from './leftovers.ts';
import { startPostgres } from './start-postgres.ts';
import { emptyDatabase, preparedDatabase } from './test-database.ts';

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** A process that starts a PostgreSQL and waits; it says where, and which process guards it. */
async function starter(): Promise<{ pid: number; dataFolder: string; guardian: number }> {
  const script = join(import.meta.dirname, 'start-postgres.ts');
  const code = `
    const { startPostgres } = await import(${JSON.stringify(script)});
    const { dataFolder } = await startPostgres(18);
    console.log(dataFolder);
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [dataFolder] = await once(createInterface({ input: child.stdout }), 'line');
  const guardian = Number(readFileSync(join(dataFolder, '..', 'claimed-by'), 'utf8'));
  return { pid: child.pid ?? 0, dataFolder, guardian };
}

function postmasterOf(dataFolder: string): number {
  return Number.parseInt(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8'), 10);
}

async function gone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A child that nobody has waited for is dead all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.each(postgresMajors)('PostgreSQL %i of the tests', (major) => {
  it('is that version, writes to the disk, and does not sort by bytes', async () => {
    const url = await emptyDatabase(major);
    const [row] = await ask(
      url,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync,
       'a' < 'B' as sorted_as_people_do, current_setting('full_page_writes') as pages`,
    );
    expect(row).toEqual({ major, fsync: 'on', sorted_as_people_do: true, pages: 'on' });
  });

  it('prepares a database once and gives each test its own copy', async () => {
    let prepared = 0;
    const prepare = async (url: string) => {
      prepared += 1;
      await ask(url, 'create table things (a int)');
    };
    const name = `template_of_${process.pid}`;
    const one = await preparedDatabase(major, name, prepare);
    await ask(one, 'insert into things values (1)');
    const two = await preparedDatabase(major, name, prepare);
    expect(await ask(two, 'select a from things')).toEqual([]);
    expect(prepared).toBe(1);
  });
});

describe('a PostgreSQL of a test’s own', () => {
  it('keeps what was committed when it crashes and starts again', async () => {
    const server = await startPostgres(18);
    onTestFinished(() => server.stop());
    await ask(server.url, 'create table things as select 1 as a');
    await server.restart('immediate');
    expect(await ask(server.url, 'select a from things')).toEqual([{ a: 1 }]);
  });

  it('takes further settings, and says what PostgreSQL says about a wrong one', async () => {
    const server = await startPostgres(18, { wal_level: 'logical' });
    onTestFinished(() => server.stop());
    expect(await ask(server.url, 'show wal_level')).toEqual([{ wal_level: 'logical' }]);
    await expect(startPostgres(18, { wal_level: 'sideways' })).rejects.toThrow('sideways');
  });

  it('is gone with all its files once it is stopped', async () => {
    const { dataFolder, stop } = await startPostgres(18);
    const postmaster = postmasterOf(dataFolder);
    await stop();
    expect(isAlive(postmaster)).toBe(false);
    expect(existsSync(join(dataFolder, '..'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('goes when the process that started it is killed', async () => {
    const { pid, dataFolder } = await starter();
    const postmaster = postmasterOf(dataFolder);
    process.kill(pid, 'SIGKILL');
    await gone(postmaster);
    await expect.poll(() => existsSync(join(dataFolder, '..')), { timeout: 20_000 }).toBe(false);
  });

  it.runIf(process.platform === 'linux')('is found later when its guardian was killed as well', async () => {
    const { pid, dataFolder, guardian } = await starter();
    const postmaster = postmasterOf(dataFolder);
    process.kill(guardian, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    await gone(guardian);
    expect(isAlive(postmaster)).toBe(true);
    removeLeftovers();
    expect(existsSync(join(dataFolder, '..'))).toBe(false);
    await gone(postmaster);
  });
});
