import { effectiveTime } from '../../../domain/conversation.ts';
import type { Fold } from '../fold.ts';

/** A notice that somebody's user id changed: the former and the present names are one person. */
export const foldIdentity: Fold = (event, draft) => {
  const { facts } = event;
  if (facts.fact !== 'identity') return;
  const sighting = { at: effectiveTime(event.occurredAt, event.receivedAt), key: event.key };
  const contact = draft.change(facts.change, sighting, {
    evidence: { kind: facts.change.kind, position: event.position },
  });
  if (contact !== null) draft.about(event.position, contact.id);
};
