import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Tells other processes that something was kept, and hears of it. Nothing depends on it: everybody looks anyway. */
export type Hints = {
  /** Something was committed. */
  tell(): void;
  /** Call the result to stop. */
  onHint(listener: () => void): () => void;
  close(): Promise<void>;
};

const CHANNEL = 'recado';

/** In milliseconds: a notification that is part of a data transaction costs all of them their shared commit. */
const TELL_EVERY = 50;
const RETRY_AFTER = 5_000;

/**
 * Opens a connection for hints beside the pool. It may fail at any time: then it is tried again, and meanwhile nobody
 * is told.
 *
 * @param url of PostgreSQL itself: behind PgBouncer in transaction mode nobody can listen
 */
export function openHints(url: string, applicationName: string): Hints {
  const own = randomUUID();
  const listeners = new Set<() => void>();
  let client: Client | null = null;
  let closed = false;
  let due = false;
  let resting: NodeJS.Timeout | null = null;
  let retry: NodeJS.Timeout | null = null;

  function connect(): void {
    const fresh = new Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: RETRY_AFTER,
      keepAlive: true,
      query_timeout: RETRY_AFTER,
    });
    const lost = () => {
      if (client === fresh) client = null;
      fresh.removeAllListeners('notification');
      fresh.end().catch(() => {});
      if (closed || retry !== null) return;
      retry = setTimeout(() => {
        retry = null;
        connect();
      }, RETRY_AFTER);
      retry.unref();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    fresh.on('notification', ({ payload }) => {
      if (payload === own) return;
      for (const listener of listeners) listener();
    });
    fresh
      .connect()
      .then(() => fresh.query(`listen ${CHANNEL}`))
      .then(() => {
        if (closed) return fresh.end();
        client = fresh;
        // What was kept meanwhile was told to nobody here.
        for (const listener of listeners) listener();
        return undefined;
      })
      .catch(lost);
  }

  function tellNow(): void {
    due = false;
    const told = client?.query('select pg_notify($1, $2)', [CHANNEL, own]).catch(() => {});
    resting = setTimeout(async () => {
      // The driver takes one query at a time, and a busy database may need longer for it than this rest.
      await told;
      resting = null;
      if (due && !closed) tellNow();
    }, TELL_EVERY);
    resting.unref();
  }

  connect();
  return {
    tell() {
      due = true;
      if (resting === null) tellNow();
    },
    onHint(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      if (resting !== null) clearTimeout(resting);
      if (retry !== null) clearTimeout(retry);
      listeners.clear();
      await client?.end().catch(() => {});
    },
  };
}
