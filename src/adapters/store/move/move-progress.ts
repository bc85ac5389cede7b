import type { Database, Statement, Statements } from '../postgres/database.ts';
import type { SqlValue } from '../sqlite/statement.ts';

/** How far the move of a table is: the key of the last row that is there, null before the first. */
export type TableProgress = { last: SqlValue[] | null; done: boolean };

/** Whether a move into this database was begun and is not at its end: until then nobody may start on it. */
export async function isBeingMovedInto(statements: Statements): Promise<boolean> {
  const row = await statements.get<{ there: boolean }>("select to_regclass('moving') is not null as there");
  return row?.there === true;
}

/**
 * Makes the table that says how far a move is; it goes with the end of the move.
 *
 * @param source names the installation that moves
 */
export function beginning(source: string, tables: readonly string[]): Statement[] {
  return [
    {
      sql: `create table moving (table_name plain_text primary key, source plain_text not null, last plain_text,
        done boolean not null default false)`,
      values: [],
    },
    {
      sql: 'insert into moving (table_name, source) select unnest($1::text[]), $2',
      values: [tables, source],
    },
  ];
}

/** The installation whose move was begun. */
export async function sourceOf(statements: Statements): Promise<string | null> {
  return (await statements.get<{ source: string }>('select source from moving limit 1'))?.source ?? null;
}

/** How far a table is. */
export async function progressOf(database: Database, table: string): Promise<TableProgress> {
  const row = await database.get<{ last: string | null; done: boolean }>(
    'select last, done from moving where table_name = $1',
    table,
  );
  if (row === undefined) return { last: null, done: false };
  return { last: row.last === null ? null : keyFrom(row.last), done: row.done };
}

/** Notes in the transaction that brings the rows how far a table is. */
export function noteProgress(table: string, { last, done }: TableProgress): Statement {
  return {
    sql: 'update moving set last = $2, done = $3 where table_name = $1',
    values: [table, last === null ? null : keyText(last), done],
  };
}

function keyText(key: readonly SqlValue[]): string {
  return JSON.stringify(
    key.map((value) => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : value)),
  );
}

function keyFrom(text: string): SqlValue[] {
  const values: (string | number | null | { bytes: string })[] = JSON.parse(text);
  return values.map((value) =>
    typeof value === 'object' && value !== null ? Buffer.from(value.bytes, 'hex') : value,
  );
}
