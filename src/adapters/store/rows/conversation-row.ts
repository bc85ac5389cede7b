import type { Conversation } from '../../../domain/conversation.ts';
import type { Lane } from '../../../domain/lane.ts';

/** A row of `conversations`. */
export type ConversationRow = {
  id: string;
  lane: number;
  /** The id of the contact. */
  contact_id: string | null;
  group_id: string | null;
  last_inbound_at: number | null;
  last_message_at: number;
};

/** What to select of `conversations`. */
export const conversationColumns = `conversations.*,
  (select id from contacts where number = conversations.contact) as contact_id`;

/** A conversation from its row. */
export function conversationOfRow(row: ConversationRow, lane: Lane): Conversation {
  return {
    id: row.id,
    lane,
    contactId: row.contact_id,
    groupId: row.group_id,
    lastInboundAt: row.last_inbound_at,
    lastMessageAt: row.last_message_at,
  };
}
