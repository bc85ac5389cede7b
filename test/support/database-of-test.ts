import type { Config } from '../../src/config/config.ts';
import { migratedDatabase } from './postgres/migrated-database.ts';

/**
 * Where a gateway of the running test keeps its state: in its file, or, in the part of the run that says so in
 * vitest.config.ts, in a database of its own on PostgreSQL.
 */
export async function databaseOfTest(database: Config['database']): Promise<Config['database']> {
  if (process.env['RECADO_TEST_ENGINE'] !== 'postgres') return database;
  return { ...database, postgres: { url: await migratedDatabase(18), directUrl: null } };
}
