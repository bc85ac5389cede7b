import { Buffer } from 'node:buffer';
import type { Conversation } from '../../../../domain/conversation.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { Merge } from '../../../../domain/merge.ts';
import type { Notification } from '../../../../domain/notification.ts';
import type { Status } from '../../../../domain/status.ts';
import type { LaneState } from '../../../../flows/lane-state.ts';
import type { Subjects } from '../../fold-subjects.ts';
import { heldParties } from '../../held-parties.ts';
import { type ConversationRow, conversationColumns, conversationOfRow } from '../../rows/conversation-row.ts';
import { type MergeRow, mergeOfRow } from '../../rows/merge-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import { type StatusRow, statusesOfRows } from '../../rows/status-row.ts';
import type { PostgresContext } from '../context.ts';
import { loadPeople } from './people.ts';

/**
 * Loads the part of a lane's state that the subjects touch, by a few statements however many they are. No transaction
 * holds the parts together: nobody but the owner changes them, and whoever is the owner no more is refused at the
 * commit.
 */
export async function loadState(
  context: PostgresContext,
  lane: Lane,
  subjects: Subjects,
): Promise<LaneState> {
  const laneId = await context.laneId(lane);
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
  const anyHeld = subjects.opensWindow ? isAnyHeld(context, laneId) : Promise.resolve(false);
  const notifications = loadNotifications(context, lane, laneId, subjects.notificationIds, messageIds);
  const ofMerges = readMergesById(context, lane, subjects.mergeIds);
  const people = Promise.all([notifications, ofMerges]).then(([found, merges]) =>
    loadPeople(
      context,
      laneId,
      [
        ...subjects.contactIds,
        ...found.flatMap(({ contactId }) => contactId ?? []),
        ...merges.flatMap(({ survivor, merged }) => [survivor, merged]),
      ],
      subjects.identifiers,
    ),
  );
  const merges =
    subjects.mergeIds.length === 0
      ? readUndoneMerges(context, lane, laneId)
      : people.then((found) =>
          readMergesOf(
            context,
            lane,
            laneId,
            found.map(({ contact }) => contact.id),
          ),
        );
  const groupIds = notifications.then((loaded) => [
    ...subjects.groupIds,
    ...loaded.flatMap(({ recipient }) => (recipient.kind === 'group' ? [recipient.groupId] : [])),
  ]);
  const held = Promise.all([people, anyHeld]).then(([known, any]) => {
    const contacts = known.map(({ contact }) => contact);
    return any ? loadHeld(context, lane, laneId, heldParties(contacts, subjects.identifiers)) : [];
  });
  const [found, heldForThem, allMerges, groups, notificationsFound, statuses, knownMessageIds] =
    await Promise.all([
      people,
      held,
      merges,
      groupIds.then((ids) => loadGroups(context, lane, laneId, ids)),
      notifications,
      readStatusesOf(context, messageIds),
      whichAreKnown(context, [...new Set([...subjects.inboundIds, ...messageIds])]),
    ]);
  return {
    contacts: found.map(({ contact }) => contact),
    merges: allMerges,
    conversations: [...found.flatMap(({ conversation }) => conversation ?? []), ...groups],
    notifications: [...new Map([...notificationsFound, ...heldForThem].map((one) => [one.id, one])).values()],
    statuses: messageIds.flatMap((messageId) => statuses.get(messageId) ?? []),
    knownMessageIds,
  };
}

async function readMergesById(
  context: PostgresContext,
  lane: Lane,
  ids: readonly string[],
): Promise<Merge[]> {
  if (ids.length === 0) return [];
  const rows = await context.database.all<MergeRow>('select * from merges where id = any($1::text[])', ids);
  return rows.map((row) => mergeOfRow(row, lane));
}

/** The merges of a lane that a person undid: few, because each was done by hand. */
async function readUndoneMerges(context: PostgresContext, lane: Lane, laneId: number): Promise<Merge[]> {
  const rows = await context.database.all<MergeRow>(
    'select * from merges where lane = $1 and undone_at is not null order by number',
    laneId,
  );
  return rows.map((row) => mergeOfRow(row, lane));
}

/** Those, and every merge in which one of these contacts has part. */
async function readMergesOf(
  context: PostgresContext,
  lane: Lane,
  laneId: number,
  contactIds: readonly string[],
): Promise<Merge[]> {
  const rows = await context.database.all<MergeRow>(
    `select * from merges where lane = $1
       and (undone_at is not null or survivor = any($2::text[]) or merged = any($2::text[])) order by number`,
    laneId,
    contactIds,
  );
  return rows.map((row) => mergeOfRow(row, lane));
}

async function loadGroups(
  context: PostgresContext,
  lane: Lane,
  laneId: number,
  groupIds: readonly string[],
): Promise<Conversation[]> {
  if (groupIds.length === 0) return [];
  const rows = await context.database.all<ConversationRow>(
    `select ${conversationColumns} from conversations where lane = $1 and group_id = any($2::text[]) order by number`,
    laneId,
    [...new Set(groupIds)],
  );
  return rows.map((row) => conversationOfRow(row, lane));
}

/** Only those of this lane: another lane's notification belongs to that lane's owner. */
async function loadNotifications(
  context: PostgresContext,
  lane: Lane,
  laneId: number,
  ids: readonly string[],
  messageIds: readonly string[],
): Promise<Notification[]> {
  if (ids.length === 0 && messageIds.length === 0) return [];
  const rows = await context.database.all<NotificationRow>(
    `select * from notifications where id = any($2::text[]) and lane = $1
     union select * from notifications where message = any($3::bytea[]) and lane = $1`,
    laneId,
    [...new Set(ids)],
    references(context, messageIds),
  );
  const inOrder = new Map(ids.map((id, index) => [id, index]));
  return rows
    .map((row) => notificationOfRow(row, lane))
    .sort((one, other) => (inOrder.get(one.id) ?? ids.length) - (inOrder.get(other.id) ?? ids.length));
}

async function isAnyHeld({ database }: PostgresContext, laneId: number): Promise<boolean> {
  const any = `select 1 from notifications where lane = $1 and state = 'held' limit 1`;
  return (await database.get(any, laneId)) !== undefined;
}

async function loadHeld(
  { database }: PostgresContext,
  lane: Lane,
  laneId: number,
  parties: readonly string[],
): Promise<Notification[]> {
  const rows = await database.all<NotificationRow>(
    `select * from notifications where lane = $1 and state = 'held' and party = any($2::text[])`,
    laneId,
    parties,
  );
  return rows.map((row) => notificationOfRow(row, lane));
}

/** The statuses kept of messages, by wamid, in their order. */
export async function readStatusesOf(
  context: PostgresContext,
  messageIds: readonly string[],
): Promise<Map<string, Status[]>> {
  if (messageIds.length === 0) return new Map();
  const byReference = new Map(messageIds.map((id) => [hex(context.messageReference(id)), id]));
  const rows = await context.database.all<StatusRow & { message: Buffer }>(
    `select message, name, participant, at, key, errors from statuses where message = any($1::bytea[])
     order by at, key`,
    references(context, messageIds),
  );
  const found = new Map<string, StatusRow[]>();
  for (const { message, ...row } of rows) {
    const messageId = byReference.get(hex(message));
    if (messageId === undefined) continue;
    found.set(messageId, [...(found.get(messageId) ?? []), row]);
  }
  return new Map([...found].map(([messageId, kept]) => [messageId, statusesOfRows(messageId, kept)]));
}

async function whichAreKnown(context: PostgresContext, messageIds: readonly string[]): Promise<string[]> {
  if (messageIds.length === 0) return [];
  const rows = await context.database.all<{ message: Buffer }>(
    'select distinct message from messages where message = any($1::bytea[])',
    references(context, messageIds),
  );
  const known = new Set(rows.map(({ message }) => hex(message)));
  return messageIds.filter((messageId) => known.has(hex(context.messageReference(messageId))));
}

/** Message references as elements of a `bytea[]`. */
function references(context: PostgresContext, messageIds: readonly string[]): string[] {
  return messageIds.map((messageId) => `\\x${hex(context.messageReference(messageId))}`);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
