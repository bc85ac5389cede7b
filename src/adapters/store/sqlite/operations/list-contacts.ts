import { standingOptOuts } from '../../../../domain/opt-out.ts';
import { phoneNumberVariants } from '../../../../domain/phone-number.ts';
import { searchDigits, searchText } from '../../../../domain/search-text.ts';
import type { ContactView, ShownContact } from '../../../../domain/views.ts';
import { type ContactRow, contactColumns, withConversation } from '../../rows/contact-row.ts';
import type { StoreContext } from '../context.ts';
import { all } from '../statement.ts';
import { readPreferences } from './opt-outs.ts';
import { findPerson, viewOf } from './people.ts';

/**
 * A page of people with their conversations, in the order in which they became known here.
 *
 * @param query.search part of a name, a number, a user id or a username, which any of their contacts has; null for
 *   everybody
 */
export function listContacts(
  context: StoreContext,
  query: { after: string | null; limit: number; search: string | null },
): ShownContact[] {
  const { after, limit, search } = query;
  const rows =
    search === null
      ? all<ContactRow>(
          context.database,
          `select ${contactColumns} from contacts ${withConversation} where ${pagedPeople}`,
          after,
          limit,
        )
      : all<ContactRow>(
          context.database,
          `with found (number) as (
             select number from contacts where instr(search_text(name), ?) > 0
             union select contact from identifiers
               where instr(search_text(value), ?) > 0 or instr(search_text(value), ?) > 0)
           select ${contactColumns} from contacts ${withConversation}
           where (contacts.number in (select number from found)
             or contacts.id in (select merged_into from contacts where number in (select number from found)))
             and ${pagedPeople}`,
          searchText(search),
          ...spellingsOf(search),
          after,
          limit,
        );
  return rows.map((row) => shown(context, viewOf(context, row)));
}

/** What to look for among identifiers: a number in both of its spellings. */
function spellingsOf(search: string): [string, string] {
  const digits = searchDigits(search);
  if (digits === null) return [searchText(search), searchText(search)];
  const [first = digits, second = digits] = phoneNumberVariants(digits);
  return [first, second];
}

const pagedPeople = `contacts.merged_into is null
  and contacts.number > coalesce((select number from contacts where id = ?), 0) order by contacts.number limit ?`;

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
