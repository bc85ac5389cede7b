import type { Lane } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import { afterAbandonment } from '../../domain/notification-life.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { draftOf } from '../lane-draft.ts';
import { type Fence, nothingLoaded } from '../lane-state.ts';

/** What adopting a lane asks of the store. */
export type AdoptStore = {
  /** Notifications marked as `sending` whose try has no recorded result. */
  readAbandoned(lane: Lane): Promise<Notification[]>;
  commitLane(commit: LaneCommit): Promise<void>;
};

/**
 * What a new owner does before anything else: a message that was being sent when the last owner ended, or lost the
 * lane, may have left, so its outcome is unknown. It is never sent again. No result of the try is recorded here: that
 * is for whoever sent it, who may still be there and hear Meta's answer.
 */
export async function adoptLane(
  fence: Fence,
  store: AdoptStore,
  context: { clock: { now(): number }; settled(notification: Notification): void },
): Promise<void> {
  const abandoned = await store.readAbandoned(fence.lane);
  if (abandoned.length === 0) return;
  const draft = draftOf(fence.lane, { ...nothingLoaded(), notifications: abandoned });
  const now = context.clock.now();
  for (const notification of abandoned) draft.putNotification(afterAbandonment(notification, now));
  const changes = draft.changes();
  await store.commitLane({ fence, settledAttempts: [], changes });
  for (const notification of changes.notifications) context.settled(notification);
}
