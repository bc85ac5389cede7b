import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteStore, type SqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a store is made of. */
export type Engine = {
  name: string;
  /** An empty store of the running test's own, closed when the test is over. */
  open(): Promise<SqliteStore>;
  /** The same twice, as two nodes see it: one and the same where an engine takes one process only. */
  openTwice(): Promise<[SqliteStore, SqliteStore]>;
};

async function openSqlite(): Promise<SqliteStore> {
  const store = await openSqliteStore(join(temporaryFolder(), 'recado.db'));
  onTestFinished(() => store.close());
  return store;
}

/** Every engine; each has its file of tests, so that they run side by side. */
export const engines = {
  sqlite: {
    name: 'SQLite',
    open: openSqlite,
    async openTwice() {
      const store = await openSqlite();
      return [store, store];
    },
  },
} satisfies Record<string, Engine>;
