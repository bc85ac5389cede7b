import type { AccountFact } from '../domain/account-fact.ts';
import type { Charge } from '../domain/charge.ts';
import type { Conversation } from '../domain/conversation.ts';
import { idFromKey, withPrefix } from '../domain/id.ts';
import type { Lane } from '../domain/lane.ts';
import { conversationAsOne } from '../domain/merge.ts';
import type { Notification } from '../domain/notification.ts';
import { optOutNames, type Preference } from '../domain/opt-out.ts';
import type { Identifier } from '../domain/person.ts';
import { identifiersOf } from '../domain/recipient.ts';
import type { Status } from '../domain/status.ts';
import type { Sighting } from './contact-groups.ts';
import { type LanePeople, lanePeople } from './lane-people.ts';
import {
  type LaneChanges,
  type LaneState,
  noChanges,
  type SeenBusinessPhone,
  type ThreadEntry,
} from './lane-state.ts';
import { notificationEvent } from './notification-event.ts';

/**
 * The state of a lane while a batch is worked through: read from what was loaded, written to what will be
 * committed. It decides nothing; folds do.
 */
export type LaneDraft = Omit<LanePeople, 'changes'> & {
  readonly lane: Lane;
  /** The conversation with a contact or a group, begun if there was none. */
  conversationWith(party: { contactId: string } | { groupId: string }, sighting: Sighting): Conversation;
  putConversation(conversation: Conversation): void;
  /** When the person who a contact is last wrote, by effective time in milliseconds; null when never. */
  lastInboundAt(contactId: string): number | null;
  notification(id: string): Notification | null;
  notificationOfMessage(messageId: string): Notification | null;
  /** What is held until the person who a contact is writes, in the order of asking. */
  heldFor(contactId: string): Notification[];
  /** Keeps a changed notification and tells the feed; does nothing when it is the same object. */
  putNotification(notification: Notification): void;
  /** Keeps when a notification is tried next. The feed is not told: nothing that it tells has changed. */
  postponeNotification(notification: Notification): void;
  /** The statuses known of a message, those of this batch included. */
  statusesOf(messageId: string): Status[];
  putStatus(status: Status): void;
  hasMessage(messageId: string): boolean;
  putMessage(entry: ThreadEntry): void;
  about(position: number, contactId: string): void;
  sawBusinessPhone(businessPhoneId: string, at: number, displayNumber: string | null): void;
  putCharge(charge: Charge): void;
  /** Keeps a person's word under every name that they are known by. */
  putPreference(identifiers: readonly Identifier[], preference: Preference): void;
  putAccountFacts(facts: readonly AccountFact[]): void;
  changes(): LaneChanges;
};

function partyKey(contactId: string | null, groupId: string | null): string {
  return contactId ?? `group:${groupId}`;
}

/** Starts a draft on the loaded state. */
export function draftOf(lane: Lane, state: LaneState): LaneDraft {
  const { changes: peopleChanges, ...people } = lanePeople(lane, state);
  const conversations = new Map(state.conversations.map((conversation) => [conversation.id, conversation]));
  const conversationIds = new Map(
    state.conversations.map(({ id, contactId, groupId }) => [partyKey(contactId, groupId), id]),
  );
  const notifications = new Map(state.notifications.map((notification) => [notification.id, notification]));
  const notificationIds = new Map<string, string>();
  const statuses = new Map<string, Status[]>();
  const knownMessages = new Set(state.knownMessageIds);
  const changedConversations = new Set<string>();
  const changedNotifications = new Set<string>();
  const businessPhones = new Map<string, SeenBusinessPhone>();
  const changes = noChanges();

  for (const notification of state.notifications) rememberMessageId(notification);
  for (const status of state.statuses) rememberStatus(status);

  function rememberMessageId(notification: Notification): void {
    if (notification.messageId !== null) notificationIds.set(notification.messageId, notification.id);
  }
  function rememberStatus(status: Status): void {
    const known = statuses.get(status.messageId);
    if (known === undefined) statuses.set(status.messageId, [status]);
    else known.push(status);
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
    ...people,
    lane,
    conversationWith,
    putConversation,
    lastInboundAt(contactId) {
      const theirs = people
        .idsOf(contactId)
        .flatMap((id) => conversations.get(conversationIds.get(id) ?? '') ?? []);
      return conversationAsOne(contactId, theirs)?.lastInboundAt ?? null;
    },
    notification: (id) => notifications.get(id) ?? null,
    notificationOfMessage: (messageId) => notifications.get(notificationIds.get(messageId) ?? '') ?? null,
    heldFor(contactId) {
      const theirs = new Set(people.idsOf(contactId));
      const isTheirs = ({ contactId: known, recipient }: Notification) =>
        theirs.has(known ?? people.recipientNamed(identifiersOf(recipient))?.id ?? '');
      return [...notifications.values()]
        .filter((notification) => notification.state === 'held' && isTheirs(notification))
        .sort((one, other) => one.position - other.position);
    },
    putNotification(notification) {
      const former = notifications.get(notification.id);
      if (former === notification) return;
      if (former !== undefined && former.party !== notification.party) changes.leftParties.push(former.party);
      notifications.set(notification.id, notification);
      rememberMessageId(notification);
      changedNotifications.add(notification.id);
      changes.events.push(notificationEvent(notification));
    },
    postponeNotification(notification) {
      notifications.set(notification.id, notification);
      changedNotifications.add(notification.id);
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
    sawBusinessPhone(businessPhoneId, at, displayNumber) {
      const seen = businessPhones.get(businessPhoneId);
      businessPhones.set(businessPhoneId, {
        businessPhoneId,
        firstSeenAt: Math.min(seen?.firstSeenAt ?? at, at),
        lastEventAt: Math.max(seen?.lastEventAt ?? at, at),
        displayNumber: displayNumber ?? seen?.displayNumber ?? null,
      });
    },
    putCharge(charge) {
      changes.charges.push(charge);
    },
    putPreference(identifiers, preference) {
      for (const person of optOutNames(identifiers)) changes.preferences.push({ ...preference, person });
    },
    putAccountFacts(facts) {
      changes.accountFacts.push(...facts);
    },
    changes: () => ({
      ...changes,
      ...peopleChanges(),
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
