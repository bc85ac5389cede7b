import type { Fold } from '../fold.ts';

/** What changes no state still belongs to the person it is about, when that person is known. */
export const foldOther: Fold = (event, draft) => {
  if (event.facts.fact !== 'other' || event.facts.person === null) return;
  const contact = draft.contactOf(event.facts.person.identifiers);
  if (contact !== null) draft.about(event.position, contact.id);
};
