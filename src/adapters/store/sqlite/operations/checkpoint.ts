import Database from 'better-sqlite3';
import type { StoreContext } from '../context.ts';

type WalState = { busy: number; log: number; checkpointed: number };

/** Fewer pages than these stay in the log: 4 MiB, as much as SQLite itself would leave. */
const LEAST_PAGES = 1_000;

/**
 * Writes back what has gathered in the write-ahead log, as far as it can without anybody waiting: the writer goes
 * on at the same time, where its own checkpoint would hold up every acknowledgement for as long as it takes.
 *
 * @returns how many pages were written back
 */
export function checkpoint({ database }: StoreContext): number {
  // As it is, without the settings of a writer: merely stating them takes the writer's lock.
  const connection = new Database(database.name, { timeout: 0 });
  try {
    const ask = (mode: 'noop' | 'passive'): WalState | undefined =>
      connection.prepare<[], WalState>(`pragma wal_checkpoint(${mode})`).get();
    const before = ask('noop');
    if (before === undefined || before.log - before.checkpointed < LEAST_PAGES) return 0;
    return Math.max(0, (ask('passive')?.checkpointed ?? 0) - before.checkpointed);
  } finally {
    connection.close();
  }
}
