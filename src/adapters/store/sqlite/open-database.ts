import Database from 'better-sqlite3';
import { searchText } from '../../../domain/search-text.ts';

/** Page cache in KiB: the writer keeps its indexes in memory, a reader only what one request needs. */
const CACHE = { writer: 65_536, reader: 16_384 };

/**
 * Pages in the write-ahead log at which the writer writes back what the reader's thread has not: 16 MiB. Only then
 * does the log begin anew. A log that is written over costs an fsync of 0.2 ms, one that grows 1 ms.
 */
const MOST_LOG_PAGES = 4_096;

/**
 * Opens a connection as every one of ours is opened: write-ahead log, and an fsync in every commit, because
 * what was acknowledged must survive the loss of power.
 */
export function openDatabase(file: string, role: 'writer' | 'reader'): Database.Database {
  const database = new Database(file, { readonly: role === 'reader', timeout: 5_000 });
  if (role === 'writer') {
    // Takes effect in a new file only; retention later gives pages back without rewriting the file.
    database.pragma('auto_vacuum = incremental');
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    database.pragma(`wal_autocheckpoint = ${MOST_LOG_PAGES}`);
    database.pragma('foreign_keys = on');
  }
  database.pragma(`cache_size = -${CACHE[role]}`);
  database.pragma('temp_store = memory');
  database.function('search_text', { deterministic: true }, (text) =>
    typeof text === 'string' ? searchText(text) : null,
  );
  return database;
}
