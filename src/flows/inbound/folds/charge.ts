import { effectiveTime } from '../../../domain/conversation.ts';
import type { Fold } from '../fold.ts';

/**
 * What a status says of the price is kept with its message, whether or not we sent it: it is charged to the
 * business phone all the same.
 */
export const foldCharge: Fold = (event, draft) => {
  const { facts } = event;
  if (facts.fact !== 'status' || facts.pricing === null) return;
  draft.putCharge({
    messageId: facts.messageId,
    at: effectiveTime(event.occurredAt, event.receivedAt),
    key: event.key,
    pricing: facts.pricing,
    conversation: facts.conversation,
  });
};
