import { Buffer } from 'node:buffer';
import type { Contact } from '../../../../domain/contact.ts';
import type { Conversation } from '../../../../domain/conversation.ts';
import type { Status } from '../../../../domain/status.ts';
import type {
  KnownIdentifier,
  LaneChanges,
  SeenBusinessPhone,
  ThreadEntry,
} from '../../../../flows/lane-state.ts';
import { identifiersColumn, UNTIL_NOW } from '../../rows/contact-row.ts';
import type { StoreContext } from '../context.ts';
import { run } from '../statement.ts';
import { putAccountFacts } from './account-facts.ts';
import { putCharge } from './charges.ts';
import { putMerge } from './merges.ts';
import { putPreference } from './opt-outs.ts';
import { appendOwnEvent } from './own-event.ts';
import { putNotification } from './put-notification.ts';
import { renewTurns } from './renew-turns.ts';

/** Writes what a batch of work changed in a lane, and appends our own events, inside the caller's transaction. */
export function writeChanges(context: StoreContext, laneId: number, changes: LaneChanges): void {
  // Survivors first: the others point at them.
  const contacts = changes.contacts.toSorted(
    (one, other) => Number(one.mergedInto !== null) - Number(other.mergedInto !== null),
  );
  for (const contact of contacts) putContact(context, laneId, contact);
  for (const identifier of changes.endedIdentifiers) endIdentifier(context, laneId, identifier);
  for (const identifier of changes.identifiers) putIdentifier(context, laneId, identifier);
  for (const merge of changes.merges) putMerge(context, laneId, merge);
  for (const conversation of changes.conversations) putConversation(context, laneId, conversation);
  for (const notification of changes.notifications) putNotification(context, laneId, notification);
  for (const party of changes.leftParties) renewTurns(context, laneId, party);
  for (const status of changes.statuses) putStatus(context, status);
  for (const message of changes.messages) putMessage(context, laneId, message);
  for (const { position, contactId } of changes.eventContacts) {
    run(
      context.database,
      `insert into event_contacts (position, contact, main) values (?, (select number from contacts where id = ?), 1)
       on conflict do nothing`,
      position,
      contactId,
    );
  }
  for (const phone of changes.businessPhones) putBusinessPhone(context, phone);
  for (const charge of changes.charges) putCharge(context, laneId, charge);
  for (const preference of changes.preferences) putPreference(context, laneId, preference);
  putAccountFacts(context, changes.accountFacts);
  for (const event of changes.events) appendOwnEvent(context, laneId, event);
}

function putContact({ database }: StoreContext, laneId: number, contact: Contact): void {
  run(
    database,
    `insert into contacts (id, lane, name, name_at, name_key, first_seen_at, wrote_in, merged_into,
       identifiers)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, name_at = excluded.name_at, name_key = excluded.name_key,
       first_seen_at = excluded.first_seen_at, wrote_in = excluded.wrote_in,
       merged_into = excluded.merged_into, identifiers = excluded.identifiers`,
    contact.id,
    laneId,
    contact.name,
    contact.nameAt,
    contact.nameKey,
    contact.firstSeenAt,
    contact.wroteIn ? 1 : 0,
    contact.mergedInto,
    identifiersColumn(contact.identifiers),
  );
}

function endIdentifier({ database }: StoreContext, laneId: number, identifier: KnownIdentifier): void {
  run(
    database,
    'delete from identifiers where lane = ? and kind = ? and value = ? and until = ?',
    laneId,
    identifier.kind,
    identifier.value,
    identifier.until ?? UNTIL_NOW,
  );
}

function putIdentifier({ database }: StoreContext, laneId: number, identifier: KnownIdentifier): void {
  run(
    database,
    `insert into identifiers (lane, kind, value, until, contact)
     values (?, ?, ?, ?, (select number from contacts where id = ?))
     on conflict (lane, kind, value, until) do update set contact = excluded.contact`,
    laneId,
    identifier.kind,
    identifier.value,
    identifier.until ?? UNTIL_NOW,
    identifier.contactId,
  );
}

function putConversation({ database }: StoreContext, laneId: number, conversation: Conversation): void {
  run(
    database,
    `insert into conversations (id, lane, contact, group_id, last_inbound_at, last_message_at)
     values (?, ?, (select number from contacts where id = ?), ?, ?, ?)
     on conflict (id) do update set last_inbound_at = excluded.last_inbound_at, last_message_at = excluded.last_message_at`,
    conversation.id,
    laneId,
    conversation.contactId,
    conversation.groupId,
    conversation.lastInboundAt,
    conversation.lastMessageAt,
  );
}

function putStatus(context: StoreContext, status: Status): void {
  run(
    context.database,
    `insert into statuses (message, name, participant, at, key, errors) values (?, ?, ?, ?, ?, ?)
     on conflict (message, name, participant) do update set at = excluded.at, key = excluded.key, errors = excluded.errors
     where excluded.at < statuses.at or (excluded.at = statuses.at and excluded.key < statuses.key)`,
    context.messageReference(status.messageId),
    status.name,
    status.participant ?? '',
    status.at,
    status.key,
    JSON.stringify(status.errors),
  );
}

function putMessage(context: StoreContext, laneId: number, entry: ThreadEntry): void {
  const reference: Uint8Array | null =
    entry.messageId === null ? null : Buffer.from(context.messageReference(entry.messageId));
  run(
    context.database,
    `insert or replace into messages (position, lane, conversation, direction, at, message, notification)
     values (?, ?, (select number from conversations where id = ?), ?, ?, ?, ?)`,
    entry.position,
    laneId,
    entry.conversationId,
    entry.direction,
    entry.at,
    reference,
    entry.notificationId,
  );
}

function putBusinessPhone({ database }: StoreContext, phone: SeenBusinessPhone): void {
  run(
    database,
    `insert into business_phones (id, first_seen_at, last_event_at, display_number) values (?, ?, ?, ?)
     on conflict (id) do update set first_seen_at = min(first_seen_at, excluded.first_seen_at),
       last_event_at = max(last_event_at, excluded.last_event_at),
       display_number = coalesce(excluded.display_number, display_number)`,
    phone.businessPhoneId,
    phone.firstSeenAt,
    phone.lastEventAt,
    phone.displayNumber,
  );
}
