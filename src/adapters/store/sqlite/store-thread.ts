import { workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { createContext, type StoreContext } from './context.ts';
import { openDatabase } from './open-database.ts';
import { reads, writes } from './operations/index.ts';
import { serveOperations } from './thread-server.ts';

/** What a store thread is started with. */
export type StoreThreadData = { file: string; role: 'writer' | 'reader' };

const { file, role }: StoreThreadData = workerData;
const database: Database.Database = openDatabase(file, role);
const context = createContext(database);

type Bound = (...values: never[]) => unknown;

function bind(operations: Record<string, (context: StoreContext, ...values: never[]) => unknown>) {
  const bound: Record<string, Bound> = {};
  for (const [name, operation] of Object.entries(operations)) {
    bound[name] = (...values) => operation(context, ...values);
  }
  return bound;
}

serveOperations(bind(role === 'writer' ? writes : reads), () => database.close());
