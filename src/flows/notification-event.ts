import { checkOf } from '../domain/failure.ts';
import type { Notification } from '../domain/notification.ts';
import type { OwnEvent } from './lane-state.ts';

/** The event that tells the world that a notification changed. */
export function notificationEvent(notification: Notification): OwnEvent {
  return {
    kind: 'notification',
    notificationId: notification.id,
    occurredAt: notification.updatedAt,
    payload: {
      notificationId: notification.id,
      state: notification.state,
      to: notification.to,
      decision: notification.decision,
      because: notification.because,
      messageId: notification.messageId,
      failure:
        notification.failure === null
          ? null
          : { ...notification.failure, check: checkOf(notification.failure.code) },
      reference: notification.reference,
      metaHold: notification.metaHold,
      played: notification.played,
    },
  };
}
