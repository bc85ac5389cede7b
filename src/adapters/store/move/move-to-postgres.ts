import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { createLifetime } from '../../../runtime/lifetime.ts';
import { StartError } from '../../../runtime/start-error.ts';
import { asStartError as asPostgresStartError, placeOf } from '../postgres/as-start-error.ts';
import { checkServer } from '../postgres/check-server.ts';
import { openDatabase as openPostgres, type Database as Postgres } from '../postgres/database.ts';
import { migrate as migratePostgres } from '../postgres/migrate.ts';
import { migrations as postgresMigrations } from '../postgres/migrations/index.ts';
import { asStartError } from '../sqlite/as-start-error.ts';
import { installationOf } from '../sqlite/database-facts.ts';
import { migrate } from '../sqlite/migrate.ts';
import { migrations } from '../sqlite/migrations/index.ts';
import { markMoved, readMovedMark, refuseMoved } from '../sqlite/moved-mark.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { takeSingleOwnerLock } from '../sqlite/single-owner-lock.ts';
import { get } from '../sqlite/statement.ts';
import { continueNumbers } from './continue-numbers.ts';
import { type EmbeddedTable, embeddedTables, keyOf, readTable } from './embedded-tables.ts';
import { beginning, isBeingMovedInto, noteProgress, progressOf, sourceOf } from './move-progress.ts';
import { columnsHere, insertRows, readRows } from './postgres-tables.ts';
import { createRowSum, type RowSum } from './row-sum.ts';

/** What was moved, and where to. */
export type Moved = {
  /** Host, port and name of the database; never the password. */
  place: string;
  /** Every table with its rows and the checksum that both sides have. */
  tables: ({ name: string } & RowSum)[];
  /** An earlier move was taken up where it ended. */
  resumed: boolean;
  /** What is wrong with the server, but does not prevent the work. */
  warnings: string[];
};

/** Told after every few rows: what is being done, and how much of all. */
export type MoveProgress = { step: 'copying' | 'checking'; table: string; part: number };

/** Rows of one transaction: some 10 ms, so that little is done again after a kill. */
const BATCH = 500;

/**
 * Moves an embedded database that nobody uses into an empty one of PostgreSQL, and marks the file as moved. After a
 * kill at any moment the same call goes on where it ended; until it has come to its end PostgreSQL refuses to be
 * started on, and the file is still good.
 *
 * @throws StartError when either cannot be used, the file is in use, or PostgreSQL holds something else
 */
export async function moveToPostgres(
  file: string,
  options: { url: string; clock: { now(): number }; progress(progress: MoveProgress): void },
): Promise<Moved> {
  const place = placeOf(options.url);
  if (!existsSync(file)) {
    throw new StartError(
      `There is no database ${file} to move.`,
      'Set DATABASE_URL=sqlite:… to the file; to begin with an empty database, set DATABASE_URL=postgres://… and start.',
    );
  }
  const lifetime = createLifetime();
  try {
    const lock = await takeSingleOwnerLock(
      file,
      'Stop the gateway and run this again: Meta keeps what comes meanwhile and sends it again.',
    );
    lifetime.opened(() => lock.release());
    const source = openDatabase(file, 'writer');
    lifetime.opened(() => {
      source.close();
    });
    migrate(source, migrations, file);
    const target = openPostgres({
      url: options.url,
      connections: 2,
      applicationName: 'recado migrate',
      pooled: false,
    });
    lifetime.opened(() => target.close());
    return await move(source, target, { ...options, place, file });
  } catch (failure) {
    throw asStartError(asPostgresStartError(failure, place), file);
  } finally {
    await lifetime.close();
  }
}

type Move = {
  place: string;
  file: string;
  clock: { now(): number };
  progress(progress: MoveProgress): void;
};

async function move(source: Database.Database, target: Postgres, context: Move): Promise<Moved> {
  const { place, file } = context;
  const warnings = await checkServer(target, place);
  const mark = readMovedMark(source);
  // Marked, and the end not noted on the other side: it was killed between the two.
  if (mark !== null && (mark.place !== place || !(await isBeingMovedInto(target)))) refuseMoved(source, file);
  await migratePostgres(target, postgresMigrations);
  const tables = embeddedTables(source);
  const resumed = await begin(source, target, tables, place);
  const counted = { done: 0, all: tables.reduce((sum, { rows }) => sum + rows, 0) * 2 };
  const told = (step: MoveProgress['step'], table: string, rows: number) => {
    counted.done += rows;
    context.progress({ step, table, part: Math.min(1, counted.done / Math.max(1, counted.all)) });
  };
  for (const table of tables) await copy(source, target, table, (rows) => told('copying', table.name, rows));
  await continueNumbers(source, target);
  const sums: Moved['tables'] = [];
  for (const table of tables) {
    const say = (rows: number) => told('checking', table.name, rows);
    sums.push({ name: table.name, ...(await check(source, target, table, say)) });
  }
  markMoved(source, { place, at: context.clock.now() });
  source.pragma('wal_checkpoint(truncate)');
  await target.run('drop table moving');
  // The planner knows nothing yet of what came.
  await target.run('analyze');
  return { place, tables: sums, resumed, warnings };
}

/** Takes the installation's key along, and notes that a move is under way; true when one was under way already. */
async function begin(
  source: Database.Database,
  target: Postgres,
  tables: readonly EmbeddedTable[],
  place: string,
): Promise<boolean> {
  const installation = installationOf(source) ?? '';
  if (await isBeingMovedInto(target)) {
    if ((await sourceOf(target)) === installation) return true;
    throw new StartError(
      `Another database is being moved to ${place}.`,
      'Give a database of its own to each installation, or drop this one and make it again.',
    );
  }
  for (const { name } of tables) {
    const row = await target.get(`select 1 from ${name} limit 1`);
    if (row === undefined) continue;
    throw new StartError(
      `The database at ${place} is in use: ${name} is not empty.`,
      'Give an empty database, such as a new one: create database recado2.',
    );
  }
  const own = get<{ key: Uint8Array; created_at: number }>(
    source,
    'select key, created_at from installation',
  );
  if (own === undefined) throw new Error('The database holds no installation key.');
  await target.commit([
    { sql: 'update installation set key = $1, created_at = $2', values: [own.key, own.created_at] },
    ...beginning(
      installation,
      tables.map(({ name }) => name),
    ),
  ]);
  return false;
}

async function copy(
  source: Database.Database,
  target: Postgres,
  table: EmbeddedTable,
  moved: (rows: number) => void,
): Promise<void> {
  const { last, done } = await progressOf(target, table.name);
  if (done) return;
  const columns = await columnsHere(target, table);
  let place = last;
  for (const rows of readTable(source, table, last, BATCH)) {
    place = keyOf(table, rows.at(-1));
    await target.commit([
      insertRows(table, columns, rows),
      noteProgress(table.name, { last: place, done: false }),
    ]);
    moved(rows.length);
  }
  await target.commit([noteProgress(table.name, { last: place, done: true })]);
}

/** Compares a table. One that differs was changed between two parts of a move, and is copied once more. */
async function check(
  source: Database.Database,
  target: Postgres,
  table: EmbeddedTable,
  checked: (rows: number) => void,
): Promise<RowSum> {
  const there = sumOf(source, table);
  if (same(there, await sumOfTarget(target, table))) {
    checked(there.rows);
    return there;
  }
  await target.commit([
    { sql: `delete from ${table.name}`, values: [] },
    noteProgress(table.name, { last: null, done: false }),
  ]);
  await copy(source, target, table, () => undefined);
  if (same(there, await sumOfTarget(target, table))) return there;
  throw new StartError(
    `The table ${table.name} is not the same in PostgreSQL as in the file, though it was copied twice.`,
    'Drop the database, make it again, and run the command once more; the file is as it was.',
  );
}

function same(one: RowSum, other: RowSum): boolean {
  return one.rows === other.rows && one.checksum === other.checksum;
}

function sumOf(source: Database.Database, table: EmbeddedTable): RowSum {
  const sum = createRowSum();
  for (const rows of readTable(source, table, null, BATCH)) for (const row of rows) sum.add(row);
  return sum.sum();
}

function sumOfTarget(target: Postgres, table: EmbeddedTable): Promise<RowSum> {
  return target.transaction(async (statements) => {
    const sum = createRowSum();
    for await (const rows of readRows(statements, table, BATCH)) for (const row of rows) sum.add(row);
    return sum.sum();
  });
}
