/** What forgetting by age asks of the store: each is one small transaction. Times are in milliseconds. */
export type RetentionStore = {
  /**
   * Looks at the next events behind a position, at most `limit`, and deletes those that were received before a time,
   * with what hangs on them: their places in threads, and the bodies that no event needs any more. It ends at the
   * first event that is younger or not in the state yet; the newest event stays.
   *
   * @returns how many are gone, and where the next look begins; null when there is nothing more to look at
   */
  forgetEvents(scope: {
    after: number;
    receivedBefore: number;
    limit: number;
  }): Promise<{ events: number; webhooks: number; next: number | null }>;
  /**
   * Looks at the next keys behind a key (hex), at most `limit`, and deletes those that were received before a time and
   * whose event is gone.
   */
  forgetKeys(scope: {
    after: string;
    receivedBefore: number;
    limit: number;
  }): Promise<{ keys: number; next: string | null }>;
  /**
   * Deletes at most `limit` tries that began before a time and whose result is in the state; not those of a
   * notification that is still on its way.
   *
   * @returns how many; as many as `limit` means that there may be more
   */
  forgetAttempts(scope: { startedBefore: number; limit: number }): Promise<number>;
};

/** What is forgotten by age. */
export type Forgotten = 'events' | 'webhooks' | 'keys' | 'attempts';

/**
 * For how much longer than its event a key is remembered, in milliseconds: what Meta delivers again, for up to seven
 * days, is still known, and so is what a body that is kept a little longer has in common with one that is gone.
 */
const KEYS_OUTLIVE = 30 * 24 * 60 * 60_000;

const LOOK_EVERY = 60 * 60_000;
/** A transaction of some 10 ms, which acknowledgements wait for on SQLite, and time for theirs between two. */
const AT_ONCE = 250;
const PAUSE = 25;
const REST = 250;

/**
 * Makes one turn of the loop that forgets what is older than the retention: events first, in the order of the feed,
 * then tries and keys. A turn is one transaction; while webhooks wait to be kept there is none.
 *
 * @param options.retention in milliseconds; null to keep everything
 * @param options.mayWork whether it is this process that forgets
 */
export function createRetention(options: {
  store: RetentionStore;
  retention(): number | null;
  mayWork(): boolean;
  webhooksWait(): boolean;
  clock: { now(): number };
  forgotten(what: Forgotten, count: number): void;
}): () => Promise<{ more: true; pause: number } | { more: false; restFor: number }> {
  const { store, clock, forgotten } = options;
  let lookAt = 0;
  let decided: number | null = null;
  let part: 'events' | 'attempts' | 'keys' = 'events';
  let position = 0;
  let key = '';

  /** One transaction; false once the last part has nothing more. */
  async function forget(before: number): Promise<boolean> {
    if (part === 'events') {
      const { events, webhooks, next } = await store.forgetEvents({
        after: position,
        receivedBefore: before,
        limit: AT_ONCE,
      });
      forgotten('events', events);
      forgotten('webhooks', webhooks);
      if (next === null) part = 'attempts';
      position = next ?? 0;
      return true;
    }
    if (part === 'attempts') {
      const attempts = await store.forgetAttempts({ startedBefore: before, limit: AT_ONCE });
      forgotten('attempts', attempts);
      if (attempts < AT_ONCE) part = 'keys';
      return true;
    }
    const { keys, next } = await store.forgetKeys({
      after: key,
      receivedBefore: before - KEYS_OUTLIVE,
      limit: AT_ONCE,
    });
    forgotten('keys', keys);
    if (next === null) part = 'events';
    key = next ?? '';
    return next !== null;
  }

  return async () => {
    const retention = options.retention();
    // Another decision is in force at once.
    if (retention !== decided) lookAt = 0;
    decided = retention;
    const now = clock.now();
    if (retention === null || !options.mayWork() || now < lookAt) return { more: false, restFor: REST };
    if (!options.webhooksWait() && !(await forget(now - retention))) {
      lookAt = now + LOOK_EVERY;
      return { more: false, restFor: REST };
    }
    return { more: true, pause: PAUSE };
  };
}
