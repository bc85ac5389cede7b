import type { Lane } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import type { Reached } from '../crash-points.ts';
import { draftOf } from '../lane-draft.ts';
import type { Fence, LaneChanges, LaneState } from '../lane-state.ts';
import type { Fold, FoldEvent } from './fold.ts';
import { foldBusinessPhone } from './folds/business-phone.ts';
import { foldMessage } from './folds/message.ts';
import { foldNotification } from './folds/notification.ts';
import { foldOther } from './folds/other.ts';
import { foldStatus } from './folds/status.ts';

/** A lane's next events with the state that they touch. */
export type FoldBatch = {
  /** The lane's cursor: everything up to here is folded. */
  from: number;
  /** The cursor after this batch; equal to `from` when there is nothing new. */
  to: number;
  events: FoldEvent[];
  state: LaneState;
};

/** What folding asks of the store. */
export type FoldStore = {
  readFold(lane: Lane, limit: number): Promise<FoldBatch>;
  /** Writes all or nothing; refuses a lost fence, and a cursor that is not the lane's. */
  commitLane(commit: LaneCommit): Promise<void>;
};

/** One transaction on a lane's state. */
export type LaneCommit = {
  fence: Fence;
  /** Moves the lane's cursor; null when the work is no fold. */
  fold: { from: number; to: number } | null;
  /** Attempts whose results are in the state with this commit. */
  settledAttempts: string[];
  /** Re-read events that are in the state with this commit, each as it was read. */
  refolded?: { position: number; revision: number }[];
  changes: LaneChanges;
};

/** Every way in which events change state, in the order in which one event meets them. */
const folds: Fold[] = [foldMessage, foldStatus, foldNotification, foldOther, foldBusinessPhone];

/** The changes that a batch makes. Pure: the same events and state give the same changes. */
export function foldBatch(lane: Lane, batch: Pick<FoldBatch, 'events' | 'state'>): LaneChanges {
  const draft = draftOf(lane, batch.state);
  for (const event of batch.events) {
    for (const fold of folds) fold(event, draft);
  }
  return draft.changes();
}

/** How many events one fold takes: enough to share a commit, few enough to stay quick. */
const BATCH = 256;

/**
 * Folds a lane's next events into its state, in feed order, in one transaction.
 *
 * @param context `reached` is told of each crash point, `settled` of every notification that changed, after
 *   the commit
 * @returns true when there may be more
 */
export async function foldLane(
  fence: Fence,
  store: FoldStore,
  context: { reached: Reached; settled(notification: Notification): void },
): Promise<boolean> {
  const batch = await store.readFold(fence.lane, BATCH);
  if (batch.to === batch.from) return false;
  context.reached('before-fold');
  const changes = foldBatch(fence.lane, batch);
  const committed = store.commitLane({
    fence,
    fold: { from: batch.from, to: batch.to },
    settledAttempts: [],
    changes,
  });
  context.reached('inside-fold');
  await committed;
  for (const notification of changes.notifications) context.settled(notification);
  return true;
}
