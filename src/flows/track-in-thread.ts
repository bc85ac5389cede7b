import type { Notification } from '../domain/notification.ts';
import type { Sighting } from './contact-groups.ts';
import type { LaneDraft } from './lane-draft.ts';

/** Gives a notification its place in the thread of its contact, as soon as the contact is known. */
export function trackInThread(notification: Notification, sighting: Sighting, draft: LaneDraft): void {
  if (notification.contactId === null) return;
  const conversation = draft.conversationWith({ contactId: notification.contactId }, sighting);
  draft.putConversation({
    ...conversation,
    lastMessageAt: Math.max(conversation.lastMessageAt, notification.createdAt),
  });
  draft.putMessage({
    position: notification.position,
    conversationId: conversation.id,
    direction: 'out',
    at: notification.createdAt,
    messageId: notification.messageId,
    notificationId: notification.id,
  });
}
