import type { Notification } from '../domain/notification.ts';
import type { Sighting } from './contact-groups.ts';
import type { LaneDraft } from './lane-draft.ts';

/** Gives a notification its place in the thread of its group, or of its contact as soon as the contact is known. */
export function trackInThread(notification: Notification, sighting: Sighting, draft: LaneDraft): void {
  const { contactId, recipient } = notification;
  const party = recipient.kind === 'group' ? { groupId: recipient.groupId } : contactId && { contactId };
  if (party === null || party === '') return;
  const conversation = draft.conversationWith(party, sighting);
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
