import { createHmac, randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/audit.ts';
import { type Batch, type BatchCounts, type BatchRow, nextBatchState } from '../../domain/batch.ts';
import { idFromKey } from '../../domain/id.ts';
import type { Lane } from '../../domain/lane.ts';
import type { GiveCommand } from '../commands/give-command.ts';
import type { NotificationRequest } from './take-contract.ts';

/** What a row asks for; its idempotency key is its place in the batch. */
export type RowRequest = Omit<NotificationRequest, 'idempotency' | 'batchId'>;

/** A batch with how far it is. */
export type BatchStory = { batch: Batch; counts: BatchCounts };

/** What batches ask of the store. */
export type BatchStore = {
  /** One transaction: finds the earlier batch of the same idempotency key, or keeps this one with its first rows. */
  insertBatch(insert: {
    batch: Batch;
    rows: { number: number; request: RowRequest }[];
    idempotency: { scope: string; key: string; digest: string } | null;
  }): Promise<{ outcome: 'inserted' | 'repeated' | 'conflict'; batchId: string }>;
  /** Keeps rows of an open batch; those whose number is taken change nothing. False when it is not open. */
  addBatchRows(batchId: string, rows: { number: number; request: RowRequest }[]): Promise<boolean>;
  /** Writes the state if it still is `from`; false when it is not. */
  changeBatchState(change: {
    id: string;
    from: Batch['state'];
    to: Batch['state'];
    at: number;
  }): Promise<boolean>;
  findBatch(id: string): Promise<BatchStory | null>;
  /** The notifications of a batch that wait to be sent. */
  readQueuedOfBatch(id: string, limit: number): Promise<{ id: string; lane: Lane }[]>;
};

/** What somebody wants of a batch. */
export type BatchWish = 'resume' | 'pause' | 'cancel';

/** What became of a wish. */
export type BatchChange =
  | { outcome: 'done'; story: BatchStory }
  | { outcome: 'unknown' }
  /** The batch is in a state in which it cannot be done. */
  | { outcome: 'not-possible'; story: BatchStory };

/** Batches of a running gateway. */
export type Batches = {
  create(request: {
    name: string | null;
    rows: RowRequest[];
    start: boolean;
    idempotency: { scope: string; key: string } | null;
  }): Promise<
    { outcome: 'inserted' | 'repeated'; story: BatchStory } | { outcome: 'conflict'; batchId: string }
  >;
  /** @param firstRow the number of the first of these rows, from 1 */
  addRows(id: string, firstRow: number, rows: RowRequest[]): Promise<BatchChange>;
  change(id: string, wish: BatchWish, actor: Actor): Promise<BatchChange>;
};

/** How many waiting notifications are cancelled at once. */
const CANCEL_AT_ONCE = 100;

/** Makes the steps on batches. */
export function createBatches(options: {
  store: BatchStore;
  giveCommand: GiveCommand;
  clock: { now(): number };
  /** The installation's own key, under which requests are compared. */
  digestKey: Uint8Array;
  /** There may be something to send. */
  changed(): void;
}): Batches {
  const { store, clock } = options;

  async function storyOf(id: string): Promise<BatchStory> {
    const story = await store.findBatch(id);
    if (story === null) throw new Error(`The batch ${id} was just there, and is not.`);
    return story;
  }

  /** What is queued already ends, too: it can no longer leave, and now says so. */
  async function cancelQueued(id: string, actor: Actor): Promise<void> {
    for (;;) {
      const queued = await store.readQueuedOfBatch(id, CANCEL_AT_ONCE);
      const given = await Promise.all(
        queued.map(({ id: notificationId, lane }) =>
          options.giveCommand(lane, { kind: 'cancel-notification', notificationId }, actor),
        ),
      );
      // Whoever owns the lane is late: it applies them when it comes to it.
      if (queued.length < CANCEL_AT_ONCE || given.some(({ appliedAt }) => appliedAt === null)) return;
    }
  }

  return {
    async create({ name, rows, start, idempotency }) {
      const now = clock.now();
      const batch: Batch = {
        id: newBatchId(now),
        name,
        state: start ? 'running' : 'open',
        createdAt: now,
        updatedAt: now,
      };
      const digest = createHmac('sha256', options.digestKey).update(JSON.stringify({ name, rows, start }));
      const inserted = await store.insertBatch({
        batch,
        rows: numbered(1, rows),
        idempotency: idempotency === null ? null : { ...idempotency, digest: digest.digest('hex') },
      });
      if (inserted.outcome === 'conflict') return { outcome: 'conflict', batchId: inserted.batchId };
      options.changed();
      return { outcome: inserted.outcome, story: await storyOf(inserted.batchId) };
    },
    async addRows(id, firstRow, rows) {
      const story = await store.findBatch(id);
      if (story === null) return { outcome: 'unknown' };
      const added = await store.addBatchRows(id, numbered(firstRow, rows));
      return { outcome: added ? 'done' : 'not-possible', story: await storyOf(id) };
    },
    async change(id, wish, actor) {
      for (;;) {
        const story = await store.findBatch(id);
        if (story === null) return { outcome: 'unknown' };
        const from = story.batch.state;
        const to = nextBatchState(from, wish);
        if (to === null) return { outcome: 'not-possible', story };
        if (to !== from && !(await store.changeBatchState({ id, from, to, at: clock.now() }))) continue;
        if (to === 'cancelled') await cancelQueued(id, actor);
        options.changed();
        return { outcome: 'done', story: await storyOf(id) };
      }
    },
  };
}

/** What the lists of the API ask of the store. */
export type BatchLists = {
  /** At most `limit`, in the order of making, behind the id `after`. */
  listBatches(query: { after: string | null; limit: number }): Promise<BatchStory[]>;
  /** The rows of a batch behind a number, in their order. */
  listBatchRows(batchId: string, after: number, limit: number): Promise<BatchRow[]>;
};

function numbered(first: number, rows: readonly RowRequest[]): { number: number; request: RowRequest }[] {
  return rows.map((request, index) => ({ number: first + index, request }));
}

function newBatchId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return idFromKey('bt_', seconds + randomBytes(6).toString('hex'));
}
