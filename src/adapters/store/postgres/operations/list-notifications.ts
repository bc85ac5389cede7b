import type { FailureCode } from '../../../../domain/failure.ts';
import type { NotificationState } from '../../../../domain/notification.ts';
import type { NotificationCount, NotificationStory } from '../../../../domain/views.ts';
import { earliestNotificationId } from '../../../../flows/outbound/new-notification-id.ts';
import { asRareState } from '../../rare-states.ts';
import { type AttemptRow, attemptOfRow } from '../../rows/attempt-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import type { PostgresContext } from '../context.ts';
import { readCharges } from './charges.ts';
import { readStatusesOf } from './load-state.ts';

/** Cut out as text: Meta's words beside the code may hold what PostgreSQL's JSON does not take. */
const failureCode = `substring(failure from '"code":"([^"]+)"')`;

/** A page of notifications in the order in which they were taken, or from the newest back. */
export async function listNotifications(
  context: PostgresContext,
  query: {
    after: string | null;
    limit: number;
    state: NotificationState | null;
    failure?: FailureCode | null;
    newest?: boolean;
  },
): Promise<NotificationStory[]> {
  const newest = query.newest === true;
  const rows = await context.database.all<NotificationRow>(
    `select * from notifications
     where position ${newest ? '<' : '>'} coalesce((select position from notifications where id = $1), $4::bigint)
       and ($2::text is null or state = $2) ${asRareState(query.state)}
       and ($5::text is null or ${failureCode} = $5)
     order by position ${newest ? 'desc' : 'asc'} limit $3`,
    query.after,
    query.state,
    query.limit,
    newest ? Number.MAX_SAFE_INTEGER : 0,
    query.failure ?? null,
  );
  return storiesOf(context, rows);
}

/** How many were taken since a time in milliseconds, by state and failure, the most first. Ids begin with the time. */
export function countNotifications(
  { database }: PostgresContext,
  since: number,
): Promise<NotificationCount[]> {
  return database.all<NotificationCount>(
    `select state, ${failureCode} as failure, count(*) as count from notifications
     where id >= $1 and created_at >= $2
     group by 1, 2 order by 3 desc, 1, 2`,
    earliestNotificationId(since),
    since,
  );
}

/** One notification with its attempts and the statuses of its message, or null. */
export async function findNotification(
  context: PostgresContext,
  id: string,
): Promise<NotificationStory | null> {
  const rows = await context.database.all<NotificationRow>('select * from notifications where id = $1', id);
  return (await storiesOf(context, rows))[0] ?? null;
}

async function storiesOf(
  context: PostgresContext,
  rows: readonly NotificationRow[],
): Promise<NotificationStory[]> {
  if (rows.length === 0) return [];
  const { database } = context;
  const laneName = await context.laneNames(rows);
  const messageIds = rows.flatMap(({ message_id: id }) => id ?? []);
  const contactIds = rows.flatMap(({ contact }) => contact ?? []);
  const [attempts, statuses, charges, merged] = await Promise.all([
    database.all<AttemptRow>(
      'select * from attempts where notification = any($1::text[]) order by notification, number',
      rows.map(({ id }) => id),
    ),
    readStatusesOf(context, messageIds),
    readCharges(context, messageIds),
    database.all<{ id: string; merged_into: string }>(
      'select id, merged_into from contacts where id = any($1::text[]) and merged_into is not null',
      contactIds,
    ),
  ]);
  const attemptsOf = Map.groupBy(attempts, ({ notification }) => notification);
  // The contact under which a contact is shown.
  const survivors = new Map(merged.map(({ id, merged_into: survivor }) => [id, survivor]));
  return rows.map((row): NotificationStory => {
    const found = notificationOfRow(row, laneName(row.lane));
    const { contactId, messageId } = found;
    return {
      notification: {
        ...found,
        contactId: contactId === null ? null : (survivors.get(contactId) ?? contactId),
      },
      attempts: (attemptsOf.get(row.id) ?? []).map(attemptOfRow),
      statuses: messageId === null ? [] : (statuses.get(messageId) ?? []),
      charge: messageId === null ? null : (charges.get(messageId) ?? null),
    };
  });
}
