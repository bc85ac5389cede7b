import Database from 'better-sqlite3';
import { StartError } from '../../../runtime/start-error.ts';

/** A failure to open or write a database file as a sentence with its cure; what is no such failure as it is. */
export function asStartError(failure: unknown, file: string): unknown {
  if (!(failure instanceof Database.SqliteError) && !isSystemError(failure)) return failure;
  const code = String(failure.code);
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new StartError(
      `${file} is damaged, or is no SQLite database: ${failure.message}.`,
      `Keep it for examination and restore a backup; without one, move it away (mv ${file} ${file}.damaged) and start again with an empty database.`,
    );
  }
  return new StartError(
    `The database ${file} cannot be opened for writing: ${failure.message}.`,
    'Check that the user who runs Recado may write the file and its folder and that the disk is not full, or set DATABASE_URL=sqlite:/path/you/can/write/recado.db.',
  );
}

function isSystemError(failure: unknown): failure is Error & { code: string } {
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string';
}
