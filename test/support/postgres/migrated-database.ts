import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { openPostgresStore } from '../../../src/adapters/store/postgres/open-postgres-store.ts';
import type { PostgresMajor } from './binaries.ts';
import { preparedDatabase } from './test-database.ts';

/** Databases that no running test has: making one takes ten times as long as emptying one. */
const idle = new Map<PostgresMajor, string[]>();

/** A database of the running test's own with the schema of today and nothing in it. */
export async function migratedDatabase(major: PostgresMajor): Promise<string> {
  const url = idle.get(major)?.pop() ?? (await preparedDatabase(major, 'recado_template', prepare));
  // Two installations never share their key.
  await run(url, `update installation set key = decode(md5(random()::text) || md5(random()::text), 'hex')`);
  onTestFinished(async () => {
    await run(url, 'select pristine.bring_back()');
    idle.set(major, [...(idle.get(major) ?? []), url]);
  });
  return url;
}

async function prepare(url: string): Promise<void> {
  const store = await openPostgresStore({ url, directUrl: null });
  await store.close();
  await run(url, pristine);
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Remembers the rows that a new database begins with, and how to come back to them: whoever is still connected goes. */
const pristine = `
  create schema pristine;
  do $$ declare name text; filled boolean; begin
    for name in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
      execute format('select exists (select from public.%I)', name) into filled;
      if filled then execute format('create table pristine.%I as table public.%I', name, name); end if;
    end loop;
  end $$;
  create function pristine.bring_back() returns void language plpgsql as $$ declare name text; begin
    perform pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid();
    -- Neither the order of tables nor what refers to what matters when all of them are emptied.
    set local session_replication_role = replica;
    for name in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
      execute format('delete from public.%I', name);
    end loop;
    for name in select relname from pg_class where relnamespace = 'pristine'::regnamespace and relkind = 'r' loop
      execute format('insert into public.%I select * from pristine.%I', name, name);
    end loop;
    perform setval(seqrelid::regclass, seqstart, false) from pg_sequence;
  end $$;
`;
