import type { Lane } from '../../../../domain/lane.ts';
import type { Identifier } from '../../../../domain/person.ts';
import type { ContactView } from '../../../../domain/views.ts';
import type { StoreContext } from '../context.ts';
import { loadState, noSubjects } from './load-state.ts';

/** The contact with this id, or else the first one that the identifiers name, with the conversation. */
export function findRecipient(
  context: StoreContext,
  lane: Lane,
  contactId: string | null,
  identifiers: Identifier[],
): ContactView | null {
  const state = loadState(context, lane, {
    ...noSubjects(),
    contactIds: contactId === null ? [] : [contactId],
    identifiers,
  });
  const named = identifiers.flatMap(({ kind, value }) =>
    state.contacts.filter((contact) =>
      contact.identifiers.some((own) => own.kind === kind && own.value === value),
    ),
  );
  const contact = contactId === null ? named[0] : state.contacts[0];
  if (contact === undefined) return null;
  const conversation = state.conversations.find((candidate) => candidate.contactId === contact.id);
  return { contact, conversation: conversation ?? null };
}
