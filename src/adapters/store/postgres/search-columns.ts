import type { Contact } from '../../../domain/contact.ts';
import { searchText } from '../../../domain/search-text.ts';

/** What a list of people is searched by, as columns of a contact. No identifier holds the line break between them. */
export function searchColumns({
  name,
  identifiers,
}: Pick<Contact, 'name'> & { identifiers: readonly { value: string }[] }): {
  search_name: string;
  search_identifiers: string;
} {
  return {
    search_name: searchText(name ?? ''),
    search_identifiers: identifiers.map(({ value }) => searchText(value)).join('\n'),
  };
}
