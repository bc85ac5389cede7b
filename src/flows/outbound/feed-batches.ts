import type { Failure } from '../../domain/failure.ts';
import type { RowRequest } from './batches.ts';
import type { TakeNotification } from './take-contract.ts';

/** What feeding asks of the store. */
export type FeedStore = {
  /**
   * The next rows of running batches that are no notifications yet. A batch of which `queued` notifications wait to be
   * sent gives none.
   */
  readNextRows(question: {
    queued: number;
    limit: number;
  }): Promise<{ batchId: string; number: number; request: RowRequest }[]>;
  /** Keeps what became of rows. */
  keepRowOutcomes(outcomes: RowOutcome[]): Promise<void>;
};

/** A row became a notification, or cannot. */
export type RowOutcome = {
  batchId: string;
  number: number;
  notificationId: string | null;
  failure: Failure | null;
};

/** A batch has no more than about this many notifications waiting: what is paused or cancelled then stops soon. */
const QUEUED = 500;
const AT_ONCE = 50;

/** How long the feeder rests when nobody nudges it, in milliseconds. */
const REST = 250;

/**
 * Makes the step that turns rows of running batches into notifications, a few at a time. A row's idempotency key is
 * its place in the batch: whatever dies in between, nobody is written to twice.
 *
 * @param options.mayWork whether this process does what is done once in an installation
 */
export function createFeedBatches(options: {
  store: FeedStore;
  take: TakeNotification;
  mayWork(): boolean;
}): () => Promise<{ more: true } | { more: false; restFor: number }> {
  const { store, take } = options;
  return async () => {
    if (!options.mayWork()) return { more: false, restFor: REST };
    const rows = await store.readNextRows({ queued: QUEUED, limit: AT_ONCE });
    if (rows.length === 0) return { more: false, restFor: REST };
    const outcomes = await Promise.all(
      rows.map(async ({ batchId, number, request }): Promise<RowOutcome> => {
        const idempotency = { scope: `batch:${batchId}`, key: String(number) };
        const taken = await take({ ...request, batchId, idempotency });
        switch (taken.outcome) {
          case 'invalid':
            return { batchId, number, notificationId: null, failure: taken.failure };
          case 'conflict':
            // The same row was taken before it was read as it is now: what was taken stands.
            return { batchId, number, notificationId: taken.notificationId, failure: null };
          default:
            return { batchId, number, notificationId: taken.notification.id, failure: null };
        }
      }),
    );
    await store.keepRowOutcomes(outcomes);
    return { more: true };
  };
}
