import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { DatabaseEvidence } from '../../../flows/setup/doctor-ports.ts';
import { createContext } from './context.ts';
import { openDatabase } from './open-database.ts';
import { describeEngine } from './operations/describe-engine.ts';

/**
 * What can be said of a database without a gateway. Whether it takes a commit is proved by taking the right to
 * write and giving it back; nothing is changed, and a gateway that runs waits for a moment at most.
 */
export function inspectFile(file: string): DatabaseEvidence {
  const space = spaceUnder(file);
  if (!existsSync(file)) {
    return {
      engine: `SQLite ${sqliteVersion()}`,
      durable: true,
      space,
      lag: 0,
      commit: firstFile(dirname(file)),
    };
  }
  let database: Database.Database | null = null;
  const began = performance.now();
  try {
    database = openDatabase(file, 'writer');
    const { name, durable } = describeEngine(createContext(database));
    database.exec('begin immediate; update installation set created_at = created_at; rollback');
    const commit = { done: true as const, milliseconds: performance.now() - began };
    return { engine: name, durable, space, lag: 0, commit };
  } catch (failure) {
    const commit = { done: false as const, code: writeRefusal(file) ?? codeOf(failure) };
    return { engine: `SQLite ${sqliteVersion()}`, durable: true, space, lag: 0, commit };
  } finally {
    database?.close();
  }
}

/** Whether a first file could be made here: the nearest folder that is there may be written. */
function firstFile(folder: string): DatabaseEvidence['commit'] {
  const code = refusalAt(nearest(folder));
  return code === null ? { done: true, milliseconds: null } : { done: false, code };
}

/** What the file system says against writing, where SQLite only says that it could not open something. */
function writeRefusal(file: string): string | null {
  return refusalAt(dirname(resolve(file))) ?? refusalAt(file);
}

/** The system’s word, such as EROFS; null for what may be written. */
function refusalAt(path: string): string | null {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (failure) {
    return codeOf(failure);
  }
}

function nearest(folder: string): string {
  let path = resolve(folder);
  while (!existsSync(path)) path = dirname(path);
  return path;
}

function spaceUnder(file: string): DatabaseEvidence['space'] {
  try {
    const { bavail, blocks, bsize } = statfsSync(nearest(dirname(file)));
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

function sqliteVersion(): string {
  const memory = new Database(':memory:');
  try {
    return String(memory.prepare('select sqlite_version()').pluck().get());
  } finally {
    memory.close();
  }
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string'
    ? failure.code
    : 'unknown';
}
