import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openPostgresStore } from '../../src/adapters/store/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../src/adapters/store/store.ts';
import type { PostgresMajor } from '../support/postgres/binaries.ts';
import { migratedDatabase } from '../support/postgres/migrated-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a store is made of. */
export type Engine = {
  name: string;
  /** An empty store of the running test's own, closed when the test is over. */
  open(): Promise<Store>;
  /** The same twice, as two nodes see it: one and the same where an engine takes one process only. */
  openTwice(): Promise<[Store, Store]>;
  /** How many random orders a property tries: more where a fold costs little, for how to fold is decided outside the store. */
  orders: number;
};

async function openSqlite(): Promise<Store> {
  const store = await openSqliteStore(join(temporaryFolder(), 'recado.db'));
  onTestFinished(() => store.close());
  return store;
}

function postgres(major: PostgresMajor): Engine {
  async function join(url: string): Promise<Store> {
    const store = await openPostgresStore({ url, directUrl: null });
    onTestFinished(() => store.close());
    return store;
  }
  return {
    name: `PostgreSQL ${major}`,
    open: async () => join(await migratedDatabase(major)),
    async openTwice() {
      const url = await migratedDatabase(major);
      return [await join(url), await join(url)];
    },
    orders: 4,
  };
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
    orders: 8,
  },
  postgres15: postgres(15),
  postgres18: postgres(18),
} satisfies Record<string, Engine>;
