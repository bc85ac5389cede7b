import type { Lane } from '../../../../domain/lane.ts';
import type { Notification } from '../../../../domain/notification.ts';
import { urgencies, urgencyOf } from '../../../../domain/pacing/urgency.ts';
import type { StoreContext } from '../context.ts';
import { get, run } from '../statement.ts';
import { renewTurns } from './turn-row.ts';

/** A row of `notifications`. */
export type NotificationRow = {
  id: string;
  lane: number;
  state: Notification['state'];
  recipient: string;
  recipient_read: string;
  party: string;
  batch: string | null;
  contact: string | null;
  content: string;
  fallback: string | null;
  purpose: Notification['purpose'];
  reference: string | null;
  meta_hold: number;
  played: number;
  decision: Notification['decision'];
  because: string;
  message_id: string | null;
  failure: string | null;
  attempts: number;
  position: number;
  not_before: number | null;
  not_after: number;
  next_attempt_at: number | null;
  created_at: number;
  updated_at: number;
};

/** A notification from its row. */
export function notificationOfRow(row: NotificationRow, lane: Lane): Notification {
  return {
    id: row.id,
    lane,
    to: row.recipient,
    recipient: JSON.parse(row.recipient_read),
    party: row.party,
    batchId: row.batch,
    contactId: row.contact,
    content: JSON.parse(row.content),
    fallback: row.fallback === null ? null : JSON.parse(row.fallback),
    purpose: row.purpose,
    reference: row.reference,
    state: row.state,
    metaHold: row.meta_hold === 1,
    played: row.played === 1,
    decision: row.decision,
    because: row.because,
    messageId: row.message_id,
    failure: row.failure === null ? null : JSON.parse(row.failure),
    attempts: row.attempts,
    position: row.position,
    notBefore: row.not_before,
    notAfter: row.not_after,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

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
