import type { Notification } from '../../../../domain/notification.ts';
import { urgencies, urgencyOf } from '../../../../domain/pacing/urgency.ts';
import type { StoreContext } from '../context.ts';
import { get, run } from '../statement.ts';
import { renewTurns } from './renew-turns.ts';

const columns = [
  'id',
  'lane',
  'state',
  'recipient',
  'recipient_read',
  'party',
  'batch',
  'urgency',
  'queued_at',
  'contact',
  'content',
  'fallback',
  'holds',
  'purpose',
  'reference',
  'meta_hold',
  'played',
  'decision',
  'because',
  'message_id',
  'message',
  'failure',
  'attempts',
  'position',
  'not_before',
  'not_after',
  'next_attempt_at',
  'created_at',
  'updated_at',
];

const insertOrReplace = `insert or replace into notifications (${columns.join(', ')})
  values (${columns.map(() => '?').join(', ')})`;

/** Writes a whole notification, and whose turn it then is. */
export function putNotification(context: StoreContext, laneId: number, notification: Notification): void {
  const before = get<{ state: Notification['state'] }>(
    context.database,
    'select state from notifications where id = ?',
    notification.id,
  );
  run(
    context.database,
    insertOrReplace,
    notification.id,
    laneId,
    notification.state,
    notification.to,
    JSON.stringify(notification.recipient),
    notification.party,
    notification.batchId,
    urgencies.indexOf(urgencyOf(notification)),
    Math.max(notification.createdAt, notification.notBefore ?? 0),
    notification.contactId,
    JSON.stringify(notification.content),
    notification.fallback === null ? null : JSON.stringify(notification.fallback),
    notification.holds ? 1 : 0,
    notification.purpose,
    notification.reference,
    notification.metaHold ? 1 : 0,
    notification.played ? 1 : 0,
    notification.decision,
    notification.because,
    notification.messageId,
    notification.messageId === null ? null : context.messageReference(notification.messageId),
    notification.failure === null ? null : JSON.stringify(notification.failure),
    notification.attempts,
    notification.position,
    notification.notBefore,
    notification.notAfter,
    notification.nextAttemptAt,
    notification.createdAt,
    notification.updatedAt,
  );
  if (takesTurns(notification.state) || (before !== undefined && takesTurns(before.state))) {
    renewTurns(context, laneId, notification.party);
  }
}

/** Whether a notification of this state has a say in whose turn it is. */
function takesTurns(state: Notification['state']): boolean {
  return state === 'queued' || state === 'sending';
}
