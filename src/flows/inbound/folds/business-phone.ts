import { effectiveTime } from '../../../domain/conversation.ts';
import { businessPhoneOf } from '../../../domain/lane.ts';
import type { Fold } from '../fold.ts';

/** Every event of Meta's in a business phone's lane is a sign of life of that phone. */
export const foldBusinessPhone: Fold = (event, draft) => {
  const businessPhoneId = businessPhoneOf(draft.lane);
  if (businessPhoneId === null || event.facts.fact === 'notification') return;
  const at = effectiveTime(event.occurredAt, event.receivedAt);
  draft.sawBusinessPhone(businessPhoneId, at, event.businessNumber);
};
