import { afterCancellation } from '../../domain/notification-life.ts';
import type { LaneDraft } from '../lane-draft.ts';
import type { Obeyed } from './obey.ts';

/** Takes a notification back. What has left, or has ended, stays as it is. `now` in milliseconds. */
export function cancelNotification(notificationId: string, draft: LaneDraft, now: number): Obeyed {
  const notification = draft.notification(notificationId);
  const cancelled = notification === null ? null : afterCancellation(notification, now);
  if (cancelled === null || cancelled === notification) {
    return { result: { outcome: 'unchanged' }, audit: null };
  }
  draft.putNotification(cancelled);
  return {
    result: { outcome: 'done' },
    audit: { action: 'notification.cancelled', subject: cancelled.id, detail: {} },
  };
}
