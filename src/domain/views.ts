import type { Charge } from './charge.ts';
import type { Contact } from './contact.ts';
import type { Conversation } from './conversation.ts';
import type { FailureCode } from './failure.ts';
import type { Json } from './json.ts';
import type { Attempt, Notification, NotificationState } from './notification.ts';
import type { OptOut } from './opt-out.ts';
import type { Status } from './status.ts';

/** A person with the conversation that tells whether the window is open, all contacts that they are made one. */
export type ContactView = {
  contact: Contact;
  conversation: Conversation | null;
  /** The other contacts that they turned out to be. */
  mergedFrom: string[];
};

/** A contact as it is shown, with what they want no messages of. */
export type ShownContact = ContactView & { optOuts: OptOut[] };

/** A conversation with the profile name of the other side, when known. */
export type ConversationView = { conversation: Conversation; name: string | null };

/** Where a conversation stands among all, the latest first. `lastMessageAt` in milliseconds. */
export type ConversationPlace = { lastMessageAt: number; id: string };

/** How many notifications are in a state for a reason. */
export type NotificationCount = { state: NotificationState; failure: FailureCode | null; count: number };

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
export type NotificationStory = {
  notification: Notification;
  attempts: Attempt[];
  statuses: Status[];
  /** What Meta charged it as; null while it has not told. */
  charge: Charge | null;
};
