import type { Lane } from '../../domain/lane.ts';
import type { Fence } from '../lane-state.ts';
import { type FoldBatch, foldBatch, type LaneCommit } from './fold-lane.ts';

/** Events that a re-reading brought and that are not in the state yet, with the state that they touch. */
export type RefoldBatch = Pick<FoldBatch, 'events' | 'state'> & {
  refolded: { position: number; revision: number }[];
};

/** What folding after a re-reading asks of the store. */
export type RefoldStore = {
  readRefold(lane: Lane, limit: number): Promise<RefoldBatch>;
  commitLane(commit: LaneCommit): Promise<void>;
};

/** How many events one turn takes. */
const BATCH = 256;

/**
 * Folds what a re-reading brought, which is idempotent like every fold: it may change the state, and nobody is
 * told, so that nothing else follows from it.
 *
 * @returns true when there may be more
 */
export async function refoldLane(fence: Fence, store: RefoldStore): Promise<boolean> {
  const batch = await store.readRefold(fence.lane, BATCH);
  if (batch.events.length === 0) return false;
  await store.commitLane({
    fence,
    fold: null,
    settledAttempts: [],
    refolded: batch.refolded,
    changes: foldBatch(fence.lane, batch),
  });
  return true;
}
