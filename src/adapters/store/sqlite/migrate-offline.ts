import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { asStartError } from './as-start-error.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { readSchemaState, type SchemaState } from './schema-state.ts';

/** How far the database is; that of an empty one when there is no file yet. A running owner is not disturbed. */
export function planMigration(file: string): SchemaState & { exists: boolean } {
  const exists = existsSync(file);
  let database: Database.Database | null = null;
  try {
    database = exists ? new Database(file, { readonly: true, timeout: 5_000 }) : new Database(':memory:');
    return { exists, ...readSchemaState(database, file) };
  } catch (failure) {
    throw asStartError(failure, file);
  } finally {
    database?.close();
  }
}

/**
 * Brings the schema up to date as a start does, and ends.
 *
 * @throws StartError when another process owns the database, or it cannot be used
 */
export async function migrateOffline(file: string): Promise<void> {
  const store = await openSqliteStore(file);
  await store.close();
}
