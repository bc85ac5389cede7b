import type Database from 'better-sqlite3';

const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** A value that SQLite can hold. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** A statement, prepared once per connection: preparing costs more than most executions. */
function statement(database: Database.Database, sql: string): Database.Statement {
  let statements = prepared.get(database);
  if (statements === undefined) {
    statements = new Map();
    prepared.set(database, statements);
  }
  let found = statements.get(sql);
  if (found === undefined) {
    found = database.prepare(sql);
    statements.set(sql, found);
  }
  return found;
}

/** Runs a statement that gives no rows. */
export function run(
  database: Database.Database,
  sql: string,
  ...values: SqlValue[]
): { changes: number; lastInsertRowid: number } {
  const { changes, lastInsertRowid } = statement(database, sql).run(...values);
  return { changes, lastInsertRowid: Number(lastInsertRowid) };
}

/** The first row, or undefined. The row type is the query's own: each query states what it selects. */
export function get<Row>(database: Database.Database, sql: string, ...values: SqlValue[]): Row | undefined {
  return statement(database, sql).get(...values) as Row | undefined;
}

/** All rows. */
export function all<Row>(database: Database.Database, sql: string, ...values: SqlValue[]): Row[] {
  return statement(database, sql).all(...values) as Row[];
}
