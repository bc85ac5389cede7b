import type { InsertedNotification, InsertNotification } from '../../../../flows/outbound/take.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import type { PostgresContext } from '../context.ts';
import { rowsParameter } from '../safe-text.ts';
import { ownEventRow } from './own-events.ts';
import {
  givenNotifications,
  notificationColumns,
  notificationRow,
  selectNotifications,
} from './put-notifications.ts';
import { holdTurns, renewTurns } from './turns.ts';

/** Keeps a new notification with its first event, or finds the one that the same idempotency key made. */
export async function insertNotification(
  context: PostgresContext,
  { notification, event, idempotency }: InsertNotification,
): Promise<InsertedNotification> {
  const { database } = context;
  const laneId = await context.ensureLane(notification.lane);
  const rows = await database.commit([
    holdTurns(laneId, [notification.party]),
    {
      sql: insertSql,
      values: [
        idempotency?.scope ?? null,
        idempotency?.key ?? null,
        idempotency?.digest ?? null,
        notification.id,
        notification.decision === 'refuse' ? 1 : 0,
        notification.createdAt,
        laneId,
        rowsParameter([ownEventRow(event, 1)]),
        rowsParameter([notificationRow(notification, laneId, referenceOf(context, notification.messageId))]),
      ],
    },
    renewTurns(laneId, [notification.party]),
  ]);
  const [inserted] = (rows[1] ?? []) as { position: number }[];
  if (inserted !== undefined) {
    return { outcome: 'inserted', notification: { ...notification, position: inserted.position } };
  }
  if (idempotency === null) throw new Error('The feed has no counter.');
  return findEarlier(context, idempotency);
}

/**
 * The counter is locked until the commit, so of two with the same idempotency key one comes first, and the other one
 * finds it.
 */
const insertSql = `
  with counter as (update feed set position = position + 1 returning position),
  claimed as (
    insert into idempotency (scope, key, digest, notification, refused, created_at)
    select $1::text, $2::text, $3::text, $4::text, $5::smallint, $6::bigint from counter where $1::text is not null
    on conflict do nothing returning 1
  ),
  place as (select position from counter where $1::text is null or exists (select 1 from claimed)),
  event as (
    insert into events (position, key, kind, lane, occurred_at, received_at, payload)
    select position, decode(key, 'hex'), kind, $7::integer, at, at, payload
    from place, json_to_recordset($8::json) as own (key text, kind text, at bigint, payload text)
  ),
  kept as (
    insert into notifications (${notificationColumns})
    select ${selectNotifications('place.position')}
    from place, json_to_recordset($9::json) as ${givenNotifications}
  )
  select position from place`;

async function findEarlier(
  context: PostgresContext,
  { scope, key, digest }: { scope: string; key: string; digest: string },
): Promise<InsertedNotification> {
  const earlier = await context.database.get<{ notification: string; digest: string; refused: number }>(
    'select notification, digest, refused from idempotency where scope = $1 and key = $2',
    scope,
    key,
  );
  if (earlier === undefined) throw new Error('An idempotency key was there and is not.');
  if (earlier.digest !== digest) return { outcome: 'conflict', notificationId: earlier.notification };
  const row = await context.database.get<NotificationRow>(
    'select * from notifications where id = $1',
    earlier.notification,
  );
  if (row === undefined)
    throw new Error(`An idempotency key points at ${earlier.notification}, which is not there.`);
  const laneName = await context.laneNames([row]);
  return {
    outcome: 'repeated',
    refused: earlier.refused === 1,
    notification: notificationOfRow(row, laneName(row.lane)),
  };
}

function referenceOf(context: PostgresContext, messageId: string | null): string | null {
  return messageId === null ? null : Buffer.from(context.messageReference(messageId)).toString('hex');
}
