import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { lockFileOf } from './database-files.ts';

/** The ownership of a database file, held until it is released or the process dies. */
export type SingleOwnerLock = { release(): void };

const TRY_FOR = 5_000;
const TRY_EVERY = 100;

/**
 * Takes the ownership of a database file. The lock is an exclusive transaction on a small SQLite file of its
 * own, which the operating system frees when the process dies; nothing else in the process opens that file,
 * because closing any descriptor of it would drop the lock. Who holds it stands in a text file beside it.
 *
 * @param remedy the next step for a person when another process owns it
 * @throws StartError naming the first owner, when it does not let go within five seconds
 */
export async function takeSingleOwnerLock(
  databaseFile: string,
  remedy = 'Stop that process first, or give this one its own database: DATABASE_URL=sqlite:./data/other.db.',
): Promise<SingleOwnerLock> {
  const lockFile = lockFileOf(databaseFile);
  const ownerFile = `${lockFile}.owner`;
  const deadline = Date.now() + TRY_FOR;
  for (;;) {
    const lock = tryLock(lockFile);
    if (lock !== null) {
      const owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
      writeFileSync(ownerFile, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
      return {
        release() {
          rmSync(ownerFile, { force: true });
          lock.close();
        },
      };
    }
    if (Date.now() >= deadline) {
      throw new StartError(`${databaseFile} is in use by another Recado${describeOwner(ownerFile)}.`, remedy);
    }
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY));
  }
}

function tryLock(lockFile: string): Database.Database | null {
  const database = new Database(lockFile, { timeout: 0 });
  try {
    database.pragma('journal_mode = delete');
    database.exec('begin exclusive');
    return database;
  } catch (failure) {
    database.close();
    if (failure instanceof Database.SqliteError && failure.code.startsWith('SQLITE_BUSY')) return null;
    throw failure;
  }
}

function describeOwner(ownerFile: string): string {
  try {
    const owner: unknown = JSON.parse(readFileSync(ownerFile, 'utf8'));
    if (typeof owner !== 'object' || owner === null) return '';
    const { pid, host, since } = owner as Record<string, unknown>;
    return ` (process ${String(pid)} on ${String(host)}, since ${String(since)})`;
  } catch {
    return '';
  }
}
