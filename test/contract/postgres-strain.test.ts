import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/adapters/store/postgres/database.ts';
import { readStrain } from '../../src/adapters/store/postgres/operations/read-strain.ts';
import { emptyDatabase } from '../support/postgres/test-database.ts';

it.each([15, 18] as const)(
  'PostgreSQL %i tells of a transaction that keeps it from cleaning up',
  async (major) => {
    const url = await emptyDatabase(major);
    const database = openDatabase({ url, connections: 1, applicationName: 'strain', pooled: false });
    onTestFinished(() => database.close());
    const forgotten = new Client({ connectionString: url });
    await forgotten.connect();
    expect(await readStrain(database)).toEqual({ pinnedSeconds: null, deadRows: 0 });
    await forgotten.query('begin isolation level repeatable read');
    await forgotten.query('select 1');
    expect((await readStrain(database)).pinnedSeconds).toBeGreaterThan(0);
    await forgotten.query('rollback');
    expect((await readStrain(database)).pinnedSeconds).toBeNull();
    await forgotten.end();
  },
);
