import { trackInThread } from '../../track-in-thread.ts';
import type { Fold } from '../fold.ts';

/** The first event of a notification puts it into the thread of its group, or of its contact when that is known already. */
export const foldNotification: Fold = (event, draft) => {
  if (event.facts.fact !== 'notification') return;
  const notification = draft.notification(event.facts.notificationId);
  if (notification === null) return;
  if (notification.contactId !== null) draft.about(event.position, notification.contactId);
  if (notification.position === event.position) {
    trackInThread(notification, { at: notification.createdAt, key: event.key }, draft);
  }
};
