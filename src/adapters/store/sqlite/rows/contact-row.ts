import type { Identifier, IdentifierKind } from '../../../../domain/person.ts';
import type { ContactView } from '../../../../domain/views.ts';
import type { StoreContext } from '../context.ts';

/** A contact with its identifiers and its conversation, read by one statement: a fold reads one for each event. */
export type ContactRow = {
  id: string;
  lane: number;
  name: string | null;
  name_at: number;
  name_key: string;
  first_seen_at: number;
  wrote_in: number;
  /** JSON: pairs of kind and value. */
  identifiers: string;
  conversation: string | null;
  last_inbound_at: number | null;
  last_message_at: number | null;
};

/** What to select of `contacts`, with the join that it needs. */
export const contactColumns = `contacts.id, contacts.lane, name, name_at, name_key, first_seen_at, wrote_in,
  (select json_group_array(json_array(kind, value))
   from (select kind, value from identifiers where contact = contacts.id order by kind, value)) as identifiers,
  conversations.id as conversation, last_inbound_at, last_message_at`;
export const withConversation = 'left join conversations on conversations.contact = contacts.id';

/** The contact of a row, with its conversation. */
export function contactOfRow(context: StoreContext, row: ContactRow): ContactView {
  const lane = context.laneName(row.lane);
  const identifiers: [IdentifierKind, string][] = JSON.parse(row.identifiers);
  return {
    contact: {
      id: row.id,
      lane,
      name: row.name,
      nameAt: row.name_at,
      nameKey: row.name_key,
      identifiers: identifiers.map(([kind, value]): Identifier => ({ kind, value })),
      firstSeenAt: row.first_seen_at,
      wroteIn: row.wrote_in === 1,
    },
    conversation:
      row.conversation === null || row.last_message_at === null
        ? null
        : {
            id: row.conversation,
            lane,
            contactId: row.id,
            groupId: null,
            lastInboundAt: row.last_inbound_at,
            lastMessageAt: row.last_message_at,
          },
  };
}
