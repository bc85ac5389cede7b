import { Client } from 'pg';
import { openPostgresStore } from '../../../src/adapters/store/postgres/open-postgres-store.ts';
import type { PostgresMajor } from './binaries.ts';
import { preparedDatabase } from './test-database.ts';

/** A database of the running test's own with the schema of today and nothing in it, dropped when the test is over. */
export async function migratedDatabase(major: PostgresMajor): Promise<string> {
  const url = await preparedDatabase(major, 'recado_template', async (template) => {
    const store = await openPostgresStore({ url: template, directUrl: null });
    await store.close();
  });
  const client = new Client(url);
  await client.connect();
  try {
    // Two installations never share their key.
    await client.query(
      `update installation set key = decode(md5(random()::text) || md5(random()::text), 'hex')`,
    );
  } finally {
    await client.end();
  }
  return url;
}
