import { workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { createContext, inReadTransaction, type StoreContext } from './context.ts';
import { openDatabase } from './open-database.ts';
import { chores, reads, writes } from './operations/index.ts';
import { serveOperations } from './thread-server.ts';

/** What a store thread is started with. */
export type StoreThreadData = { file: string; role: 'writer' | 'reader' };

const { file, role }: StoreThreadData = workerData;
const database: Database.Database = openDatabase(file, role);
const context = createContext(database);

type Operation = (context: StoreContext, ...values: never[]) => unknown;
type Bound = (...values: never[]) => unknown;

/** The operations with the connection that they work on, each run by `within`. */
function bind(
  operations: Record<string, Operation>,
  within: (context: StoreContext, work: () => unknown) => unknown,
): Record<string, Bound> {
  const bound: Record<string, Bound> = {};
  for (const [name, operation] of Object.entries(operations)) {
    bound[name] = (...values) => within(context, () => operation(context, ...values));
  }
  return bound;
}

const asItIs = (_: StoreContext, work: () => unknown) => work();

serveOperations(
  role === 'writer' ? bind(writes, asItIs) : { ...bind(reads, inReadTransaction), ...bind(chores, asItIs) },
  () => database.close(),
);
