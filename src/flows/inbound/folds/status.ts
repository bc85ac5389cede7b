import { effectiveTime } from '../../../domain/conversation.ts';
import { afterStatus } from '../../../domain/notification-life.ts';
import type { Status } from '../../../domain/status.ts';
import { failureOfMetaError } from '../../../whatsapp/error-catalogue.ts';
import { trackInThread } from '../../track-in-thread.ts';
import type { Fold } from '../fold.ts';

/**
 * A status moves its notification up the ladder. One that comes before we know the message id waits in the
 * status table, where settling the attempt finds it; one that carries our own id settles by that.
 */
export const foldStatus: Fold = (event, draft) => {
  const { facts } = event;
  if (facts.fact !== 'status') return;
  const at = effectiveTime(event.occurredAt, event.receivedAt);
  const known = draft.contactOf(facts.recipient.identifiers);
  const status: Status = {
    messageId: facts.messageId,
    name: facts.name,
    participant: facts.participant,
    at,
    key: event.key,
    errors: facts.errors,
    callbackData: facts.callbackData,
    recipient: facts.recipient.identifiers,
  };
  if (!alreadyFolded(status, draft.statusesOf(status.messageId))) draft.putStatus(status);

  const before =
    draft.notificationOfMessage(facts.messageId) ??
    (facts.callbackData === null ? null : draft.notification(facts.callbackData));
  if (before === null) {
    if (known !== null) draft.about(event.position, known.id);
    return;
  }
  let after = afterStatus(before, status, failureOfMetaError);
  if (after.contactId === null) {
    const contact = draft.meet(facts.recipient, { at, key: event.key }, false);
    if (contact !== null) after = { ...after, contactId: contact.id };
  }
  draft.putNotification(after);
  if (after.messageId !== before.messageId || after.contactId !== before.contactId) {
    trackInThread(after, { at, key: event.key }, draft);
  }
  if (after.contactId !== null) draft.about(event.position, after.contactId);
};

function alreadyFolded(status: Status, folded: readonly Status[]): boolean {
  return folded.some(
    (other) =>
      other.name === status.name &&
      other.participant === status.participant &&
      (other.at < status.at || (other.at === status.at && other.key <= status.key)),
  );
}
