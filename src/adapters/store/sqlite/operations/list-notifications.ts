import type { Attempt, Notification, NotificationState } from '../../../../domain/notification.ts';
import type { Status } from '../../../../domain/status.ts';
import type { StoreContext } from '../context.ts';
import { type AttemptRow, attemptOfRow } from '../rows/attempt-row.ts';
import { type NotificationRow, notificationOfRow } from '../rows/notification-row.ts';
import { readStatuses } from '../rows/status-row.ts';
import { all, get } from '../statement.ts';

/** A page of notifications in the order in which they were taken. */
export function listNotifications(
  context: StoreContext,
  query: { after: string | null; limit: number; state: NotificationState | null },
): Notification[] {
  return all<NotificationRow>(
    context.database,
    `select * from notifications
     where position > coalesce((select position from notifications where id = ?), 0)
       and (? is null or state = ?)
     order by position limit ?`,
    query.after,
    query.state,
    query.state,
    query.limit,
  ).map((row) => notificationOfRow(row, context.laneName(row.lane)));
}

/** One notification with its attempts and the statuses of its message, or null. */
export function findNotification(
  context: StoreContext,
  id: string,
): { notification: Notification; attempts: Attempt[]; statuses: Status[] } | null {
  const row = get<NotificationRow>(context.database, 'select * from notifications where id = ?', id);
  if (row === undefined) return null;
  const notification = notificationOfRow(row, context.laneName(row.lane));
  return {
    notification,
    attempts: all<AttemptRow>(
      context.database,
      'select * from attempts where notification = ? order by number',
      id,
    ).map(attemptOfRow),
    statuses: notification.messageId === null ? [] : readStatuses(context, notification.messageId),
  };
}
