import type Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';
import { get, run } from './statement.ts';

/** Where a database went: host, port and name of the other one, and when, in milliseconds. */
export type MovedMark = { place: string; at: number };

/** The mark of a database that was moved away; null while it is in use. */
export function readMovedMark(database: Database.Database): MovedMark | null {
  if (get(database, "select 1 from sqlite_schema where name = 'moved'") === undefined) return null;
  return get<MovedMark>(database, 'select place, at from moved') ?? null;
}

/** Marks a database as moved: from then on every start refuses it. */
export function markMoved(database: Database.Database, mark: MovedMark): void {
  database.exec(
    'create table if not exists moved (only integer primary key check (only = 1), place text, at integer) strict',
  );
  run(database, 'insert or replace into moved (only, place, at) values (1, ?, ?)', mark.place, mark.at);
}

/** @throws StartError when a database was moved: nobody may go on with a copy that is left behind */
export function refuseMoved(database: Database.Database, file: string): void {
  const mark = readMovedMark(database);
  if (mark === null) return;
  throw new StartError(
    `${file} was moved to PostgreSQL at ${mark.place} on ${new Date(mark.at).toISOString()}.`,
    `Use that database: DATABASE_URL=postgres://…@${mark.place}; the way back is described in docs/moving-up.md.`,
  );
}

/** Takes the mark away. */
export function unmarkMoved(database: Database.Database): void {
  database.exec('drop table if exists moved');
}
