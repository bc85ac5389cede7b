import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { readSchemaState } from './schema-state.ts';
import { get } from './statement.ts';

/** What a database holds: enough to tell a whole copy from a broken one, and to say what is in it. */
export type DatabaseFacts = {
  schema: number;
  webhooks: number;
  events: number;
  contacts: number;
  notifications: number;
  /** When the newest event was received, in milliseconds; null in an empty feed. */
  newestEventAt: number | null;
  /** Names the installation by a digest of its key. */
  installation: string;
};

/** Counts what a database holds, within the transaction that is open, if one is. */
export function readFacts(database: Database.Database, file: string): DatabaseFacts {
  const { version: schema } = readSchemaState(database, file);
  if (schema === 0) {
    throw new StartError(
      `${file} holds nothing: it is no database of Recado yet.`,
      'Give the file of a Recado database: the one of DATABASE_URL, or a backup of it.',
    );
  }
  const counts = get<Omit<DatabaseFacts, 'schema' | 'installation'>>(
    database,
    `select (select count(*) from webhooks) as webhooks, (select count(*) from events) as events,
       (select count(*) from contacts) as contacts, (select count(*) from notifications) as notifications,
       (select received_at from events order by position desc limit 1) as newestEventAt`,
  );
  const installation = installationOf(database);
  if (counts === undefined || installation === null) {
    throw new StartError(
      `${file} holds no installation key, without which no event can be told from another.`,
      'Use another backup.',
    );
  }
  return { schema, ...counts, installation };
}

/** Names an installation by a digest of its key; null when the database holds none. */
export function installationOf(database: Database.Database): string | null {
  const key = get<{ key: Buffer }>(database, 'select key from installation where only = 1')?.key;
  if (key === undefined) return null;
  return createHash('sha256').update('name\n').update(key).digest('hex').slice(0, 12);
}

/**
 * Checks a database file that nobody else uses, page by page, and makes it a single file without a log beside it.
 *
 * @throws StartError when it is damaged, or no database of Recado that this version can read
 */
export function checkDatabaseFile(file: string, shownAs: string): DatabaseFacts {
  const database = new Database(file, { fileMustExist: true });
  try {
    const wrong = damageIn(database);
    if (wrong !== null) {
      throw new StartError(
        `${shownAs} is damaged: ${wrong}.`,
        'Use another backup; for a damaged database, stop Recado and run `npx recado restore` with one.',
      );
    }
    database.pragma('journal_mode = delete');
    return readFacts(database, shownAs);
  } finally {
    database.close();
  }
}

/** The first thing that SQLite’s own check finds; null when the file is sound. */
function damageIn(database: Database.Database): string | null {
  try {
    const found = database.pragma('integrity_check(1)', { simple: true });
    return found === 'ok' ? null : String(found);
  } catch (failure) {
    if (failure instanceof Database.SqliteError) return failure.message;
    throw failure;
  }
}
