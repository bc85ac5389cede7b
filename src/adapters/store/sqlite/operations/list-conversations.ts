import type { EventKind } from '../../../../domain/event.ts';
import { wordsOfContent } from '../../../../domain/notification-content.ts';
import type { ConversationPlace, ConversationView, ThreadMessage } from '../../../../domain/views.ts';
import type { LastInbound } from '../../../../flows/outbound/mark-read.ts';
import { readElement, readFacts } from '../../../../whatsapp/read-event.ts';
import { type ConversationRow, conversationColumns, conversationOfRow } from '../../rows/conversation-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import { createBodies, type StoredBody } from '../bodies.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';
import { findPerson } from './people.ts';

/** A page of conversations in the order in which they began here, each with the name of its contact. */
export function listConversations(
  context: StoreContext,
  query: { after: string | null; limit: number },
): ConversationView[] {
  return all<ConversationRow>(
    context.database,
    `select ${conversationColumns} from conversations
       left join contacts on contacts.number = conversations.contact
     where conversations.number > coalesce((select number from conversations where id = ?), 0)
       and (contact is null or conversations.id = (
         select min(theirs.id) from contacts as member join conversations as theirs on theirs.contact = member.number
         where member.id = coalesce(contacts.merged_into, contacts.id)
           or member.merged_into = coalesce(contacts.merged_into, contacts.id)))
     order by conversations.number limit ?`,
    query.after,
    query.limit,
  ).map((row) => viewOf(context, row));
}

/** A page of conversations, those with the latest messages first, each with the name of its contact. */
export function listLatestConversations(
  context: StoreContext,
  { after, limit }: { after: ConversationPlace | null; limit: number },
): ConversationView[] {
  return all<ConversationRow>(
    context.database,
    `select ${conversationColumns} from conversations
       left join contacts on contacts.number = conversations.contact
     where (? is null or (conversations.last_message_at, conversations.id) < (?, ?))
       and (conversations.contact is null or not exists (
         select 1 from contacts as member join conversations as theirs on theirs.contact = member.number
         where (member.id = coalesce(contacts.merged_into, contacts.id)
             or member.merged_into = coalesce(contacts.merged_into, contacts.id))
           and (theirs.last_message_at, theirs.id) > (conversations.last_message_at, conversations.id)))
     order by conversations.last_message_at desc, conversations.id desc limit ?`,
    after?.lastMessageAt ?? null,
    after?.lastMessageAt ?? null,
    after?.id ?? null,
    limit,
  ).map((row) => viewOf(context, row));
}

function viewOf(context: StoreContext, row: ConversationRow): ConversationView {
  const person = row.contact_id === null ? null : findPerson(context, row.contact_id);
  return {
    conversation: person?.conversation ?? conversationOfRow(row, context.laneName(row.lane)),
    name: person?.contact.name ?? null,
  };
}

type MessageRow = {
  position: number;
  direction: 'in' | 'out';
  at: number;
  notification: string | null;
  kind: EventKind;
  webhook: number | null;
  path: string | null;
};

const forwards = { beyond: '>', direction: 'asc', sign: 1 } as const;
const backwards = { beyond: '<', direction: 'desc', sign: -1 } as const;

/** A page of a thread, in feed order or from the newest back; null when there is no such conversation. */
export function listMessages(
  context: StoreContext,
  query: { conversationId: string; after: number | null; limit: number; newest?: boolean },
): ThreadMessage[] | null {
  const { database } = context;
  const asked = get<ConversationRow & { number: number }>(
    database,
    `select ${conversationColumns} from conversations where id = ?`,
    query.conversationId,
  );
  if (asked === undefined) return null;
  const bodyOf = createBodies(context);
  const { beyond, direction, sign } = query.newest === true ? backwards : forwards;
  return threadsOf(context, asked)
    .flatMap((conversation) =>
      all<MessageRow>(
        database,
        `select messages.position, direction, at, notification, events.kind, events.webhook, events.path
         from messages join events on events.position = messages.position
         where conversation = ? and messages.position ${beyond} ? order by messages.position ${direction} limit ?`,
        conversation,
        query.after ?? (query.newest === true ? Number.MAX_SAFE_INTEGER : 0),
        query.limit,
      ),
    )
    .sort((one, other) => sign * (one.position - other.position))
    .slice(0, query.limit)
    .flatMap((row) =>
      row.notification === null ? inbound(row, bodyOf) : outbound(context, row, row.notification),
    );
}

/** The last message of theirs that has an id; null when there is no such conversation. */
export function lastInbound(context: StoreContext, conversationId: string): LastInbound | null {
  const { database } = context;
  const asked = get<ConversationRow & { number: number }>(
    database,
    `select ${conversationColumns} from conversations where id = ?`,
    conversationId,
  );
  if (asked === undefined) return null;
  const bodyOf = createBodies(context);
  const latest = threadsOf(context, asked)
    .flatMap((conversation) =>
      all<MessageRow>(
        database,
        `select messages.position, direction, at, notification, events.kind, events.webhook, events.path
         from messages join events on events.position = messages.position
         where conversation = ? and direction = 'in' order by messages.position desc limit 5`,
        conversation,
      ),
    )
    .sort((one, other) => other.position - one.position)
    .map((row) => inbound(row, bodyOf).messageId)
    .find((messageId) => messageId !== null);
  return { lane: context.laneName(asked.lane), messageId: latest ?? null };
}

/** The numbers of the conversations that are shown as one: those of all contacts that are one person. */
function threadsOf(
  { database }: StoreContext,
  { number, contact_id: contactId }: ConversationRow & { number: number },
): number[] {
  if (contactId === null) return [number];
  return all<{ number: number }>(
    database,
    `with person as (select coalesce(merged_into, id) as id from contacts where id = ?)
     select conversations.number from contacts join conversations on conversations.contact = contacts.number
     where contacts.id = (select id from person) or contacts.merged_into = (select id from person)`,
    contactId,
  ).map((row) => row.number);
}

function inbound(row: MessageRow, bodyOf: (webhookId: number) => StoredBody): ThreadMessage {
  const body = row.webhook === null ? undefined : bodyOf(row.webhook).json;
  const facts = readFacts(row.kind, body, row.path ?? '');
  const message = facts.fact === 'message' ? facts : null;
  return {
    position: row.position,
    direction: row.direction,
    at: row.at,
    type: message?.type ?? 'unknown',
    text: message?.text ?? null,
    messageId: message?.messageId ?? null,
    payload: readElement(body, row.path ?? ''),
    notification: null,
  };
}

function outbound(context: StoreContext, row: MessageRow, notificationId: string): ThreadMessage[] {
  const found = get<NotificationRow>(
    context.database,
    'select * from notifications where id = ?',
    notificationId,
  );
  if (found === undefined) return [];
  const notification = notificationOfRow(found, context.laneName(found.lane));
  const { content, fallback, decision, messageId } = notification;
  const sent = decision === 'template' && fallback !== null ? fallback : content;
  return [
    {
      position: row.position,
      direction: row.direction,
      at: row.at,
      type: sent.type,
      text: wordsOfContent(sent),
      messageId,
      payload: null,
      notification,
    },
  ];
}
