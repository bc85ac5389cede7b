import type Database from 'better-sqlite3';
import type { Lane } from '../../../domain/lane.ts';
import { createEventKeys } from '../../../whatsapp/event-key.ts';
import { get, run } from './statement.ts';

/** One connection with what every operation on it needs. */
export type StoreContext = {
  database: Database.Database;
  installationKey: Uint8Array;
  /** The row of a lane; null when nothing was ever kept in it. */
  laneId(lane: Lane): number | null;
  /** The row of a lane, made when there is none. Writers only. */
  ensureLane(lane: Lane): number;
  /** After a rollback: a lane that was made in that transaction is gone again. */
  forgetLanes(): void;
  laneName(id: number): Lane;
  /** The keyed hash under which a wamid is stored: a wamid holds the person's phone number. */
  messageReference(messageId: string): Uint8Array;
};

const MOST_REFERENCES = 512;

/** Prepares a connection whose schema is up to date. */
export function createContext(database: Database.Database): StoreContext {
  const installation = get<{ key: Buffer }>(database, 'select key from installation where only = 1');
  if (installation === undefined) throw new Error('The database holds no installation key.');
  const { key } = installation;
  const keys = createEventKeys(key);
  const ids = new Map<Lane, number>();
  const names = new Map<number, Lane>();
  const references = new Map<string, Uint8Array>();

  function remember(id: number, lane: Lane): number {
    ids.set(lane, id);
    names.set(id, lane);
    return id;
  }

  function laneId(lane: Lane): number | null {
    const known = ids.get(lane);
    if (known !== undefined) return known;
    const row = get<{ id: number }>(database, 'select id from lanes where name = ?', lane);
    return row === undefined ? null : remember(row.id, lane);
  }

  return {
    database,
    installationKey: key,
    laneId,
    ensureLane(lane) {
      const known = laneId(lane);
      if (known !== null) return known;
      return run(database, 'insert into lanes (name) values (?)', lane).lastInsertRowid;
    },
    forgetLanes() {
      ids.clear();
      names.clear();
    },
    laneName(id) {
      const known = names.get(id);
      if (known !== undefined) return known;
      const row = get<{ name: Lane }>(database, 'select name from lanes where id = ?', id);
      if (row === undefined) throw new Error(`There is no lane ${id}.`);
      remember(id, row.name);
      return row.name;
    },
    messageReference(messageId) {
      let reference = references.get(messageId);
      if (reference === undefined) {
        // Forgotten all at once: a fold asks several times for the same few, and then never again.
        if (references.size >= MOST_REFERENCES) references.clear();
        reference = keys.messageReference(messageId);
        references.set(messageId, reference);
      }
      return reference;
    },
  };
}

/**
 * The same without an fsync of its own: the next transaction that has one carries this to the disk, before
 * anything later. Only for what can be made again from what is on the disk already.
 */
export function inLaterSyncedTransaction<Result>(context: StoreContext, work: () => Result): Result {
  const { database } = context;
  database.exec('pragma synchronous = normal');
  try {
    return inTransaction(context, work);
  } finally {
    database.exec('pragma synchronous = full');
  }
}

/**
 * Reads in one transaction: everything as of one moment, and without the locks that every statement by itself would
 * take and give back, which cost more than most statements.
 */
export function inReadTransaction<Result>({ database }: StoreContext, read: () => Result): Result {
  database.exec('begin');
  try {
    return read();
  } finally {
    database.exec('commit');
  }
}

/** Runs work as one transaction that waits for no other writer: there is none. */
export function inTransaction<Result>(context: StoreContext, work: () => Result): Result {
  const { database } = context;
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (failure) {
    if (database.inTransaction) database.exec('rollback');
    context.forgetLanes();
    throw failure;
  }
}
