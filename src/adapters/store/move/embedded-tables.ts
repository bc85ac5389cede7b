import type Database from 'better-sqlite3';
import { createBodies } from '../sqlite/bodies.ts';
import { createContext } from '../sqlite/context.ts';
import { all, get, type SqlValue } from '../sqlite/statement.ts';

/** A value of a row as SQLite gives it. */
export type MovedValue = string | number | Uint8Array | null;

/** A row on its way, by the names of its columns. */
export type MovedRow = Record<string, MovedValue>;

/** A table of the embedded database. */
export type EmbeddedTable = {
  name: string;
  rows: number;
  columns: string[];
  /** The columns of its primary key: rows are read in their order. */
  key: string[];
};

/** What is made anew on the other side: how far the schema is, and how bodies lie together. */
const notMoved = ['schema_versions', 'blocks', 'installation', 'moved'];

/** Columns that the other side has no use for: a body stands in its own row there, and older programs' notes nowhere. */
const columnsNotMoved: Record<string, string[]> = { webhooks: ['block', 'start'], alarms: ['untold'] };

/** The tables to move, each behind those that it refers to: in the order in which they were made. */
export function embeddedTables(database: Database.Database): EmbeddedTable[] {
  const names = all<{ name: string }>(
    database,
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by rowid",
  ).filter(({ name }) => !notMoved.includes(name));
  return names.map(({ name }) => {
    const columns = all<{ name: string; pk: number }>(
      database,
      'select name, pk from pragma_table_info(?)',
      name,
    ).filter((column) => !columnsNotMoved[name]?.includes(column.name));
    return {
      name,
      rows: get<{ count: number }>(database, `select count(*) as count from ${name}`)?.count ?? 0,
      columns: columns.map((column) => column.name),
      key: columns
        .filter(({ pk }) => pk > 0)
        .sort((one, other) => one.pk - other.pk)
        .map((column) => column.name),
    };
  });
}

/** Bytes of bodies that are read at once, beside one that is larger. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads a table from behind a key to its end, a few rows at a time. A webhook has its body with it, as it was
 * received, in the column `body`.
 */
export function* readTable(
  database: Database.Database,
  table: EmbeddedTable,
  after: readonly SqlValue[] | null,
  limit: number,
): Generator<MovedRow[]> {
  const key = table.key.join(', ');
  const marks = table.key.map(() => '?').join(', ');
  const bodyOf = table.name === 'webhooks' ? createBodies(createContext(database)) : null;
  let place = after;
  for (;;) {
    const behind = place === null ? '' : `where (${key}) > (${marks})`;
    const rows = all<MovedRow>(
      database,
      `select ${table.columns.join(', ')} from ${table.name} ${behind} order by ${key} limit ${limit}`,
      ...(place ?? []),
    );
    if (rows.length === 0) return;
    let part: MovedRow[] = [];
    let bytes = 0;
    for (const row of rows) {
      const moved = bodyOf === null ? row : { ...row, body: bodyOf(Number(row['id'])).received };
      bytes += Number(row['length'] ?? 0);
      if (part.length > 0 && bytes > MOST_BYTES) {
        yield part;
        part = [];
        bytes = Number(row['length'] ?? 0);
      }
      part.push(moved);
    }
    yield part;
    place = keyOf(table, rows.at(-1));
  }
}

/** The values of a row's key. */
export function keyOf({ key }: EmbeddedTable, row: MovedRow | undefined): SqlValue[] {
  return key.map((column) => row?.[column] ?? null);
}

/** The last number that each numbered table has given out, also of rows that are gone. */
export function lastNumbers(database: Database.Database): Map<string, number> {
  return new Map(
    all<{ name: string; seq: number }>(database, 'select name, seq from sqlite_sequence').map(
      ({ name, seq }) => [name, seq],
    ),
  );
}
