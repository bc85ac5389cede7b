import type { Contact } from '../../../../domain/contact.ts';
import type { Conversation } from '../../../../domain/conversation.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { Notification } from '../../../../domain/notification.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { Status } from '../../../../domain/status.ts';
import type { LaneState } from '../../../../flows/lane-state.ts';
import type { StoreContext } from '../context.ts';
import { type ContactRow, contactOfRow } from '../rows/contact-row.ts';
import { type ConversationRow, conversationOfRow } from '../rows/conversation-row.ts';
import { type NotificationRow, notificationOfRow } from '../rows/notification-row.ts';
import { readStatuses } from '../rows/status-row.ts';
import { get } from '../statement.ts';

/** What a batch of work speaks of, and so which state it touches. */
export type Subjects = {
  identifiers: Identifier[];
  contactIds: string[];
  groupIds: string[];
  messageIds: string[];
  notificationIds: string[];
};

/** No subjects yet. */
export function noSubjects(): Subjects {
  return { identifiers: [], contactIds: [], groupIds: [], messageIds: [], notificationIds: [] };
}

/** Loads the part of a lane's state that the subjects touch. */
export function loadState(context: StoreContext, lane: Lane, subjects: Subjects): LaneState {
  const laneId = context.laneId(lane);
  if (laneId === null) {
    return { contacts: [], conversations: [], notifications: [], statuses: [], knownMessageIds: [] };
  }
  const messageIds = [...new Set(subjects.messageIds)];
  const notifications = loadNotifications(context, lane, subjects.notificationIds, messageIds);
  const contactIds = new Set(subjects.contactIds);
  for (const { contactId } of notifications) if (contactId !== null) contactIds.add(contactId);
  for (const id of contactsNamed(context, laneId, subjects.identifiers)) contactIds.add(id);
  return {
    contacts: [...contactIds].flatMap((id) => loadContact(context, lane, id) ?? []),
    conversations: loadConversations(context, lane, laneId, [...contactIds], subjects.groupIds),
    notifications,
    statuses: messageIds.flatMap((messageId): Status[] => readStatuses(context, messageId)),
    knownMessageIds: messageIds.filter(
      (messageId) =>
        get(
          context.database,
          'select 1 from messages where message = ? limit 1',
          context.messageReference(messageId),
        ) !== undefined,
    ),
  };
}

function contactsNamed(context: StoreContext, laneId: number, identifiers: readonly Identifier[]): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { kind, value } of identifiers) {
    if (seen.has(`${kind}:${value}`)) continue;
    seen.add(`${kind}:${value}`);
    const row = get<{ contact: string }>(
      context.database,
      'select contact from identifiers where lane = ? and kind = ? and value = ?',
      laneId,
      kind,
      value,
    );
    if (row !== undefined) found.push(row.contact);
  }
  return found;
}

function loadContact(context: StoreContext, lane: Lane, id: string): Contact | null {
  const row = get<ContactRow>(context.database, 'select * from contacts where id = ?', id);
  return row === undefined || context.laneName(row.lane) !== lane ? null : contactOfRow(context, row);
}

function loadConversations(
  context: StoreContext,
  lane: Lane,
  laneId: number,
  contactIds: readonly string[],
  groupIds: readonly string[],
): Conversation[] {
  const rows = [
    ...contactIds.map((id) =>
      get<ConversationRow>(context.database, 'select * from conversations where contact = ?', id),
    ),
    ...[...new Set(groupIds)].map((id) =>
      get<ConversationRow>(
        context.database,
        'select * from conversations where lane = ? and group_id = ?',
        laneId,
        id,
      ),
    ),
  ];
  return rows.flatMap((row) => (row === undefined ? [] : [conversationOfRow(row, lane)]));
}

function loadNotifications(
  context: StoreContext,
  lane: Lane,
  ids: readonly string[],
  messageIds: readonly string[],
): Notification[] {
  const rows = [
    ...[...new Set(ids)].map((id) =>
      get<NotificationRow>(context.database, 'select * from notifications where id = ?', id),
    ),
    ...messageIds.map((messageId) =>
      get<NotificationRow>(
        context.database,
        'select * from notifications where message = ?',
        context.messageReference(messageId),
      ),
    ),
  ];
  const found = new Map<string, Notification>();
  for (const row of rows) {
    // Another lane's notification belongs to that lane's owner.
    if (row === undefined || context.laneName(row.lane) !== lane) continue;
    found.set(row.id, notificationOfRow(row, lane));
  }
  return [...found.values()];
}
