import type { Lane } from '../../../../domain/lane.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { ContactView } from '../../../../domain/views.ts';
import { lanePeople } from '../../../../flows/lane-people.ts';
import { noSubjects } from '../../fold-subjects.ts';
import type { StoreContext } from '../context.ts';
import { loadState } from './load-state.ts';
import { findPerson } from './people.ts';

/** The person with this contact id, or else the one whom the identifiers name, with the conversation. */
export function findRecipient(
  context: StoreContext,
  lane: Lane,
  contactId: string | null,
  identifiers: Identifier[],
): ContactView | null {
  if (contactId !== null) {
    const view = findPerson(context, contactId);
    return view?.contact.lane === lane ? view : null;
  }
  const named = lanePeople(lane, loadState(context, lane, { ...noSubjects(), identifiers })).recipientNamed(
    identifiers,
  );
  return named === null ? null : findPerson(context, named.id);
}
