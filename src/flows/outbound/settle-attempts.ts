import { keyOfId } from '../../domain/id.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Attempt, Notification } from '../../domain/notification.ts';
import { afterAttempt, afterStatuses } from '../../domain/notification-life.ts';
import { identifiersOf, identifiersOfAnswer } from '../../domain/recipient.ts';
import { failureOfMetaError } from '../../whatsapp/error-catalogue.ts';
import type { Sighting } from '../contact-groups.ts';
import type { LaneCommit } from '../inbound/fold-lane.ts';
import { STOPPED_MARKETING } from '../inbound/folds/preference.ts';
import { draftOf, type LaneDraft } from '../lane-draft.ts';
import type { Fence, Unsettled } from '../lane-state.ts';
import { trackInThread } from '../track-in-thread.ts';

/** What settling asks of the store. */
export type SettleStore = {
  /** Recorded results that are not in the state yet, oldest first, with the state that they touch. */
  readUnsettled(lane: Lane, limit: number): Promise<Unsettled>;
  commitLane(commit: LaneCommit): Promise<void>;
};

const BATCH = 256;

/**
 * Takes recorded attempt results into the state: Meta's answer names the message and the person, statuses
 * that came early are applied, a retry is set or an end is written.
 *
 * @param jitter gives numbers from 0 to 1
 * @param settled told of every notification that changed, after the commit
 * @returns true when there may be more
 */
export async function settleAttempts(
  fence: Fence,
  store: SettleStore,
  context: { clock: { now(): number }; jitter: () => number; settled(notification: Notification): void },
): Promise<boolean> {
  const { attempts, state } = await store.readUnsettled(fence.lane, BATCH);
  if (attempts.length === 0) return false;
  const draft = draftOf(fence.lane, state);
  for (const attempt of attempts) {
    settle(attempt, draft, { now: context.clock.now(), jitter: context.jitter() });
  }
  const changes = draft.changes();
  await store.commitLane({
    fence,
    settledAttempts: attempts.map((attempt) => attempt.id),
    changes,
  });
  for (const notification of changes.notifications) context.settled(notification);
  return true;
}

function settle(attempt: Attempt, draft: LaneDraft, context: { now: number; jitter: number }): void {
  const before = draft.notification(attempt.notificationId);
  if (before === null) return;
  let notification = afterAttempt(before, attempt, context);
  const { result } = attempt;
  if (result.outcome === 'accepted') {
    const sighting: Sighting = { at: attempt.finishedAt, key: keyOfId(notification.id) };
    const person = { identifiers: identifiersOfAnswer(result), name: null };
    // What Meta names in the answer for a group is the group: nobody.
    const toGroup = notification.recipient.kind === 'group';
    const contact = toGroup
      ? null
      : draft.meet(person, sighting, {
          evidence: { kind: 'answer', attemptId: attempt.id },
          confirms: true,
          knownAs: notification.contactId,
        });
    if (contact !== null && contact.id !== notification.contactId) {
      notification = { ...notification, contactId: contact.id };
    }
    draft.putNotification(notification);
    notification = afterStatuses(notification, draft.statusesOf(result.messageId), failureOfMetaError);
    draft.putNotification(notification);
    trackInThread(notification, sighting, draft);
    return;
  }
  draft.putNotification(notification);
  if (result.outcome === 'refused' && result.failure.metaCode === STOPPED_MARKETING) {
    const contact = notification.contactId === null ? null : draft.contact(notification.contactId);
    draft.putPreference([...identifiersOf(notification.recipient), ...(contact?.identifiers ?? [])], {
      purpose: 'marketing',
      optedOut: true,
      at: attempt.finishedAt,
      key: keyOfId(notification.id),
      evidence: `WhatsApp: #${STOPPED_MARKETING}`,
    });
  }
}
