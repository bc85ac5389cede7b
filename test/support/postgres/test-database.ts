import { Client } from 'pg';
import { afterAll, inject, onTestFinished } from 'vitest';
import type { PostgresMajor } from './binaries.ts';

/** An empty database of the running test's own, dropped when the test is over. */
export async function emptyDatabase(major: PostgresMajor): Promise<string> {
  const server = await serverUrl(major);
  const url = await createDatabase(server, 'template0');
  onTestFinished(() => dropDatabase(server, url));
  return url;
}

/**
 * A database that somebody prepared once in this run, a copy of nobody else's; dropped when the file of tests is over.
 *
 * @param template a name for what was prepared
 * @param prepare brings the database of a URL to that state, and holds no connection to it afterwards
 */
export async function preparedDatabase(
  major: PostgresMajor,
  template: string,
  prepare: (url: string) => Promise<void>,
): Promise<string> {
  const server = await serverUrl(major);
  await onServer(server, async (client) => {
    // Test files run side by side: one prepares, the others wait for it.
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const known = await client.query('select from pg_database where datname = $1', [template]);
    if (known.rowCount !== 0) return;
    const unfinished = `${template}_unfinished`;
    await client.query(`drop database if exists ${client.escapeIdentifier(unfinished)} with (force)`);
    await client.query(`create database ${client.escapeIdentifier(unfinished)} template template0`);
    await prepare(databaseUrl(server, unfinished));
    await client.query(
      `alter database ${client.escapeIdentifier(unfinished)} rename to ${client.escapeIdentifier(template)}`,
    );
  });
  const url = await createDatabase(server, template);
  copies.push(() => dropDatabase(server, url));
  return url;
}

const copies: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of copies.splice(0)) await drop();
});

/** The same server, another database. */
function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function serverUrl(major: PostgresMajor): Promise<string> {
  const response = await fetch(`${inject('postgresKeeper')}/${major}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

let made = 0;

async function createDatabase(server: string, template: string): Promise<string> {
  made += 1;
  const name = `test_${process.pid}_${made}`;
  await onServer(server, (client) =>
    client.query(`create database ${name} template ${client.escapeIdentifier(template)}`),
  );
  return databaseUrl(server, name);
}

async function dropDatabase(server: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
}

async function onServer(server: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
