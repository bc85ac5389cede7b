import { windowAt } from '../../domain/conversation.ts';
import { afterOpening } from '../../domain/notification-life.ts';
import type { LaneDraft } from '../lane-draft.ts';
import type { FoldEvent } from './fold.ts';

/**
 * Somebody wrote or called: what was held for them until then has its turn. What is read again after an upgrade, or
 * came so late that the window has closed meanwhile, releases nothing.
 */
export function releaseHeld(draft: LaneDraft, contactId: string, event: FoldEvent): void {
  const now = event.receivedAt;
  if (event.replayed || !windowAt(draft.lastInboundAt(contactId), now).open) return;
  for (const notification of draft.heldFor(contactId)) draft.putNotification(afterOpening(notification, now));
}
