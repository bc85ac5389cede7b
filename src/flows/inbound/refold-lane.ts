import type { Fence } from '../lane-state.ts';
import type { FoldedLane } from './fold-lane.ts';

/** What folding after a re-reading asks of the store. */
export type RefoldStore = {
  /**
   * Folds a lane's events that a re-reading brought and that are not in its state yet, by `foldBatch`, all or
   * nothing; refuses a lost fence.
   *
   * @param limit the most events that it takes
   * @param optOutWords what stops marketing messages beside the usual words; nothing when left out
   */
  refoldLane(fence: Fence, limit: number, optOutWords?: readonly string[]): Promise<FoldedLane>;
};

/** How many events one turn takes. */
const BATCH = 128;

/**
 * Folds what a re-reading brought, which is idempotent like every fold: it may change the state, and nobody is
 * told, so that nothing else follows from it.
 *
 * @returns true when there may be more
 */
export async function refoldLane(
  fence: Fence,
  store: RefoldStore,
  optOutWords?: readonly string[],
): Promise<boolean> {
  return (await store.refoldLane(fence, BATCH, optOutWords)).events > 0;
}
