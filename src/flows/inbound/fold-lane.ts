import type { Lane } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import type { AppliedCommand } from '../commands/obey.ts';
import type { Reached } from '../crash-points.ts';
import { draftOf } from '../lane-draft.ts';
import type { Fence, LaneChanges, LaneState } from '../lane-state.ts';
import type { Fold, FoldEvent } from './fold.ts';
import { foldAccount } from './folds/account.ts';
import { foldBusinessPhone } from './folds/business-phone.ts';
import { foldCall } from './folds/call.ts';
import { foldCharge } from './folds/charge.ts';
import { foldIdentity } from './folds/identity.ts';
import { foldMessage } from './folds/message.ts';
import { foldNotification } from './folds/notification.ts';
import { foldOther } from './folds/other.ts';
import { foldPreference } from './folds/preference.ts';
import { foldStatus } from './folds/status.ts';

/** A lane's next events with the state that they touch. */
export type FoldBatch = { events: FoldEvent[]; state: LaneState };

/** What a fold did. */
export type FoldedLane = {
  /** How many events it took in; 0 when there was nothing new. */
  events: number;
  /** The notifications that it changed, as they are now. */
  notifications: Notification[];
  /** How many events of our own it appended. */
  ownEvents: number;
  /** How many messages of people were among the events: they count for how fast the business phone may send. */
  messages: number;
};

/** What folding asks of the store. */
export type FoldStore = {
  /**
   * Takes a lane's next events into its state by `foldBatch`, moves the cursor with it, and appends our own
   * events, all or nothing. One operation, so that the batch and the state stay where the store is; refuses a
   * lost fence.
   *
   * @param limit the most events that it takes
   * @param optOutWords what stops marketing messages beside the usual words; nothing when left out
   */
  foldLane(fence: Fence, limit: number, optOutWords?: readonly string[]): Promise<FoldedLane>;
};

/** One transaction on a lane's state. */
export type LaneCommit = {
  fence: Fence;
  /** Attempts whose results are in the state with this commit. */
  settledAttempts: string[];
  /** Commands that this commit applies; none when left out. */
  appliedCommands?: AppliedCommand[];
  changes: LaneChanges;
};

/** Every way in which events change state, in the order in which one event meets them. */
const folds: Fold[] = [
  foldMessage,
  foldStatus,
  foldCharge,
  foldNotification,
  foldIdentity,
  foldCall,
  foldOther,
  foldPreference,
  foldAccount,
  foldBusinessPhone,
];

/** The changes that a batch makes. Pure: the same events and state give the same changes. */
export function foldBatch(lane: Lane, batch: FoldBatch, optOutWords: readonly string[]): LaneChanges {
  const draft = draftOf(lane, batch.state);
  for (const event of batch.events) {
    for (const fold of folds) fold(event, draft, optOutWords);
  }
  return draft.changes();
}

/**
 * How many events one fold takes. Events share the pages that they change: 64 cost 120 µs and 9.5 KB of log each, 256
 * cost 100 µs and 3.2 KB; but a webhook may have to wait for a whole fold, here 15 ms.
 */
const BATCH = 128;

/**
 * Folds a lane's next events into its state, in feed order, in one transaction.
 *
 * @param context `optOutWords` stop marketing messages beside the usual words; `reached` is told of each crash
 *   point, `settled` of every notification that changed, after the commit
 * @returns true when there may be more
 */
export async function foldLane(
  fence: Fence,
  store: FoldStore,
  context: { reached: Reached; optOutWords?: readonly string[]; settled(notification: Notification): void },
): Promise<boolean> {
  context.reached('before-fold');
  const folding = store.foldLane(fence, BATCH, context.optOutWords);
  context.reached('inside-fold');
  const { events, notifications } = await folding;
  for (const notification of notifications) context.settled(notification);
  return events > 0;
}
