import { effectiveTime } from '../../../domain/conversation.ts';
import { namesTwice } from '../../../domain/person.ts';
import type { Fold } from '../fold.ts';

/** What changes nothing else still belongs to the person it is about, and may say that two contacts are one. */
export const foldOther: Fold = (event, draft) => {
  if (event.facts.fact !== 'other' || event.facts.person === null) return;
  const { person } = event.facts;
  const sighting = { at: effectiveTime(event.occurredAt, event.receivedAt), key: event.key };
  const contact = namesTwice(person.identifiers)
    ? draft.meet(person, sighting, { evidence: { kind: 'pair', position: event.position } })
    : draft.contactNamed(person.identifiers, sighting.at);
  if (contact !== null) draft.about(event.position, contact.id);
};
