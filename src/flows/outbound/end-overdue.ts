import type { Lane } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import { afterExpiry, afterSilence } from '../../domain/notification-life.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf } from '../lane-draft.ts';
import type { Fence, LaneState } from '../lane-state.ts';

/** What ending asks of the store. */
export type OverdueStore = {
  /** Queued and held notifications past their `notAfter`, and `unknown` ones that did not change since `silentSince`. */
  readOverdue(lane: Lane, now: number, silentSince: number, limit: number): Promise<LaneState>;
  commitLane(commit: LaneCommit): Promise<void>;
};

const BATCH = 256;

/**
 * Ends what time has decided: notifications that can no longer be sent, and unknown ones of which nothing
 * was ever heard.
 *
 * @param context `patience`: how long an outcome may stay unknown, in milliseconds
 * @returns true when there may be more
 */
export async function endOverdue(
  fence: Fence,
  store: OverdueStore,
  context: { clock: { now(): number }; patience: number; settled(notification: Notification): void },
): Promise<boolean> {
  const now = context.clock.now();
  const state = await store.readOverdue(fence.lane, now, now - context.patience, BATCH);
  const draft = draftOf(fence.lane, state);
  for (const notification of state.notifications) {
    draft.putNotification(afterSilence(afterExpiry(notification, now), now, context.patience));
  }
  const changes = draft.changes();
  if (changes.notifications.length === 0) return false;
  await store.commitLane({ fence, settledAttempts: [], changes });
  for (const notification of changes.notifications) context.settled(notification);
  return true;
}
