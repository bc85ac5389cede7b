import { standingOptOuts } from '../../../../domain/opt-out.ts';
import type { ContactView, ShownContact } from '../../../../domain/views.ts';
import type { StoreContext } from '../context.ts';
import { type ContactRow, contactColumns, withConversation } from '../rows/contact-row.ts';
import { all } from '../statement.ts';
import { readPreferences } from './opt-outs.ts';
import { findPerson, viewOf } from './people.ts';

/** A page of people with their conversations, in the order in which they became known here. */
export function listContacts(
  context: StoreContext,
  query: { after: string | null; limit: number },
): ShownContact[] {
  return all<ContactRow>(
    context.database,
    `select ${contactColumns} from contacts ${withConversation}
     where contacts.merged_into is null and contacts.number > coalesce((select number from contacts where id = ?), 0)
     order by contacts.number limit ?`,
    query.after,
    query.limit,
  ).map((row) => shown(context, viewOf(context, row)));
}

/** The person who a contact is, all contacts that they are made one; null when there is no such contact. */
export function findContact(context: StoreContext, id: string): ShownContact | null {
  const person = findPerson(context, id);
  return person === null ? null : shown(context, person);
}

function shown(context: StoreContext, view: ContactView): ShownContact {
  const { lane, identifiers } = view.contact;
  // A number that passed on takes nobody's refusal with it.
  const current = identifiers.filter(({ until }) => until === null);
  return { ...view, optOuts: standingOptOuts(readPreferences(context, lane, current)) };
}
