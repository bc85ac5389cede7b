import { windowAt } from '../../domain/conversation.ts';
import { eventId } from '../../domain/event.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import type { Language } from '../../domain/language.ts';
import type { Notification } from '../../domain/notification.ts';
import type { NotificationContent } from '../../domain/notification-content.ts';
import type { ConversationView, ThreadMessage } from '../../domain/views.ts';
import type { ConversationBody, MessageBody } from '../contract/conversation.ts';
import { failureBody } from './notification.ts';
import { isoTime } from './time.ts';
import { windowBody } from './window.ts';

/** A conversation as the API shows it at a moment, in milliseconds. */
export function conversationBody({ conversation, name }: ConversationView, now: number): ConversationBody {
  return {
    id: conversation.id,
    businessPhoneId: businessPhoneOf(conversation.lane),
    contactId: conversation.contactId,
    groupId: conversation.groupId,
    name,
    lastMessageAt: isoTime(conversation.lastMessageAt),
    window: windowBody(windowAt(conversation.lastInboundAt, now)),
  };
}

/** What went out, or would have: what was asked for, or the fallback where that was decided. */
function sentContent({ content, fallback, decision }: Notification): NotificationContent {
  return decision === 'template' && fallback !== null ? fallback : content;
}

/** A message of a conversation as the API shows it, its failure in a language. */
export function messageBody(message: ThreadMessage, language: Language): MessageBody {
  return {
    id: eventId(message.position),
    direction: message.direction,
    at: isoTime(message.at),
    type: message.type,
    text: message.text,
    messageId: message.messageId,
    notificationId: message.notification?.id ?? null,
    state: message.notification?.state ?? null,
    failure: failureBody(message.notification?.failure ?? null, language),
    payload: message.payload,
    content: message.notification === null ? null : sentContent(message.notification),
  };
}
