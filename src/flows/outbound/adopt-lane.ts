import type { Lane } from '../../domain/lane.ts';
import type { Attempt, Notification } from '../../domain/notification.ts';

/** What adopting a lane asks of the store. */
export type AdoptStore = {
  /** Notifications marked as `sending` whose try has no recorded result. */
  readAbandoned(lane: Lane): Promise<Notification[]>;
  recordAttempt(lane: Lane, attempt: Attempt): Promise<void>;
};

/**
 * What a new owner does before anything else: a message that was being sent when the last owner ended may
 * have left, so its try is recorded as unknown. It is never sent again.
 */
export async function adoptLane(lane: Lane, store: AdoptStore, clock: { now(): number }): Promise<void> {
  for (const notification of await store.readAbandoned(lane)) {
    await store.recordAttempt(lane, {
      id: `${notification.id}.${notification.attempts}`,
      notificationId: notification.id,
      number: notification.attempts,
      startedAt: notification.updatedAt,
      finishedAt: clock.now(),
      result: { outcome: 'unknown', reason: 'Recado ended while the message was on its way.' },
    });
  }
}
