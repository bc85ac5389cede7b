import { createInterface } from 'node:readline';
import { postgresMajors } from './binaries.ts';
import { type PostgresServer, startServer } from './server.ts';

/**
 * A process that runs one PostgreSQL for another process and outlives it by as long as tidying takes: its standard
 * input ends with whoever started it, however that ended. Says and hears one JSON object a line; started with the
 * major version and further settings.
 */

/** What the guardian says: where the server is, that it did as told, or why it could not. */
export type GuardianAnswer = { url: string; port: number; dataFolder: string } | { failure: string };

const [majorText, settingsText = '{}'] = process.argv.slice(2);
const major = postgresMajors.find((one) => String(one) === majorText);
if (major === undefined) throw new Error(`There are no programs of PostgreSQL ${majorText}.`);

function say(answer: GuardianAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function answer(
  work: () => Promise<Pick<PostgresServer, 'url' | 'port' | 'dataFolder'>>,
): Promise<void> {
  try {
    const { url, port, dataFolder } = await work();
    say({ url, port, dataFolder });
  } catch (failure) {
    say({ failure: failure instanceof Error ? failure.message : String(failure) });
  }
}

// Whoever started it decides; a Ctrl-C goes to both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdout.on('error', () => {});

let server: PostgresServer | null = null;
const orders = createInterface({ input: process.stdin });
const ended = new Promise((resolve) => orders.once('close', resolve));
const started = answer(async () => {
  server = await startServer(major, JSON.parse(settingsText));
  return server;
});
let last = started;
orders.on('line', (order) => {
  last = last.then(() =>
    answer(async () => {
      if (server === null) throw new Error('PostgreSQL is not running.');
      const { url, dataFolder } = server;
      if (order === 'replica') return { url, dataFolder, ...(await server.addReplica()) };
      if (order === 'crash') await server.crash();
      else await server.restart(order === 'fast' ? 'fast' : 'immediate');
      return server;
    }),
  );
});
await ended;
await last;
await (server as PostgresServer | null)?.remove();
