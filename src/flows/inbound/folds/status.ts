import { effectiveTime } from '../../../domain/conversation.ts';
import type { Evidence } from '../../../domain/merge.ts';
import { afterStatuses } from '../../../domain/notification-life.ts';
import { namesTwice } from '../../../domain/person.ts';
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
  const sighting = { at, key: event.key };
  const evidence: Evidence = { kind: 'pair', position: event.position };
  // A status that names one person twice makes them known; one that names them once only finds them.
  const known = namesTwice(facts.recipient.identifiers)
    ? draft.meet(facts.recipient, sighting, { evidence })
    : draft.contactNamed(facts.recipient.identifiers, at);
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
  let after = afterStatuses(before, draft.statusesOf(status.messageId), failureOfMetaError);
  // A message to a group is about none of its people alone.
  const toGroup = before.recipient.kind === 'group';
  if (after.contactId === null && !toGroup) {
    const contact = draft.meet(facts.recipient, sighting, { evidence });
    if (contact !== null) after = { ...after, contactId: contact.id };
  }
  draft.putNotification(after);
  if (after.messageId !== before.messageId || after.contactId !== before.contactId) {
    trackInThread(after, sighting, draft);
  }
  const about = toGroup ? known?.id : after.contactId;
  if (about != null) draft.about(event.position, about);
};

function alreadyFolded(status: Status, folded: readonly Status[]): boolean {
  return folded.some(
    (other) =>
      other.name === status.name &&
      other.participant === status.participant &&
      (other.at < status.at || (other.at === status.at && other.key <= status.key)),
  );
}
