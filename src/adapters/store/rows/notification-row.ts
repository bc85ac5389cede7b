import type { Lane } from '../../../domain/lane.ts';
import type { Notification } from '../../../domain/notification.ts';

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
  holds: number;
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
    holds: row.holds === 1,
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
