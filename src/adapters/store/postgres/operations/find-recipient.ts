import type { Lane } from '../../../../domain/lane.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { ContactView } from '../../../../domain/views.ts';
import { lanePeople } from '../../../../flows/lane-people.ts';
import { noSubjects } from '../../fold-subjects.ts';
import type { PostgresContext } from '../context.ts';
import { loadState } from './load-state.ts';
import { findPerson } from './people.ts';

/** The person with this contact id, or else the one whom the identifiers name, with the conversation. */
export async function findRecipient(
  context: PostgresContext,
  lane: Lane,
  contactId: string | null,
  identifiers: Identifier[],
): Promise<ContactView | null> {
  if (contactId !== null) {
    const view = await findPerson(context, contactId);
    return view?.contact.lane === lane ? view : null;
  }
  const state = await loadState(context, lane, { ...noSubjects(), identifiers });
  const named = lanePeople(lane, state).recipientNamed(identifiers);
  return named === null ? null : findPerson(context, named.id);
}
