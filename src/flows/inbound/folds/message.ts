import { effectiveTime, withInbound } from '../../../domain/conversation.ts';
import type { Fold } from '../fold.ts';
import { releaseHeld } from '../release-held.ts';

/** A message registers its sender, opens the window and joins the thread, once per message id. */
export const foldMessage: Fold = (event, draft) => {
  const { facts } = event;
  if (facts.fact !== 'message') return;
  const sighting = { at: effectiveTime(event.occurredAt, event.receivedAt), key: event.key };
  const contact =
    facts.change === null
      ? draft.meet(facts.sender, sighting, {
          evidence: { kind: 'pair', position: event.position },
          wroteIn: facts.opensWindow,
          confirms: facts.opensWindow,
        })
      : draft.change(facts.change, sighting, {
          evidence: { kind: facts.change.kind, position: event.position },
        });
  if (contact !== null) draft.about(event.position, contact.id);

  if (facts.messageId !== null && draft.hasMessage(facts.messageId)) return;
  const party = facts.groupId !== null ? { groupId: facts.groupId } : contact && { contactId: contact.id };
  if (party === null) return;
  const conversation = draft.conversationWith(party, sighting);
  draft.putConversation(withInbound(conversation, { at: sighting.at, opensWindow: facts.opensWindow }));
  draft.putMessage({
    position: event.position,
    conversationId: conversation.id,
    direction: 'in',
    at: sighting.at,
    messageId: facts.messageId,
    notificationId: null,
  });
  if (facts.opensWindow && facts.groupId === null && contact !== null) releaseHeld(draft, contact.id, event);
};
