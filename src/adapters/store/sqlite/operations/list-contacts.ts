import type { ContactView } from '../../../../domain/views.ts';
import type { StoreContext } from '../context.ts';
import { type ContactRow, contactColumns, contactOfRow, withConversation } from '../rows/contact-row.ts';
import { all, get } from '../statement.ts';

/** A page of contacts with their conversations, in the order in which they became known here. */
export function listContacts(
  context: StoreContext,
  query: { after: string | null; limit: number },
): ContactView[] {
  return all<ContactRow>(
    context.database,
    `select ${contactColumns} from contacts ${withConversation}
     where contacts.number > coalesce((select number from contacts where id = ?), 0)
     order by contacts.number limit ?`,
    query.after,
    query.limit,
  ).map((row) => contactOfRow(context, row));
}

/** One contact with its conversation, or null. */
export function findContact(context: StoreContext, id: string): ContactView | null {
  const row = get<ContactRow>(
    context.database,
    `select ${contactColumns} from contacts ${withConversation} where contacts.id = ?`,
    id,
  );
  return row === undefined ? null : contactOfRow(context, row);
}
