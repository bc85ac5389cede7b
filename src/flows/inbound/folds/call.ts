import { effectiveTime, withInbound } from '../../../domain/conversation.ts';
import type { Fold } from '../fold.ts';
import { releaseHeld } from '../release-held.ts';

/**
 * Somebody who calls the business gets in touch with it as by a message: they are registered, and the window opens
 * (meta-facts §6, §9), from when the call began. What the business itself calls opens nothing.
 */
export const foldCall: Fold = (event, draft) => {
  const { facts } = event;
  if (facts.fact !== 'call') return;
  const told = effectiveTime(event.occurredAt, event.receivedAt);
  const sighting = { at: Math.min(told, facts.beganAt ?? told), key: event.key };
  const contact = draft.meet(facts.person, sighting, {
    evidence: { kind: 'pair', position: event.position },
    wroteIn: true,
    confirms: true,
  });
  if (contact === null) return;
  draft.about(event.position, contact.id);
  const conversation = draft.conversationWith({ contactId: contact.id }, sighting);
  draft.putConversation(withInbound(conversation, { at: sighting.at, opensWindow: true }));
  releaseHeld(draft, contact.id, event);
};
