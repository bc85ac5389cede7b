import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { asStartError } from './as-start-error.ts';
import { createContext, inTransaction } from './context.ts';
import { checkDatabaseFile, type DatabaseFacts, readFacts } from './database-facts.ts';
import { belongsToDatabase } from './database-files.ts';
import { appendAudit } from './operations/audit.ts';

/** How many pages are copied before progress is told: 8 MiB. */
const STEP = 2_000;

/**
 * Copies a database into a file while its owner goes on writing, checks the copy, and gives it its name last.
 *
 * The copy is of one moment: a read transaction is held on a connection of its own, which blocks no writer and
 * takes no ownership (without it SQLite would begin again at every commit). The log grows meanwhile.
 *
 * @param progress told how much is copied, from 0 to 1
 * @throws StartError when the database or the target cannot be used, or the copy is not sound
 */
export async function backUp(
  file: string,
  target: string,
  progress: (part: number) => void,
): Promise<DatabaseFacts> {
  if (!existsSync(file)) {
    throw new StartError(
      `There is no database at ${file}.`,
      'Run this where Recado runs, or set DATABASE_URL; the sandbox keeps its own: DATABASE_URL=sqlite:./data/sandbox.db',
    );
  }
  if (belongsToDatabase(target, file)) {
    throw new StartError(
      `${target} is the database itself, or belongs to it.`,
      'Give another file for the backup.',
    );
  }
  const unfinished = `${target}.unfinished-${process.pid}`;
  let database: Database.Database | null = null;
  try {
    // Readable by its owner alone from the first byte on.
    closeSync(openSync(unfinished, 'wx', 0o600));
    database = new Database(file, { readonly: true, timeout: 5_000 });
    database.exec('begin');
    const original = readFacts(database, file);
    const startedAt = Date.now();
    await database.backup(unfinished, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return STEP;
      },
    });
    database.exec('commit');
    if (original.schema > 1) noteTime(unfinished, startedAt);
    const copy = checkDatabaseFile(unfinished, 'The copy');
    if (JSON.stringify(copy) !== JSON.stringify(original)) {
      throw new StartError(
        'The copy does not hold what the database holds.',
        'Try again; if it happens again, please report it with `npx recado --version`.',
      );
    }
    putInPlace(unfinished, target);
    return copy;
  } catch (failure) {
    throw asCopyError(failure, target);
  } finally {
    database?.close();
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${unfinished}${ending}`, { force: true });
  }
}

/**
 * Writes the time into the audit log of the copy, which the first schema does not have: a restored database can then
 * say how old it is. The copy is of the moment at which copying began; nothing in it is newer.
 */
function noteTime(copy: string, at: number): void {
  const database = new Database(copy);
  try {
    const context = createContext(database);
    const actor = { id: 'command', name: 'recado backup' };
    inTransaction(context, () =>
      appendAudit(context, { at, actor, action: 'database.backed-up', subject: 'database', detail: {} }),
    );
  } finally {
    database.close();
  }
}

/** Gives a finished file its name in one step that survives the loss of power. */
export function putInPlace(finished: string, target: string): void {
  sync(finished);
  renameSync(finished, target);
  sync(dirname(target));
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function asCopyError(failure: unknown, target: string): unknown {
  if (failure instanceof Error && 'code' in failure && 'syscall' in failure) {
    return new StartError(
      `${target} cannot be written: ${failure.message}.`,
      'Give a path in a folder that exists, that you may write and that has room.',
    );
  }
  return asStartError(failure, target);
}
