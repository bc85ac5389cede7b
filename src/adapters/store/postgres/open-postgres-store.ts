import type { Lane } from '../../../domain/lane.ts';
import type { Attempt } from '../../../domain/notification.ts';
import { createGroupCommit } from '../../../runtime/group-commit.ts';
import { createLifetime } from '../../../runtime/lifetime.ts';
import { StartError } from '../../../runtime/start-error.ts';
import { isBeingMovedInto } from '../move/move-progress.ts';
import type { Store } from '../store.ts';
import { StoreFailure } from '../store-failure.ts';
import { asStartError, placeOf } from './as-start-error.ts';
import { checkServer } from './check-server.ts';
import { createContext } from './context.ts';
import { openDatabase } from './database.ts';
import { openDatabaseClock } from './database-clock.ts';
import { openHints } from './hints.ts';
import { createLeases } from './leases.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { bind, reads, writes } from './operations/index.ts';

/** Few: a batch in one commit is worth more than many commits at once. */
const WRITERS = 4;
const READERS = 6;

/**
 * Opens a database of PostgreSQL, beside other processes that may work on it: brings the schema up to date and joins.
 *
 * @param options.url `postgres://…`
 * @param options.directUrl PostgreSQL itself, when `url` is PgBouncer in transaction mode; null when `url` is direct
 * @param options.warn told in sentences what is wrong with the server, but does not prevent the work
 * @throws StartError when the server cannot be reached or used, or a newer version wrote the schema
 */
export async function openPostgresStore(options: {
  url: string;
  directUrl: string | null;
  warn?: (sentence: string) => void;
}): Promise<Store> {
  const { url, directUrl } = options;
  const place = placeOf(url);
  const applicationName = 'recado';
  const pooled = directUrl !== null;
  const lifetime = createLifetime();
  try {
    const writer = openDatabase({ url, connections: WRITERS, applicationName, pooled });
    lifetime.opened(() => writer.close());
    const reader = openDatabase({ url, connections: READERS, applicationName, pooled });
    lifetime.opened(() => reader.close());
    for (const sentence of await checkServer(writer, place)) options.warn?.(sentence);
    await migrate(writer, migrations);
    if (await isBeingMovedInto(writer)) {
      throw new StartError(
        `The move of a database to ${place} has not come to its end.`,
        'Run the same npx recado migrate --to … again: it goes on where it ended. To give it up, drop the database; the file is as it was.',
      );
    }
    const row = await writer.get<{ key: Buffer }>('select key from installation');
    if (row === undefined) throw new Error('The database holds no installation key.');
    const installationKey = Uint8Array.from(row.key);
    const clock = await openDatabaseClock(reader);
    lifetime.opened(() => clock.close());
    const hints = openHints(directUrl ?? url, applicationName);
    lifetime.opened(() => hints.close());

    const write = bind(writes, createContext(writer, installationKey));
    const read = bind(reads, createContext(reader, installationKey));
    const attempts = createGroupCommit<{ lane: Lane; attempt: Attempt }, null>({
      commit: (batch) => write.recordAttempts(batch),
      size: () => 0,
      maxItems: 128,
      maxBytes: Number.POSITIVE_INFINITY,
      isDataError: (failure) => failure instanceof StoreFailure && failure.kind === 'data',
      salvage: () => null,
    });
    /** Tells the other processes once something was kept. */
    const told =
      <Values extends unknown[], Result>(operation: (...values: Values) => Promise<Result>) =>
      async (...values: Values): Promise<Result> => {
        const result = await operation(...values);
        hints.tell();
        return result;
      };
    return {
      ...read,
      ...write,
      appendWebhooks: told(write.appendWebhooks),
      insertNotification: told(write.insertNotification),
      commitLane: told(write.commitLane),
      insertCommand: told(write.insertCommand),
      changeSettings: told(write.changeSettings),
      writeConfiguredPhones: told(write.writeConfiguredPhones),
      putAlarms: told(write.putAlarms),
      applyReadings: told(write.applyReadings),
      recordAttempt: told(async (lane: Lane, attempt: Attempt) => {
        await attempts.add({ lane, attempt });
      }),
      installationKey,
      leases: createLeases(writer),
      clock,
      onHint: hints.onHint,
      async ping() {
        await Promise.all([writer.get('select 1'), reader.get('select 1')]);
      },
      async close() {
        await attempts.idle();
        await lifetime.close();
      },
    };
  } catch (failure) {
    await lifetime.close();
    throw asStartError(failure, place);
  }
}
