import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { LaterKnowledge } from '../../../flows/upkeep/suspend-unsent.ts';
import { StartError } from '../../../runtime/start-error.ts';
import { installationOf } from './database-facts.ts';
import { readMovedMark } from './moved-mark.ts';
import { all, get } from './statement.ts';

/** What the database that a backup replaces can still tell, whichever version wrote it. */
export type FormerDatabase = {
  /** As in `DatabaseFacts`. */
  installation: string | null;
  events: number;
  /** Every API key by its id. */
  apiKeys: { id: string; revoked: boolean }[];
  /** The last position that its feed has given out. */
  lastPosition: number;
  /** It was moved to PostgreSQL, so that it does not know what became of its notifications. */
  moved: boolean;
  /** Which notifications it has known, and which of them still waited. */
  notifications: LaterKnowledge;
};

/**
 * Brings the log of the former database into its file, and reads what it can still tell. One that is damaged is
 * left as it is, log and all, and tells nothing: null.
 *
 * @throws StartError when another program is reading it
 */
export function readFormerDatabase(file: string): FormerDatabase | null {
  // Opening what is no database would take its log away, which may hold what is left of it.
  if (!existsSync(file) || !isDatabase(file)) return null;
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { fileMustExist: true, timeout: 1_000 });
    const checkpoint = get<{ busy: number }>(database, 'pragma wal_checkpoint(truncate)');
    // A log that stays would be left behind, or be taken for that of the new database.
    if (checkpoint?.busy === 1) {
      throw new StartError(
        `${file} is being read by another program, perhaps a backup.`,
        'Wait until it has ended, or end it; then run the command again.',
      );
    }
    return {
      installation: installationOf(database),
      events: get<{ count: number }>(database, 'select count(*) as count from events')?.count ?? 0,
      apiKeys: readApiKeys(database),
      lastPosition: lastPositionOf(database),
      moved: readMovedMark(database) !== null,
      notifications: readNotifications(database),
    };
  } catch (failure) {
    if (failure instanceof Database.SqliteError) return null;
    throw failure;
  } finally {
    database?.close();
  }
}

/** The last position that a feed has given out; 0 when it gave none. */
export function lastPositionOf(database: Database.Database): number {
  return get<{ seq: number }>(database, "select seq from sqlite_sequence where name = 'events'")?.seq ?? 0;
}

/** The first schema had no API keys. */
function readApiKeys(database: Database.Database): FormerDatabase['apiKeys'] {
  if (get(database, "select 1 from sqlite_schema where name = 'api_keys'") === undefined) return [];
  return all<{ id: string; revoked: number }>(
    database,
    'select id, revoked_at is not null as revoked from api_keys',
  ).map(({ id, revoked }) => ({ id, revoked: revoked === 1 }));
}

function readNotifications(database: Database.Database): LaterKnowledge {
  const queued = all<{ id: string }>(
    database,
    "select id from notifications where state in ('queued', 'held')",
  );
  const newest = get<{ id: string | null }>(database, 'select max(id) as id from notifications')?.id ?? null;
  return { queued: new Set(queued.map(({ id }) => id)), newest };
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
