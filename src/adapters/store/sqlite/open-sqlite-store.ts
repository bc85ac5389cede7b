import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { Lane } from '../../../domain/lane.ts';
import type { Attempt } from '../../../domain/notification.ts';
import type { AppendedWebhook, IncomingWebhook } from '../../../flows/inbound/receive-webhook.ts';
import { createGroupCommit } from '../../../runtime/group-commit.ts';
import { createLifetime } from '../../../runtime/lifetime.ts';
import { StartError } from '../../../runtime/start-error.ts';
import { missingFolders } from '../../missing-folders.ts';
import type { Store } from '../store.ts';
import { StoreFailure } from '../store-failure.ts';
import { asStartError } from './as-start-error.ts';
import { createContext } from './context.ts';
import { describeFailure, revivedFailure } from './describe-failure.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { refuseMoved } from './moved-mark.ts';
import { openDatabase } from './open-database.ts';
import { type Calls, reads, writes } from './operations/index.ts';
import { type Parcel, packParcel } from './parcel.ts';
import { takeSingleOwnerLock } from './single-owner-lock.ts';
import type { StoreThreadData } from './store-thread.ts';
import { type StoreThread, startThread } from './thread-host.ts';

/** In milliseconds: often enough that the writer finds little left to write back. */
const CHECKPOINT_INTERVAL = 250;

/**
 * Opens the embedded database, alone: takes its ownership, brings the schema up to date, starts the writer
 * and the reader.
 *
 * @param file path of the database; its folder is made when missing
 * @throws StartError when the folder cannot be written, the file is damaged, belongs to another program or a
 *   newer version, or another process owns it
 */
export async function openSqliteStore(file: string): Promise<Store> {
  const lifetime = createLifetime();
  try {
    makeFolder(file);
    const lock = await takeSingleOwnerLock(file).catch((failure: unknown) => {
      throw asStartError(failure, file);
    });
    lifetime.opened(() => lock.release());
    const installationKey = prepare(file);
    const writer = startThread('store-thread', { file, role: 'writer' } satisfies StoreThreadData);
    lifetime.opened(() => writer.close());
    const reader = startThread('store-thread', { file, role: 'reader' } satisfies StoreThreadData);
    lifetime.opened(() => reader.close());
    await Promise.all([writer.call('ping', []), reader.call('ping', [])]);
    let running = false;
    const checkpoints = setInterval(() => {
      if (running) return;
      running = true;
      // A failure is no loss: the next one does it, or at last the writer.
      const ended = () => {
        running = false;
      };
      reader.call('checkpoint', []).then(ended, ended);
    }, CHECKPOINT_INTERVAL);
    checkpoints.unref();
    lifetime.opened(() => clearInterval(checkpoints));
    return storeOf(writer, reader, installationKey, () => lifetime.close());
  } catch (failure) {
    await lifetime.close();
    throw failure;
  }
}

function makeFolder(file: string): void {
  const folder = dirname(file);
  try {
    for (const path of missingFolders(folder)) mkdirSync(path, { mode: 0o700 });
  } catch (failure) {
    throw new StartError(
      `The folder ${folder} cannot be made: ${messageOf(failure)}.`,
      'Create it for the user who runs Recado, or set DATABASE_URL=sqlite:/path/you/can/write/recado.db.',
    );
  }
}

/** Migrates on a connection of its own, before the threads start, and reads the installation key. */
function prepare(file: string): Uint8Array {
  let database: Database.Database | null = null;
  try {
    // What people wrote is in here: for the owner's eyes only. SQLite gives its other files the same mode.
    closeSync(openSync(file, 'a', 0o600));
    database = openDatabase(file, 'writer');
    refuseMoved(database, file);
    migrate(database, migrations, file);
    return Uint8Array.from(createContext(database).installationKey);
  } catch (failure) {
    throw asStartError(failure, file);
  } finally {
    database?.close();
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

function storeOf(
  writer: StoreThread,
  reader: StoreThread,
  installationKey: Uint8Array,
  close: () => Promise<void>,
): Store {
  const write = callsOf<typeof writes>(writer, writes);
  const read = callsOf<typeof reads>(reader, reads);
  const attempts = createGroupCommit<{ lane: Lane; attempt: Attempt }, null>({
    commit: (batch) => write.recordAttempts(batch),
    size: () => 0,
    maxItems: 128,
    maxBytes: Number.POSITIVE_INFINITY,
    isDataError: (failure) => failure instanceof StoreFailure && failure.kind === 'data',
    salvage: () => null,
  });
  return {
    ...read,
    ...write,
    installationKey,
    // No other process works on this database: there is nobody to share with, to agree with or to hear of.
    leases: null,
    clock: null,
    onHint: () => () => {},
    async appendWebhooks(batch) {
      const parcel = packed(batch);
      return writer.call('appendParcel', [parcel], [parcel.bytes]) as Promise<AppendedWebhook[]>;
    },
    recordAttempt: async (lane, attempt) => {
      await attempts.add({ lane, attempt });
    },
    async ping() {
      await Promise.all([write.ping(), read.ping()]);
    },
    async close() {
      await attempts.idle();
      await close();
    },
  };
}

/** A batch that cannot be packed is refused like one that cannot be stored. */
function packed(batch: readonly IncomingWebhook[]): Parcel {
  try {
    return packParcel(batch);
  } catch (failure) {
    throw revivedFailure(describeFailure(failure));
  }
}

/** A thread's operations as methods. The thread serves exactly these, so the answers are of their types too. */
function callsOf<Operations extends object>(thread: StoreThread, operations: Operations): Calls<Operations> {
  const names = Object.keys(operations);
  const calls = names.map((name) => [name, (...values: unknown[]) => thread.call(name, values)]);
  return Object.fromEntries(calls) as Calls<Operations>;
}
