import { standingOptOuts } from '../../../../domain/opt-out.ts';
import { phoneNumberVariants } from '../../../../domain/phone-number.ts';
import { searchDigits, searchText } from '../../../../domain/search-text.ts';
import type { ContactView, ShownContact } from '../../../../domain/views.ts';
import { type ContactRow, contactColumns, withConversation } from '../../rows/contact-row.ts';
import type { PostgresContext } from '../context.ts';
import { readPreferencesOf } from './opt-outs.ts';
import { findPerson, viewsOf } from './people.ts';

/**
 * A page of people with their conversations, in the order in which they became known here.
 *
 * @param query.search part of a name, a number, a user id or a username, which any of their contacts has; null for
 *   everybody
 */
export async function listContacts(
  context: PostgresContext,
  query: { after: string | null; limit: number; search: string | null },
): Promise<ShownContact[]> {
  const { after, limit, search } = query;
  const rows =
    search === null
      ? await context.database.all<ContactRow>(
          `select ${contactColumns} from contacts ${withConversation} where ${pagedPeople}`,
          after,
          limit,
        )
      : await context.database.all<ContactRow>(
          `with found as (
             select coalesce(merged_into, id) as id from contacts
             where strpos(search_name, $3) > 0
               or strpos(search_identifiers, $4) > 0 or strpos(search_identifiers, $5) > 0)
           select ${contactColumns} from contacts ${withConversation}
           where contacts.id in (select id from found) and ${pagedPeople}`,
          after,
          limit,
          searchText(search),
          ...spellingsOf(search),
        );
  return shown(context, await viewsOf(context, rows));
}

/** What to look for among identifiers: a number in both of its spellings. */
function spellingsOf(search: string): [string, string] {
  const digits = searchDigits(search);
  if (digits === null) return [searchText(search), searchText(search)];
  const [first = digits, second = digits] = phoneNumberVariants(digits);
  return [first, second];
}

const pagedPeople = `contacts.merged_into is null
  and contacts.number > coalesce((select number from contacts where id = $1), 0) order by contacts.number limit $2`;

/** The person who a contact is, all contacts that they are made one; null when there is no such contact. */
export async function findContact(context: PostgresContext, id: string): Promise<ShownContact | null> {
  const person = await findPerson(context, id);
  return person === null ? null : ((await shown(context, [person]))[0] ?? null);
}

async function shown(context: PostgresContext, views: readonly ContactView[]): Promise<ShownContact[]> {
  const preferences = await readPreferencesOf(
    context,
    // A number that passed on takes nobody's refusal with it.
    views.map(({ contact }) => ({
      lane: contact.lane,
      identifiers: contact.identifiers.filter(({ until }) => until === null),
    })),
  );
  return views.map((view, index) => ({ ...view, optOuts: standingOptOuts(preferences[index] ?? []) }));
}
