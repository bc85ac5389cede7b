import type { FailureCode } from '../../../../domain/failure.ts';
import type { NotificationState } from '../../../../domain/notification.ts';
import type { NotificationCount, NotificationStory } from '../../../../domain/views.ts';
import { earliestNotificationId } from '../../../../flows/outbound/new-notification-id.ts';
import { asRareState } from '../../rare-states.ts';
import { type AttemptRow, attemptOfRow } from '../../rows/attempt-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';
import { readCharge } from './charges.ts';
import { readStatuses } from './read-statuses.ts';

/** A page of notifications in the order in which they were taken, or from the newest back. */
export function listNotifications(
  context: StoreContext,
  query: {
    after: string | null;
    limit: number;
    state: NotificationState | null;
    failure?: FailureCode | null;
    newest?: boolean;
  },
): NotificationStory[] {
  const newest = query.newest === true;
  return all<NotificationRow>(
    context.database,
    `select * from notifications
     where position ${newest ? '<' : '>'} coalesce((select position from notifications where id = ?), ?)
       ${query.state === null ? '' : 'and state = ?'} ${asRareState(query.state)}
       and (? is null or failure ->> '$.code' = ?)
     order by position ${newest ? 'desc' : 'asc'} limit ?`,
    query.after,
    newest ? Number.MAX_SAFE_INTEGER : 0,
    ...(query.state === null ? [] : [query.state]),
    query.failure ?? null,
    query.failure ?? null,
    query.limit,
  ).map((row) => storyOf(context, row));
}

/** How many were taken since a time in milliseconds, by state and failure, the most first. Ids begin with the time. */
export function countNotifications({ database }: StoreContext, since: number): NotificationCount[] {
  return all<NotificationCount>(
    database,
    `select state, failure ->> '$.code' as failure, count(*) as count from notifications
     where id >= ? and created_at >= ?
     group by 1, 2 order by 3 desc, 1, 2`,
    earliestNotificationId(since),
    since,
  );
}

/** One notification with its attempts and the statuses of its message, or null. */
export function findNotification(context: StoreContext, id: string): NotificationStory | null {
  const row = get<NotificationRow>(context.database, 'select * from notifications where id = ?', id);
  return row === undefined ? null : storyOf(context, row);
}

function storyOf(context: StoreContext, row: NotificationRow): NotificationStory {
  const found = notificationOfRow(row, context.laneName(row.lane));
  const notification = { ...found, contactId: survivorOf(context, found.contactId) };
  return {
    notification,
    attempts: all<AttemptRow>(
      context.database,
      'select * from attempts where notification = ? order by number',
      row.id,
    ).map(attemptOfRow),
    statuses: notification.messageId === null ? [] : readStatuses(context, notification.messageId),
    charge: notification.messageId === null ? null : readCharge(context, notification.messageId),
  };
}

/** The contact under which a contact is shown. */
function survivorOf({ database }: StoreContext, contactId: string | null): string | null {
  if (contactId === null) return null;
  return (
    get<{ merged_into: string | null }>(database, 'select merged_into from contacts where id = ?', contactId)
      ?.merged_into ?? contactId
  );
}
