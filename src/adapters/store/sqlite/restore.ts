import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { asStartError } from './as-start-error.ts';
import { putInPlace } from './back-up.ts';
import { checkDatabaseFile, type DatabaseFacts, readFacts } from './database-facts.ts';
import { takeSingleOwnerLock } from './single-owner-lock.ts';

/** What was put in place, and what it replaced. */
export type Restored = {
  facts: DatabaseFacts;
  /** Where the former database is kept; null when there was none. */
  keptAt: string | null;
  /** What the former database held; null when there was none or it cannot be read. */
  former: DatabaseFacts | null;
};

/**
 * Puts a backup in the place of a database that nobody uses: checks a copy of the backup, takes the ownership of
 * the database, keeps the former one aside, and gives the copy its name last.
 *
 * @param now names the former database’s new place
 * @throws StartError when the backup cannot be used, or the database is in use
 */
export async function restore(file: string, backup: string, now: Date): Promise<Restored> {
  if (!existsSync(backup)) {
    throw new StartError(
      `There is no file ${backup}.`,
      'Give the path of a backup made by `npx recado backup`.',
    );
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    copyBackup(backup, unfinished);
    const facts = checkDatabaseFile(unfinished, backup);
    const lock = await takeSingleOwnerLock(file);
    try {
      const former = existsSync(file) ? settle(file) : null;
      const keptAt = setAside(file, freePlace(`${file}.before-restore-${stamp(now)}`));
      putInPlace(unfinished, file);
      return { facts, keptAt, former };
    } finally {
      lock.release();
    }
  } catch (failure) {
    throw asStartError(failure, file);
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${unfinished}${ending}`, { force: true });
  }
}

/** Copies the backup, with the log beside it if it is the copy of a live database. */
function copyBackup(backup: string, target: string): void {
  for (const ending of ['', '-wal']) {
    if (!existsSync(`${backup}${ending}`)) continue;
    closeSync(openSync(`${target}${ending}`, 'wx', 0o600));
    copyFileSync(`${backup}${ending}`, `${target}${ending}`);
    chmodSync(`${target}${ending}`, 0o600);
  }
}

/** Brings the log of the former database into its file. One that is damaged is kept as it is, log and all. */
function settle(file: string): DatabaseFacts | null {
  // Opening what is no database would take its log away, which may hold what is left of it.
  if (!isDatabase(file)) return null;
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { fileMustExist: true });
    database.pragma('wal_checkpoint(truncate)');
    return readFacts(database, file);
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

/** Whether a file begins as every SQLite database does. */
function isDatabase(file: string): boolean {
  const start = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return start.toString('latin1') === 'SQLite format 3\0';
}

/** Moves a database and what stands beside it. Left behind, its log would be taken for that of the new one. */
function setAside(file: string, place: string): string | null {
  if (!existsSync(file)) {
    for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    return null;
  }
  for (const ending of ['-wal', '']) {
    if (existsSync(`${file}${ending}`)) renameSync(`${file}${ending}`, `${place}${ending}`);
  }
  rmSync(`${file}-shm`, { force: true });
  return place;
}

/** The name itself, or with a number when something has it already: what is kept aside is never replaced. */
function freePlace(place: string): string {
  let free = place;
  for (let number = 2; existsSync(free) || existsSync(`${free}-wal`); number += 1)
    free = `${place}-${number}`;
  return free;
}

/** `20261121T110005Z`: sorts by time, and every file system takes it. */
function stamp(now: Date): string {
  return now.toISOString().replace(/[-:]|\.\d+/g, '');
}
