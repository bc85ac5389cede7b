import type { Config } from '../config/config.ts';
import { CommandError } from './command-error.ts';

/**
 * The path of the embedded database, as it was written.
 *
 * @param next what to do instead, where DATABASE_URL names PostgreSQL
 * @throws CommandError then: the file beside it is not the database that Recado works with
 */
export function embeddedDatabase({ database }: Config, next: string): string {
  if (database.postgres === null) return database.file;
  throw new CommandError('DATABASE_URL names PostgreSQL; this command serves the embedded database.', next);
}
