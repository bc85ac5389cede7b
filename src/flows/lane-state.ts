import type { AccountFact } from '../domain/account-fact.ts';
import type { Charge } from '../domain/charge.ts';
import type { Contact } from '../domain/contact.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Json } from '../domain/json.ts';
import type { Lane } from '../domain/lane.ts';
import type { Merge } from '../domain/merge.ts';
import type { Attempt, Notification } from '../domain/notification.ts';
import type { OptOutName, Preference } from '../domain/opt-out.ts';
import type { HeldIdentifier, Identifier } from '../domain/person.ts';
import type { Status } from '../domain/status.ts';

/** One message of a conversation, by its place in the feed; what it says stays in the event. */
export type ThreadEntry = {
  position: number;
  conversationId: string;
  direction: 'in' | 'out';
  /** Effective time in milliseconds. */
  at: number;
  /** Meta's wamid; null while a message of ours has none, and in bodies that carry none. */
  messageId: string | null;
  /** Our notification, when the message is one. */
  notificationId: string | null;
};

/** An event of our own, as it is appended: the store gives it position and key. */
export type OwnEvent = {
  kind: 'notification';
  notificationId: string;
  /** Milliseconds. */
  occurredAt: number;
  payload: Json;
};

/** A business phone as the feed shows it. */
export type SeenBusinessPhone = {
  businessPhoneId: string;
  firstSeenAt: number;
  lastEventAt: number;
  /** The number that webhooks show beside it, in digits; null while none has. */
  displayNumber: string | null;
};

/** A person's word under one of their names. */
export type NamedPreference = Preference & { person: OptOutName };

/** The part of a lane's state that a batch of work touches. */
export type LaneState = {
  /** Each with all others that it is made one with. */
  contacts: Contact[];
  /** Every merge of the lane that was undone, and those that hold where a command asks for them. */
  merges: Merge[];
  conversations: Conversation[];
  notifications: Notification[];
  /** Statuses already folded of the messages that the batch speaks of: among them those that came early. */
  statuses: Status[];
  /** The wamids, of those in the batch, that the thread already holds. */
  knownMessageIds: string[];
};

/** The state of a lane of which nothing was loaded. */
export function nothingLoaded(): LaneState {
  return {
    contacts: [],
    merges: [],
    conversations: [],
    notifications: [],
    statuses: [],
    knownMessageIds: [],
  };
}

/** An identifier with the contact that holds it until now (null), or held it until that millisecond. */
export type KnownIdentifier = Identifier & Pick<HeldIdentifier, 'until'> & { contactId: string };

/** What a batch of work changes, written in one transaction. Rows are whole: insert or replace. */
export type LaneChanges = {
  contacts: Contact[];
  /** Identifiers that are no longer held as they were; taken away before the others are written. */
  endedIdentifiers: KnownIdentifier[];
  identifiers: KnownIdentifier[];
  merges: Merge[];
  conversations: Conversation[];
  notifications: Notification[];
  /** Under which names notifications waited that wait under another one now: whose turn it is there is said anew. */
  leftParties: string[];
  /** Kept only where none with the same message, name and participant is earlier. */
  statuses: Status[];
  messages: ThreadEntry[];
  /** Which contact an event is about. */
  eventContacts: { position: number; contactId: string }[];
  businessPhones: SeenBusinessPhone[];
  events: OwnEvent[];
  /** Kept only where none of the same message is earlier. */
  charges: Charge[];
  /** Kept only where none of the same person and purpose outweighs it. */
  preferences: NamedPreference[];
  /** What Meta told of the business itself; a fact that is known already changes nothing. */
  accountFacts: AccountFact[];
};

/** Changes that change nothing yet. */
export function noChanges(): LaneChanges {
  return {
    contacts: [],
    endedIdentifiers: [],
    identifiers: [],
    merges: [],
    conversations: [],
    notifications: [],
    leftParties: [],
    statuses: [],
    messages: [],
    eventContacts: [],
    businessPhones: [],
    events: [],
    charges: [],
    preferences: [],
    accountFacts: [],
  };
}

/**
 * Proof of owning a lane: its number grows with every change of owner, and the store refuses an older one with
 * `LeaseLost`. On SQLite it never changes: the process that holds the file owns every lane.
 */
export type Fence = { lane: Lane; number: number };

/** Attempt results that have not changed the state yet, with the state they touch. */
export type Unsettled = { attempts: Attempt[]; state: LaneState };
