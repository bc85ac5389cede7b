import type { Notification } from '../../../../domain/notification.ts';
import { urgencies, urgencyOf } from '../../../../domain/pacing/urgency.ts';
import type { LaneChanges } from '../../../../flows/lane-state.ts';
import type { Statement } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';
import { holdTurns, renewTurns } from './turns.ts';

/** The columns of `notifications` with their types. */
const columns = {
  id: 'text',
  lane: 'integer',
  state: 'text',
  recipient: 'text',
  recipient_read: 'text',
  party: 'text',
  batch: 'text',
  urgency: 'smallint',
  queued_at: 'bigint',
  contact: 'text',
  content: 'text',
  fallback: 'text',
  holds: 'smallint',
  purpose: 'text',
  reference: 'text',
  meta_hold: 'smallint',
  played: 'smallint',
  decision: 'text',
  because: 'text',
  message_id: 'text',
  message: 'text',
  failure: 'text',
  attempts: 'integer',
  position: 'bigint',
  not_before: 'bigint',
  not_after: 'bigint',
  next_attempt_at: 'bigint',
  created_at: 'bigint',
  updated_at: 'bigint',
};

const names = Object.keys(columns);

/** What `json_to_recordset` calls notifications. */
export const givenNotifications = `given (${Object.entries(columns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

/** For the columns that are changed: what never changes is left out, so that no index has to be touched for it. */
const changing = names.filter((name) => !['id', 'lane', 'position', 'created_at'].includes(name));

/** The columns, and what an insert selects for them. */
export const notificationColumns = names.join(', ');
export const selectNotifications = (position: string) =>
  names
    .map((name) => (name === 'message' ? "decode(message, 'hex')" : name === 'position' ? position : name))
    .join(', ');

/** Writes whole notifications, each once, and whose turn it then is, also among those whom one of them has left. */
export function putNotifications(
  laneId: number,
  { notifications, leftParties }: Pick<LaneChanges, 'notifications' | 'leftParties'>,
  reference: (notification: Notification) => string | null,
): Statement[] {
  if (notifications.length === 0) return [];
  const last = [...new Map(notifications.map((notification) => [notification.id, notification])).values()];
  const rows = last.map((notification) => notificationRow(notification, laneId, reference(notification)));
  const parties = [...last.map(({ party }) => party), ...leftParties];
  return [
    holdTurns(laneId, parties),
    {
      sql: `insert into notifications (${notificationColumns})
        select ${selectNotifications('position')} from json_to_recordset($1::json) as ${givenNotifications} order by id
        on conflict (id) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      values: [rowsParameter(rows)],
    },
    renewTurns(laneId, parties),
  ];
}

/** A notification as a row for `json_to_recordset`; `reference` is the keyed hash of its wamid in hexadecimal digits. */
export function notificationRow(
  notification: Notification,
  laneId: number,
  reference: string | null,
): Record<keyof typeof columns, string | number | null> {
  return {
    id: notification.id,
    lane: laneId,
    state: notification.state,
    recipient: notification.to,
    recipient_read: JSON.stringify(notification.recipient),
    party: notification.party,
    batch: notification.batchId,
    urgency: urgencies.indexOf(urgencyOf(notification)),
    queued_at: Math.max(notification.createdAt, notification.notBefore ?? 0),
    contact: notification.contactId,
    content: JSON.stringify(notification.content),
    fallback: notification.fallback === null ? null : JSON.stringify(notification.fallback),
    holds: notification.holds ? 1 : 0,
    purpose: notification.purpose,
    reference: notification.reference,
    meta_hold: notification.metaHold ? 1 : 0,
    played: notification.played ? 1 : 0,
    decision: notification.decision,
    because: notification.because,
    message_id: notification.messageId,
    message: reference,
    failure: notification.failure === null ? null : JSON.stringify(notification.failure),
    attempts: notification.attempts,
    position: notification.position,
    not_before: notification.notBefore,
    not_after: notification.notAfter,
    next_attempt_at: notification.nextAttemptAt,
    created_at: notification.createdAt,
    updated_at: notification.updatedAt,
  };
}
