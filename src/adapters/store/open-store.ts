import { openPostgresStore } from './postgres/open-postgres-store.ts';
import { openSqliteStore } from './sqlite/open-sqlite-store.ts';
import type { Store } from './store.ts';

/** Where the database is: a file, or PostgreSQL, by way of a pool when `directUrl` is set. */
export type DatabasePlace = { file: string; postgres: { url: string; directUrl: string | null } | null };

/**
 * Opens the store that DATABASE_URL names.
 *
 * @param warn told in sentences what is wrong with the database, but does not prevent the work
 * @throws StartError when it cannot be opened for a reason that a person can remove
 */
export function openStore(database: DatabasePlace, warn: (sentence: string) => void): Promise<Store> {
  return database.postgres === null
    ? openSqliteStore(database.file)
    : openPostgresStore({ ...database.postgres, warn });
}
