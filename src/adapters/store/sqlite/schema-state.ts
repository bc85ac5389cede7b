import type Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { APPLICATION_ID } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { refuseMoved } from './moved-mark.ts';
import { get } from './statement.ts';

/** How far the schema of a database file is, compared with this version. */
export type SchemaState = {
  /** 0 in a file that holds nothing yet. */
  version: number;
  /** The newest schema that this version knows. */
  known: number;
  /** Migrations to do, oldest first. */
  pending: number[];
};

/**
 * Reads how far a database’s schema is; changes nothing.
 *
 * @throws StartError when the file belongs to another program, or to a newer version that this one cannot read
 */
export function readSchemaState(database: Database.Database, file: string): SchemaState {
  const known = migrations.at(-1)?.version ?? 0;
  const tables = get<{ count: number }>(
    database,
    "select count(*) as count from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
  );
  if ((tables?.count ?? 0) === 0) {
    return { version: 0, known, pending: migrations.map(({ version }) => version) };
  }
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new StartError(
      `${file} is an SQLite database of another program.`,
      'Give the file of a Recado database: the one of DATABASE_URL, or a backup of it.',
    );
  }
  refuseMoved(database, file);
  const newest = get<{ version: number; readable_from: number }>(
    database,
    'select version, readable_from from schema_versions order by version desc limit 1',
  );
  const version = newest?.version ?? 0;
  if ((newest?.readable_from ?? 0) > known) {
    throw new StartError(
      `${file} has schema ${version}, written by a newer Recado; this one reads up to ${known}.`,
      'Install the newer version (npm install recado@latest), or use a backup made before the upgrade.',
    );
  }
  return {
    version,
    known,
    pending: migrations.flatMap((migration) => (migration.version > version ? [migration.version] : [])),
  };
}
