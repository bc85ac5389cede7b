import type { EngineDescription } from '../../engine-description.ts';
import type { StoreContext } from '../context.ts';
import { get } from '../statement.ts';

/** Describes the engine by what this very connection is set to; it has to be the writer's. */
export function describeEngine({ database }: StoreContext): EngineDescription {
  const version = get<{ version: string }>(database, 'select sqlite_version() as version')?.version ?? '?';
  const journal: unknown = database.pragma('journal_mode', { simple: true });
  // 2 is FULL and 3 EXTRA: both flush the log in every commit.
  const synchronous: unknown = database.pragma('synchronous', { simple: true });
  return {
    name: `SQLite ${version}, ${journal === 'wal' ? 'write-ahead log' : `journal ${String(journal)}`}`,
    durable: synchronous === 2 || synchronous === 3,
  };
}
