import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { asStartError } from './as-start-error.ts';
import { putInPlace } from './back-up.ts';
import { checkDatabaseFile, type DatabaseFacts } from './database-facts.ts';
import { type FormerDatabase, readFormerDatabase } from './former-database.ts';
import { readMovedMark, unmarkMoved } from './moved-mark.ts';
import { type Prepared, prepareRestored } from './prepare-restored.ts';
import { takeSingleOwnerLock } from './single-owner-lock.ts';

/** What was put in place, and what it replaced. */
export type Restored = Prepared & {
  /** What the backup holds. */
  facts: DatabaseFacts;
  /** Where the former database is kept; null when there was none. */
  keptAt: string | null;
  /** What the former database held; null when there was none or it cannot be read. */
  former: FormerDatabase | null;
};

/**
 * Puts a backup in the place of a database that nobody uses: checks a copy of the backup, takes the ownership of
 * the database, prepares the copy (see `prepareRestored`), keeps the former database aside, and gives the copy its
 * name last. A crash at any moment leaves either the former database in place or the new one.
 *
 * @param options `now` names the former database’s new place; `keepKeys` as in `prepareRestored`
 * @throws StartError when the backup cannot be used, or the database is in use
 */
export async function restore(
  file: string,
  backup: string,
  options: { now: Date; keepKeys: boolean },
): Promise<Restored> {
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
    unmark(unfinished);
    const facts = checkDatabaseFile(unfinished, backup);
    const lock = await takeSingleOwnerLock(
      file,
      'Stop the gateway, run this again, and start it: Meta keeps what comes meanwhile and sends it again. A backup is made while it runs, a restore is not.',
    );
    try {
      const former = readFormerDatabase(file);
      const sameInstallation = former?.installation === facts.installation && !former.moved;
      const prepared = await prepareRestored(unfinished, {
        ...options,
        former: sameInstallation ? former : null,
      });
      const keptAt = keepAside(file, freePlace(`${file}.before-restore-${stamp(options.now)}`));
      putInPlace(unfinished, file);
      return { ...prepared, facts, keptAt, former };
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

/** The file of a database that was moved to PostgreSQL is a backup like any other; what is no database is left as it is. */
function unmark(file: string): void {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { fileMustExist: true });
    if (readMovedMark(database) !== null) unmarkMoved(database);
  } catch (failure) {
    if (!(failure instanceof Database.SqliteError)) throw failure;
  } finally {
    database?.close();
  }
}

/**
 * Gives the former database a second name, so that its own is never without a file. A log is left only beside a
 * damaged one; it goes first, because the new database would take it for its own.
 */
function keepAside(file: string, place: string): string | null {
  rmSync(`${file}-shm`, { force: true });
  if (!existsSync(file)) {
    rmSync(`${file}-wal`, { force: true });
    return null;
  }
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${place}-wal`);
  try {
    linkSync(file, place);
  } catch {
    // Some file systems know no second names.
    copyFileSync(file, place);
    chmodSync(place, 0o600);
  }
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
