import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The file that whoever owns a database holds locked; nothing else in the process may open it. */
export function lockFileOf(databaseFile: string): string {
  return `${databaseFile.replace(/\.(db|sqlite3?)$/, '')}.lock`;
}

/**
 * Whether a path leads to a database, or to a file that belongs to it: its log, its lock, or what was put aside by a
 * restore. To replace one of these would lose data, or let a second process own the database.
 */
export function belongsToDatabase(path: string, databaseFile: string): boolean {
  const database = realPath(databaseFile);
  const asked = realPath(path);
  const lock = lockFileOf(database);
  const companions = ['-wal', '-shm', '-journal'].map((ending) => `${database}${ending}`);
  const locks = ['', '-journal', '-wal', '-shm', '.owner'].map((ending) => `${lock}${ending}`);
  return (
    [database, ...companions, ...locks].includes(asked) || asked.startsWith(`${database}.before-restore-`)
  );
}

/** The path without links, as far as it exists. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  return folder === path ? path : join(realPath(folder), basename(path));
}
