import { type Conversation, windowAt } from '../../domain/conversation.ts';
import { eventId } from '../../domain/event.ts';
import type { Json } from '../../domain/json.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import type { Notification } from '../../domain/notification.ts';
import type { ConversationBody, MessageBody } from '../contract/conversation.ts';
import { failureBody } from './notification.ts';
import { isoTime } from './time.ts';
import { windowBody } from './window.ts';

/** A conversation with the profile name of the other side, when known. */
export type ConversationView = { conversation: Conversation; name: string | null };

/** One message of a conversation, in feed order. */
export type ThreadMessage = {
  /** The place in the feed of the event that put it there. */
  position: number;
  direction: 'in' | 'out';
  /** Effective time in milliseconds. */
  at: number;
  type: string;
  text: string | null;
  messageId: string | null;
  /** Meta's own element; null for what we sent. */
  payload: Json | null;
  /** What it was sent as; null for what they wrote. */
  notification: Notification | null;
};

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

/** A message of a conversation as the API shows it. */
export function messageBody(message: ThreadMessage): MessageBody {
  return {
    id: eventId(message.position),
    direction: message.direction,
    at: isoTime(message.at),
    type: message.type,
    text: message.text,
    messageId: message.messageId,
    notificationId: message.notification?.id ?? null,
    state: message.notification?.state ?? null,
    failure: failureBody(message.notification?.failure ?? null),
    payload: message.payload,
  };
}
