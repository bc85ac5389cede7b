import type { Contact } from './contact.ts';
import type { Conversation } from './conversation.ts';
import type { Json } from './json.ts';
import type { Attempt, Notification } from './notification.ts';
import type { Status } from './status.ts';

/** A contact with the conversation that tells whether the window is open. */
export type ContactView = { contact: Contact; conversation: Conversation | null };

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

/** A notification with every try to send it and every status that Meta reported of its message. */
export type NotificationStory = { notification: Notification; attempts: Attempt[]; statuses: Status[] };
