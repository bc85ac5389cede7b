import { randomBytes } from 'node:crypto';
import { StartError } from '../../../runtime/start-error.ts';
import type { Database, Statements } from './database.ts';

/** One step of the schema, forward only: a step that takes something away comes a release after the last use of it. */
export type Migration = {
  version: number;
  /** The oldest version of the schema whose programs can still work after this step. */
  readableFrom: number;
  sql: string;
};

/** How far the schema of a database is, compared with this version. */
type SchemaState = {
  /** 0 in a database that holds nothing of ours yet. */
  version: number;
  /** The newest schema that this version knows. */
  known: number;
  /** Migrations to do, oldest first. */
  pending: number[];
};

/** Any number that other programs on the same database hardly use for theirs: "RCDO". */
const ADVISORY_LOCK = 0x5243444f;

/**
 * Brings the schema up to date, in one transaction under a lock: of two starters one does it, and the other waits and
 * finds it done.
 *
 * @throws StartError when a newer version wrote the schema and this one cannot read it
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  if ((await readSchemaState(database, migrations)).pending.length === 0) return;
  await database.transaction(async (statements) => {
    // The other starter may have a long migration to do.
    await statements.run('set local lock_timeout = 0');
    await statements.run('set local statement_timeout = 0');
    await statements.get('select pg_advisory_xact_lock($1)', ADVISORY_LOCK);
    await statements.run(
      'create table if not exists schema_versions (version integer primary key, readable_from integer not null, applied_at bigint not null)',
    );
    const { pending } = await readSchemaState(statements, migrations);
    for (const migration of migrations) {
      if (!pending.includes(migration.version)) continue;
      for (const sql of statementsOf(migration.sql)) await statements.run(sql);
      await statements.run(
        'insert into schema_versions (version, readable_from, applied_at) values ($1, $2, $3)',
        migration.version,
        migration.readableFrom,
        Date.now(),
      );
    }
    await statements.run(
      'insert into installation (key, created_at) values ($1, $2) on conflict do nothing',
      randomBytes(32),
      Date.now(),
    );
  });
}

/**
 * Reads how far the schema is; changes nothing.
 *
 * @throws StartError when a newer version wrote it and this one cannot read it
 */
async function readSchemaState(database: Statements, migrations: readonly Migration[]): Promise<SchemaState> {
  const known = migrations.at(-1)?.version ?? 0;
  const table = await database.get<{ there: boolean }>(
    "select to_regclass('schema_versions') is not null as there",
  );
  const newest =
    table?.there === true
      ? await database.get<{ version: number; readable_from: number }>(
          'select version, readable_from from schema_versions order by version desc limit 1',
        )
      : undefined;
  const version = newest?.version ?? 0;
  if ((newest?.readable_from ?? 0) > known) {
    throw new StartError(
      `The database has schema ${version}, written by a newer Recado; this one reads up to ${known}.`,
      'Install the newer version (npm install recado@latest), or use a backup made before the upgrade.',
    );
  }
  return {
    version,
    known,
    pending: migrations.flatMap((migration) => (migration.version > version ? [migration.version] : [])),
  };
}

/** The statements of a migration: a semicolon at the end of a line ends one, outside of `$$`. */
function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let open = '';
  for (const line of sql.split('\n')) {
    open += `${line}\n`;
    const insideBody = open.split('$$').length % 2 === 0;
    if (insideBody || !line.trimEnd().endsWith(';')) continue;
    statements.push(open);
    open = '';
  }
  return statements;
}
