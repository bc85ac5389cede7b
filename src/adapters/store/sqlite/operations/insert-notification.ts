import type { InsertedNotification, InsertNotification } from '../../../../flows/outbound/take.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { get, run } from '../statement.ts';
import { appendOwnEvent } from './own-event.ts';
import { putNotification } from './put-notification.ts';

/** Keeps a new notification with its first event, or finds the one that the same idempotency key made. */
export function insertNotification(context: StoreContext, insert: InsertNotification): InsertedNotification {
  const { database } = context;
  return inTransaction(context, () => {
    const { notification, event, idempotency } = insert;
    if (idempotency !== null) {
      const earlier = get<{ notification: string; digest: string; refused: number }>(
        database,
        'select notification, digest, refused from idempotency where scope = ? and key = ?',
        idempotency.scope,
        idempotency.key,
      );
      if (earlier !== undefined && earlier.digest !== idempotency.digest) {
        return { outcome: 'conflict', notificationId: earlier.notification };
      }
      if (earlier !== undefined) {
        return {
          outcome: 'repeated',
          refused: earlier.refused === 1,
          notification: readNotification(context, earlier.notification),
        };
      }
      run(
        database,
        'insert into idempotency (scope, key, digest, notification, refused, created_at) values (?, ?, ?, ?, ?, ?)',
        idempotency.scope,
        idempotency.key,
        idempotency.digest,
        notification.id,
        notification.decision === 'refuse' ? 1 : 0,
        notification.createdAt,
      );
    }
    const laneId = context.ensureLane(notification.lane);
    const kept = { ...notification, position: appendOwnEvent(context, laneId, event) };
    putNotification(context, laneId, kept);
    return { outcome: 'inserted', notification: kept };
  });
}

function readNotification(context: StoreContext, id: string) {
  const row = get<NotificationRow>(context.database, 'select * from notifications where id = ?', id);
  if (row === undefined) throw new Error(`An idempotency key points at ${id}, which is not there.`);
  return notificationOfRow(row, context.laneName(row.lane));
}
