import type { ContactView } from '../../../../domain/views.ts';
import type { StoreContext } from '../context.ts';
import { type ContactRow, contactOfRow } from '../rows/contact-row.ts';
import { type ConversationRow, conversationOfRow } from '../rows/conversation-row.ts';
import { all, get } from '../statement.ts';

/** A page of contacts with their conversations, in the order in which they became known here. */
export function listContacts(
  context: StoreContext,
  query: { after: string | null; limit: number },
): ContactView[] {
  return all<ContactRow>(
    context.database,
    `select * from contacts where number > coalesce((select number from contacts where id = ?), 0)
     order by number limit ?`,
    query.after,
    query.limit,
  ).map((row) => viewOf(context, row));
}

/** One contact with its conversation, or null. */
export function findContact(context: StoreContext, id: string): ContactView | null {
  const row = get<ContactRow>(context.database, 'select * from contacts where id = ?', id);
  return row === undefined ? null : viewOf(context, row);
}

function viewOf(context: StoreContext, row: ContactRow): ContactView {
  const conversation = get<ConversationRow>(
    context.database,
    'select * from conversations where contact = ?',
    row.id,
  );
  return {
    contact: contactOfRow(context, row),
    conversation:
      conversation === undefined ? null : conversationOfRow(conversation, context.laneName(row.lane)),
  };
}
