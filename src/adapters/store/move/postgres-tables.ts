import { Buffer } from 'node:buffer';
import { packBytes, unpackBytes } from '../body-format.ts';
import type { Statement, Statements } from '../postgres/database.ts';
import { rowsParameter } from '../postgres/safe-text.ts';
import { searchColumns } from '../postgres/search-columns.ts';
import type { EmbeddedTable, MovedRow, MovedValue } from './embedded-tables.ts';

/** A column of PostgreSQL, and how it is written in a list of rows as JSON. */
export type PostgresColumn = { name: string; type: string };

/** Columns that are made on this side out of others. */
const madeHere: Record<string, string[]> = {
  webhooks: ['format', 'body'],
  contacts: ['search_name', 'search_identifiers'],
};

/**
 * The columns to write of a table.
 *
 * @throws Error when the table is not here, or lacks a column: then the two schemas have grown apart
 */
export async function columnsHere(statements: Statements, table: EmbeddedTable): Promise<PostgresColumn[]> {
  const here = await statements.all<PostgresColumn>(
    `select column_name::text as name, udt_name::text as type from information_schema.columns
     where table_schema = current_schema() and table_name = $1`,
    table.name,
  );
  return [...table.columns, ...(madeHere[table.name] ?? [])].map((name) => {
    const column = here.find((each) => each.name === name);
    if (column === undefined) throw new Error(`PostgreSQL has no column ${table.name}.${name}.`);
    return column;
  });
}

/** What writes rows of a table. */
export function insertRows(
  table: EmbeddedTable,
  columns: readonly PostgresColumn[],
  rows: readonly MovedRow[],
): Statement {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const given = columns.map(({ name, type }) => `"${name}" ${type === 'bytea' ? 'text' : type}`).join(', ');
  const values = columns
    .map(({ name, type }) => (type === 'bytea' ? `decode("${name}", 'hex')` : `"${name}"`))
    .join(', ');
  return {
    sql: `insert into ${table.name} (${names}) overriding system value
      select ${values} from json_to_recordset($1::json) as given (${given})`,
    values: [rowsParameter(rows.map((row) => asWritten(table.name, row)))],
  };
}

function asWritten(table: string, row: MovedRow): Record<string, string | number | null> {
  const made: MovedRow =
    table === 'webhooks' ? packed(row) : table === 'contacts' ? { ...row, ...searchedBy(row) } : row;
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );
}

function packed(row: MovedRow): MovedRow {
  const { format, bytes } = packBytes(bytesOf(row['body']));
  return { ...row, format, body: bytes };
}

function searchedBy(row: MovedRow): { search_name: string; search_identifiers: string } {
  const identifiers: [kind: string, value: string][] = JSON.parse(String(row['identifiers']));
  return searchColumns({
    name: row['name'] === null ? null : String(row['name']),
    identifiers: identifiers.map(([, value]) => ({ value })),
  });
}

/** Reads a table in whatever order, inside a transaction, a few rows at a time, as the embedded database gives them. */
export async function* readRows(
  statements: Statements,
  table: EmbeddedTable,
  limit: number,
): AsyncGenerator<MovedRow[]> {
  const columns = [...table.columns, ...(table.name === 'webhooks' ? ['format', 'body'] : [])];
  const names = columns.map((name) => `"${name}"`).join(', ');
  await statements.run(`declare moved no scroll cursor for select ${names} from ${table.name}`);
  for (;;) {
    const rows = await statements.all<MovedRow>(`fetch ${limit} from moved`);
    if (rows.length === 0) break;
    yield table.name === 'webhooks' ? rows.map(unpacked) : rows;
  }
  await statements.run('close moved');
}

function unpacked({ format, ...row }: MovedRow): MovedRow {
  return { ...row, body: unpackBytes({ format: Number(format), bytes: bytesOf(row['body']) }) };
}

function bytesOf(value: MovedValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}
