import type { EventKind } from '../../../../domain/event.ts';
import type { Notification } from '../../../../domain/notification.ts';
import { wordsOfContent } from '../../../../domain/notification-content.ts';
import type { ConversationPlace, ConversationView, ThreadMessage } from '../../../../domain/views.ts';
import type { LastInbound } from '../../../../flows/outbound/mark-read.ts';
import { readElement, readFacts } from '../../../../whatsapp/read-event.ts';
import { type ConversationRow, conversationColumns, conversationOfRow } from '../../rows/conversation-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import { readBodies, type StoredBody, withinMemory } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';
import { findPeople } from './people.ts';

/** A page of conversations in the order in which they began here, each with the name of its contact. */
export async function listConversations(
  context: PostgresContext,
  query: { after: string | null; limit: number },
): Promise<ConversationView[]> {
  const rows = await context.database.all<ConversationRow>(
    `select ${conversationColumns} from conversations
       left join contacts on contacts.number = conversations.contact
     where conversations.number > coalesce((select number from conversations where id = $1), 0)
       and (contact is null or not exists (
         select 1 from contacts as member join conversations as theirs on theirs.contact = member.number
         where (member.id = coalesce(contacts.merged_into, contacts.id)
             or member.merged_into = coalesce(contacts.merged_into, contacts.id))
           and theirs.id < conversations.id))
     order by conversations.number limit $2`,
    query.after,
    query.limit,
  );
  return viewsOf(context, rows);
}

/** A page of conversations, those with the latest messages first, each with the name of its contact. */
export async function listLatestConversations(
  context: PostgresContext,
  { after, limit }: { after: ConversationPlace | null; limit: number },
): Promise<ConversationView[]> {
  const rows = await context.database.all<ConversationRow>(
    `select ${conversationColumns} from conversations
       left join contacts on contacts.number = conversations.contact
     where ($1::bigint is null or (conversations.last_message_at, conversations.id) < ($1::bigint, $2::text))
       and (conversations.contact is null or not exists (
         select 1 from contacts as member join conversations as theirs on theirs.contact = member.number
         where (member.id = coalesce(contacts.merged_into, contacts.id)
             or member.merged_into = coalesce(contacts.merged_into, contacts.id))
           and (theirs.last_message_at, theirs.id) > (conversations.last_message_at, conversations.id)))
     order by conversations.last_message_at desc, conversations.id desc limit $3`,
    after?.lastMessageAt ?? null,
    after?.id ?? null,
    limit,
  );
  return viewsOf(context, rows);
}

async function viewsOf(
  context: PostgresContext,
  rows: readonly ConversationRow[],
): Promise<ConversationView[]> {
  const laneName = await context.laneNames(rows);
  const people = await findPeople(
    context,
    rows.flatMap(({ contact_id: id }) => id ?? []),
  );
  return rows.map((row) => {
    const person = row.contact_id === null ? undefined : people.get(row.contact_id);
    return {
      conversation: person?.conversation ?? conversationOfRow(row, laneName(row.lane)),
      name: person?.contact.name ?? null,
    };
  });
}

type MessageRow = {
  position: number;
  direction: 'in' | 'out';
  at: number;
  notification: string | null;
  kind: EventKind;
  webhook: number | null;
  length: number | null;
  path: string | null;
};

/** The conversations that are shown as the one with the id $1: all contacts that are one person have one thread. */
const threads = `asked as (
    select conversations.number, coalesce(contacts.merged_into, contacts.id) as person
    from conversations left join contacts on contacts.number = conversations.contact
    where conversations.id = $1),
  threads as (
    select number from asked union
    select conversations.number from asked join contacts on contacts.id = person or contacts.merged_into = person
      join conversations on conversations.contact = contacts.number)`;

/** The last message of theirs that has an id; null when there is no such conversation. */
export async function lastInbound(
  context: PostgresContext,
  conversationId: string,
): Promise<LastInbound | null> {
  const { database } = context;
  const asked = await database.get<{ lane: number }>(
    'select lane from conversations where id = $1',
    conversationId,
  );
  if (asked === undefined) return null;
  const rows = await database.all<MessageRow>(
    `with ${threads}
     select message.* from threads cross join lateral (
       select messages.position, direction, at, notification, events.kind, events.webhook, webhooks.length, events.path
       from messages join events on events.position = messages.position
         left join webhooks on webhooks.id = events.webhook
       where conversation = threads.number and direction = 'in'
       order by messages.position desc limit 5) as message
     order by message.position desc`,
    conversationId,
  );
  const bodyOf = await readBodies(
    database,
    withinMemory(rows).map(({ webhook }) => webhook),
  );
  const latest = withinMemory(rows)
    .map((row) => inbound(row, row.webhook === null ? undefined : bodyOf(row.webhook)).messageId)
    .find((messageId) => messageId !== null);
  const laneName = await context.laneNames([asked]);
  return { lane: laneName(asked.lane), messageId: latest ?? null };
}

/** A page of a thread, in feed order or from the newest back; null when there is no such conversation. */
export async function listMessages(
  context: PostgresContext,
  query: { conversationId: string; after: number | null; limit: number; newest?: boolean },
): Promise<ThreadMessage[] | null> {
  const newest = query.newest === true;
  const direction = newest ? 'desc' : 'asc';
  const { database } = context;
  const asked = await database.get('select 1 from conversations where id = $1', query.conversationId);
  if (asked === undefined) return null;
  const rows = await database.all<MessageRow>(
    `with ${threads}
     select message.* from threads cross join lateral (
       select messages.position, direction, at, notification, events.kind, events.webhook, webhooks.length, events.path
       from messages join events on events.position = messages.position
         left join webhooks on webhooks.id = events.webhook
       where conversation = threads.number and messages.position ${newest ? '<' : '>'} $2
       order by messages.position ${direction} limit $3) as message
     order by message.position ${direction} limit $3`,
    query.conversationId,
    query.after ?? (newest ? Number.MAX_SAFE_INTEGER : 0),
    query.limit,
  );
  const notifications = await notificationsOf(
    context,
    rows.flatMap(({ notification }) => notification ?? []),
  );
  const messages: ThreadMessage[] = [];
  for (let rest = rows; rest.length > 0; ) {
    const part = withinMemory(rest);
    rest = rest.slice(part.length);
    const bodyOf = await readBodies(
      database,
      part.map(({ webhook }) => webhook),
    );
    for (const row of part) {
      if (row.notification === null) {
        messages.push(inbound(row, row.webhook === null ? undefined : bodyOf(row.webhook)));
        continue;
      }
      const notification = notifications.get(row.notification);
      if (notification !== undefined) messages.push(outbound(row, notification));
    }
  }
  return messages;
}

function inbound(row: MessageRow, stored: StoredBody | undefined): ThreadMessage {
  const facts = readFacts(row.kind, stored?.json, row.path ?? '');
  const message = facts.fact === 'message' ? facts : null;
  return {
    position: row.position,
    direction: row.direction,
    at: row.at,
    type: message?.type ?? 'unknown',
    text: message?.text ?? null,
    messageId: message?.messageId ?? null,
    payload: readElement(stored?.json, row.path ?? ''),
    notification: null,
  };
}

function outbound(row: MessageRow, notification: Notification): ThreadMessage {
  const { content, fallback, decision, messageId } = notification;
  const sent = decision === 'template' && fallback !== null ? fallback : content;
  return {
    position: row.position,
    direction: row.direction,
    at: row.at,
    type: sent.type,
    text: wordsOfContent(sent),
    messageId,
    payload: null,
    notification,
  };
}

async function notificationsOf(
  { database, laneNames }: PostgresContext,
  ids: readonly string[],
): Promise<Map<string, Notification>> {
  if (ids.length === 0) return new Map();
  const rows = await database.all<NotificationRow>(
    'select * from notifications where id = any($1::text[])',
    ids,
  );
  const laneName = await laneNames(rows);
  return new Map(rows.map((row) => [row.id, notificationOfRow(row, laneName(row.lane))]));
}
