import type { Conversation } from '../../../../domain/conversation.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { Merge } from '../../../../domain/merge.ts';
import type { Notification } from '../../../../domain/notification.ts';
import type { Status } from '../../../../domain/status.ts';
import type { LaneState } from '../../../../flows/lane-state.ts';
import type { Subjects } from '../../fold-subjects.ts';
import { heldParties } from '../../held-parties.ts';
import { type ConversationRow, conversationColumns, conversationOfRow } from '../../rows/conversation-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';
import { findMerge, readMergesOf, readUndoneMerges } from './merges.ts';
import { loadPeople } from './people.ts';
import { readStatuses } from './read-statuses.ts';

/** Loads the part of a lane's state that the subjects touch. */
export function loadState(context: StoreContext, lane: Lane, subjects: Subjects): LaneState {
  const laneId = context.laneId(lane);
  if (laneId === null) {
    return {
      contacts: [],
      merges: [],
      conversations: [],
      notifications: [],
      statuses: [],
      knownMessageIds: [],
    };
  }
  const messageIds = [...new Set(subjects.messageIds)];
  const notifications = loadNotifications(context, lane, subjects.notificationIds, messageIds);
  const contactIds = new Set(subjects.contactIds);
  const groupIds = new Set(subjects.groupIds);
  for (const { contactId, recipient } of notifications) {
    if (contactId !== null) contactIds.add(contactId);
    if (recipient.kind === 'group') groupIds.add(recipient.groupId);
  }
  for (const id of subjects.mergeIds) {
    const merge = findMerge(context, id);
    if (merge !== null) contactIds.add(merge.survivor).add(merge.merged);
  }
  const people = loadPeople(context, lane, laneId, contactIds, subjects.identifiers);
  const contacts = people.map(({ contact }) => contact);
  if (subjects.opensWindow) {
    const known = new Set(notifications.map(({ id }) => id));
    const held = loadHeld(context, lane, laneId, heldParties(contacts, subjects.identifiers));
    notifications.push(...held.filter(({ id }) => !known.has(id)));
  }
  return {
    contacts,
    merges: mergesOf(
      context,
      lane,
      laneId,
      subjects.mergeIds.length === 0 ? [] : people.map(({ contact }) => contact.id),
    ),
    conversations: [
      ...people.flatMap(({ conversation }) => conversation ?? []),
      ...loadGroups(context, lane, laneId, groupIds),
    ],
    notifications,
    statuses: messageIds.flatMap((messageId): Status[] => readStatuses(context, messageId)),
    knownMessageIds: [...new Set([...subjects.inboundIds, ...messageIds])].filter(
      (messageId) =>
        get(
          context.database,
          'select 1 from messages where message = ? limit 1',
          context.messageReference(messageId),
        ) !== undefined,
    ),
  };
}

function mergesOf(context: StoreContext, lane: Lane, laneId: number, contactIds: readonly string[]): Merge[] {
  const undone = readUndoneMerges(context, lane, laneId);
  return contactIds.length === 0 ? undone : [...undone, ...readMergesOf(context, lane, contactIds)];
}

/** What is held for parties. Usually nothing is held at all, which one look tells. */
function loadHeld(
  context: StoreContext,
  lane: Lane,
  laneId: number,
  parties: readonly string[],
): Notification[] {
  const { database } = context;
  const any = `select 1 from notifications where lane = ? and state = 'held' limit 1`;
  if (get(database, any, laneId) === undefined) return [];
  const theirs = `select * from notifications where lane = ? and state = 'held' and party = ?`;
  return parties.flatMap((party) =>
    all<NotificationRow>(database, theirs, laneId, party).map((row) => notificationOfRow(row, lane)),
  );
}

function loadGroups(
  context: StoreContext,
  lane: Lane,
  laneId: number,
  groupIds: ReadonlySet<string>,
): Conversation[] {
  return [...groupIds].flatMap((id) => {
    const row = get<ConversationRow>(
      context.database,
      `select ${conversationColumns} from conversations where lane = ? and group_id = ?`,
      laneId,
      id,
    );
    return row === undefined ? [] : [conversationOfRow(row, lane)];
  });
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
