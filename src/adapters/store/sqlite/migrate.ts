import type Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { get, run } from './statement.ts';

/** One step of the schema, forward only. */
export type Migration = {
  version: number;
  /** The oldest version of this program that can still work with the schema after this step. */
  readableFrom: number;
  sql: string;
};

/** Marks a file as ours: "RCDO". */
export const APPLICATION_ID = 0x5243444f;

/**
 * Brings the schema up to date, in one transaction: of two starters one does it and the other finds it done.
 *
 * @throws StartError when the file belongs to another program, or to a newer version that this one cannot read
 */
export function migrate(database: Database.Database, migrations: readonly Migration[], file: string): void {
  database.exec('begin immediate');
  try {
    const applicationId = database.pragma('application_id', { simple: true });
    const tables = get<{ count: number }>(
      database,
      "select count(*) as count from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    );
    if (applicationId !== APPLICATION_ID && (tables?.count ?? 0) > 0) {
      throw new StartError(
        `${file} is an SQLite database of another program.`,
        'Point DATABASE_URL at another file, for example sqlite:./data/recado.db.',
      );
    }
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.exec(
      'create table if not exists schema_versions (version integer primary key, readable_from integer not null, applied_at integer not null) strict',
    );
    const newest = get<{ version: number; readable_from: number }>(
      database,
      'select version, readable_from from schema_versions order by version desc limit 1',
    );
    const ours = migrations.at(-1)?.version ?? 0;
    if (newest !== undefined && newest.readable_from > ours) {
      throw new StartError(
        `${file} has schema ${newest.version}, written by a newer Recado; this one reads up to ${ours}.`,
        'Install the newer version again (npm install recado@latest), or restore a backup made before the upgrade.',
      );
    }
    for (const migration of migrations) {
      if (migration.version <= (newest?.version ?? 0)) continue;
      database.exec(migration.sql);
      run(
        database,
        'insert into schema_versions (version, readable_from, applied_at) values (?, ?, unixepoch() * 1000)',
        migration.version,
        migration.readableFrom,
      );
    }
    database.exec('commit');
  } catch (failure) {
    if (database.inTransaction) database.exec('rollback');
    throw failure;
  }
}
