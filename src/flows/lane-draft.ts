import { type Contact, withIdentifiers, withName } from '../domain/contact.ts';
import type { Conversation } from '../domain/conversation.ts';
import { idFromKey, withPrefix } from '../domain/id.ts';
import type { Lane } from '../domain/lane.ts';
import type { Notification } from '../domain/notification.ts';
import type { Identifier, Person } from '../domain/person.ts';
import type { Status } from '../domain/status.ts';
import {
  type LaneChanges,
  type LaneState,
  noChanges,
  type SeenBusinessPhone,
  type ThreadEntry,
} from './lane-state.ts';
import { notificationEvent } from './notification-event.ts';

/** When and by which event something became known. */
export type Sighting = { at: number; key: string };

/**
 * The state of a lane while a batch is worked through: read from what was loaded, written to what will be
 * committed. It decides nothing; folds do.
 */
export type LaneDraft = {
  readonly lane: Lane;
  /** The contact that one of the identifiers names, the WhatsApp ID before the others. */
  contactOf(identifiers: readonly Identifier[]): Contact | null;
  /**
   * The contact of a person, made known if nobody was; takes over new identifiers and a later name.
   *
   * @param knownAs the contact that the person is known to be by other evidence
   */
  meet(person: Person, sighting: Sighting, wroteIn: boolean, knownAs?: string | null): Contact | null;
  contact(id: string): Contact | null;
  /** The conversation with a contact or a group, begun if there was none. */
  conversationWith(party: { contactId: string } | { groupId: string }, sighting: Sighting): Conversation;
  putConversation(conversation: Conversation): void;
  /** When the contact last wrote, by effective time in milliseconds; null when never. */
  lastInboundAt(contactId: string): number | null;
  notification(id: string): Notification | null;
  notificationOfMessage(messageId: string): Notification | null;
  /** Keeps a changed notification and tells the feed; does nothing when it is the same object. */
  putNotification(notification: Notification): void;
  /** The statuses known of a message, those of this batch included. */
  statusesOf(messageId: string): Status[];
  putStatus(status: Status): void;
  hasMessage(messageId: string): boolean;
  putMessage(entry: ThreadEntry): void;
  about(position: number, contactId: string): void;
  sawBusinessPhone(businessPhoneId: string, at: number): void;
  changes(): LaneChanges;
};

function identifierKey(identifier: Identifier): string {
  return `${identifier.kind}:${identifier.value}`;
}

function partyKey(contactId: string | null, groupId: string | null): string {
  return contactId ?? `group:${groupId}`;
}

/** Starts a draft on the loaded state. */
export function draftOf(lane: Lane, state: LaneState): LaneDraft {
  const contacts = new Map(state.contacts.map((contact) => [contact.id, contact]));
  const contactIds = new Map<string, string>();
  const conversations = new Map(state.conversations.map((conversation) => [conversation.id, conversation]));
  const conversationIds = new Map(
    state.conversations.map(({ id, contactId, groupId }) => [partyKey(contactId, groupId), id]),
  );
  const notifications = new Map(state.notifications.map((notification) => [notification.id, notification]));
  const notificationIds = new Map<string, string>();
  const statuses = new Map<string, Status[]>();
  const knownMessages = new Set(state.knownMessageIds);
  const changedContacts = new Set<string>();
  const changedConversations = new Set<string>();
  const changedNotifications = new Set<string>();
  const businessPhones = new Map<string, SeenBusinessPhone>();
  const changes = noChanges();

  for (const contact of state.contacts) rememberIdentifiers(contact);
  for (const notification of state.notifications) rememberMessageId(notification);
  for (const status of state.statuses) rememberStatus(status);

  function rememberIdentifiers(contact: Contact): void {
    for (const identifier of contact.identifiers) {
      const key = identifierKey(identifier);
      // The first one keeps it: two contacts are made one by evidence, never in passing.
      if (!contactIds.has(key)) contactIds.set(key, contact.id);
    }
  }
  function rememberMessageId(notification: Notification): void {
    if (notification.messageId !== null) notificationIds.set(notification.messageId, notification.id);
  }
  function rememberStatus(status: Status): void {
    const known = statuses.get(status.messageId);
    if (known === undefined) statuses.set(status.messageId, [status]);
    else known.push(status);
  }

  function contactOf(identifiers: readonly Identifier[]): Contact | null {
    for (const kind of ['wa_id', 'user_id', 'typed'] as const) {
      for (const identifier of identifiers) {
        if (identifier.kind !== kind) continue;
        const contact = contacts.get(contactIds.get(identifierKey(identifier)) ?? '');
        if (contact !== undefined) return contact;
      }
    }
    return null;
  }

  function meet(
    person: Person,
    sighting: Sighting,
    wroteIn: boolean,
    knownAs: string | null = null,
  ): Contact | null {
    if (person.identifiers.length === 0) return null;
    const known = contacts.get(knownAs ?? '') ?? contactOf(person.identifiers);
    let contact: Contact = known ?? {
      id: idFromKey('ct_', sighting.key),
      lane,
      name: null,
      nameAt: 0,
      nameKey: '',
      identifiers: [],
      firstSeenAt: sighting.at,
      wroteIn: false,
    };
    const free = person.identifiers.filter((identifier) => {
      const owner = contactIds.get(identifierKey(identifier));
      return owner === undefined || owner === contact.id;
    });
    contact = withIdentifiers(contact, free);
    if (person.name !== null) contact = withName(contact, { name: person.name, ...sighting });
    if (sighting.at < contact.firstSeenAt) contact = { ...contact, firstSeenAt: sighting.at };
    if (wroteIn && !contact.wroteIn) contact = { ...contact, wroteIn: true };
    if (contact !== known) {
      for (const identifier of contact.identifiers.slice(known?.identifiers.length ?? 0)) {
        changes.identifiers.push({ ...identifier, contactId: contact.id });
      }
      contacts.set(contact.id, contact);
      rememberIdentifiers(contact);
      changedContacts.add(contact.id);
    }
    return contact;
  }

  function conversationWith(
    party: { contactId: string } | { groupId: string },
    sighting: Sighting,
  ): Conversation {
    const contactId = 'contactId' in party ? party.contactId : null;
    const groupId = 'groupId' in party ? party.groupId : null;
    const known = conversations.get(conversationIds.get(partyKey(contactId, groupId)) ?? '');
    if (known !== undefined) return known;
    const conversation: Conversation = {
      id: contactId === null ? idFromKey('cv_', sighting.key) : withPrefix('cv_', contactId),
      lane,
      contactId,
      groupId,
      lastInboundAt: null,
      lastMessageAt: sighting.at,
    };
    putConversation(conversation);
    return conversation;
  }

  function putConversation(conversation: Conversation): void {
    if (conversations.get(conversation.id) === conversation) return;
    conversations.set(conversation.id, conversation);
    conversationIds.set(partyKey(conversation.contactId, conversation.groupId), conversation.id);
    changedConversations.add(conversation.id);
  }

  return {
    lane,
    contactOf,
    contact: (id) => contacts.get(id) ?? null,
    meet,
    conversationWith,
    putConversation,
    lastInboundAt: (contactId) =>
      conversations.get(conversationIds.get(contactId) ?? '')?.lastInboundAt ?? null,
    notification: (id) => notifications.get(id) ?? null,
    notificationOfMessage: (messageId) => notifications.get(notificationIds.get(messageId) ?? '') ?? null,
    putNotification(notification) {
      if (notifications.get(notification.id) === notification) return;
      notifications.set(notification.id, notification);
      rememberMessageId(notification);
      changedNotifications.add(notification.id);
      changes.events.push(notificationEvent(notification));
    },
    statusesOf: (messageId) => statuses.get(messageId) ?? [],
    putStatus(status) {
      rememberStatus(status);
      changes.statuses.push(status);
    },
    hasMessage: (messageId) => knownMessages.has(messageId),
    putMessage(entry) {
      if (entry.messageId !== null) knownMessages.add(entry.messageId);
      changes.messages.push(entry);
    },
    about(position, contactId) {
      changes.eventContacts.push({ position, contactId });
    },
    sawBusinessPhone(businessPhoneId, at) {
      const seen = businessPhones.get(businessPhoneId);
      businessPhones.set(businessPhoneId, {
        businessPhoneId,
        firstSeenAt: Math.min(seen?.firstSeenAt ?? at, at),
        lastEventAt: Math.max(seen?.lastEventAt ?? at, at),
      });
    },
    changes: () => ({
      ...changes,
      contacts: pick(contacts, changedContacts),
      conversations: pick(conversations, changedConversations),
      notifications: pick(notifications, changedNotifications),
      businessPhones: [...businessPhones.values()],
    }),
  };
}

function pick<Value>(all: Map<string, Value>, ids: Set<string>): Value[] {
  return [...ids].flatMap((id) => {
    const value = all.get(id);
    return value === undefined ? [] : [value];
  });
}
