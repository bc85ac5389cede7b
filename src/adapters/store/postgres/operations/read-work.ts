import type { Lane } from '../../../../domain/lane.ts';
import type { Notification } from '../../../../domain/notification.ts';
import { urgencies } from '../../../../domain/pacing/urgency.ts';
import { identifiersOf, identifiersOfAnswer } from '../../../../domain/recipient.ts';
import type { LaneState, Unsettled } from '../../../../flows/lane-state.ts';
import type { SendHistory } from '../../../../flows/outbound/lane-pace.ts';
import type { LaneWork } from '../../../../flows/own-lanes.ts';
import { noSubjects } from '../../fold-subjects.ts';
import { type AttemptRow, attemptOfRow } from '../../rows/attempt-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import type { PostgresContext } from '../context.ts';
import type { SqlValue } from '../database.ts';
import { loadState } from './load-state.ts';

/** Every lane that something was ever kept in. */
export async function readLanes({ database }: PostgresContext): Promise<Lane[]> {
  const rows = await database.all<{ name: Lane }>('select name from lanes order by id');
  return rows.map(({ name }) => name);
}

/** The lanes that have something to do at this moment, and what. */
export async function readWork(
  { database }: PostgresContext,
  now: number,
  silentSince: number,
): Promise<LaneWork[]> {
  const rows = await database.all<LaneWork>(
    `select name as lane,
       exists (select 1 from events where lane = lanes.id and position > folded) as fold,
       exists (select 1 from rereads where lane = lanes.id and waiting is not null) as refold,
       exists (select 1 from attempts where lane = lanes.id and settled = 0) as settle,
       exists (select 1 from commands where lane = lanes.id and applied_at is null) as obey,
       exists (select 1 from turns where lane = lanes.id and urgency in (0, 1, 2) and due_at <= $1) as send,
       exists (select 1 from notifications where lane = lanes.id and state = 'queued' and not_after <= $1)
         or exists (select 1 from notifications where lane = lanes.id and state = 'held' and not_after <= $1)
         or exists (select 1 from notifications
           where lane = lanes.id and state in ('sending', 'unknown') and state = 'unknown' and updated_at <= $2)
         as overdue
     from lanes order by id`,
    now,
    silentSince,
  );
  return rows.filter(
    (work) => work.fold || work.refold || work.settle || work.obey || work.send || work.overdue,
  );
}

/**
 * The notifications whose turn it is and whose time has come, with whom they are for: one of each party, the most
 * urgent first, then those that are due for longest. `bulk`: whether mass messages are among them.
 */
export async function readDue(
  context: PostgresContext,
  lane: Lane,
  now: number,
  { limit, bulk }: { limit: number; bulk: boolean },
): Promise<LaneState> {
  const laneId = await context.laneId(lane);
  if (laneId === null) return stateOf(context, lane, []);
  const rows = await context.database.all<NotificationRow>(
    `select notifications.* from (
       select due.* from unnest($3::smallint[]) as asked (urgency) cross join lateral (
         select turns.* from turns where lane = $1 and turns.urgency = asked.urgency and due_at <= $2
           and (batch is null or batch in (select id from batches where state = 'running'))
         order by due_at limit $4
       ) as due
       order by urgency, due_at limit $4
     ) as turn join notifications on notifications.id = turn.notification
     order by turn.urgency, turn.due_at`,
    laneId,
    now,
    urgencies.flatMap((urgency, index) => (urgency === 'bulk' && !bulk ? [] : [index])),
    limit,
  );
  return stateOf(
    context,
    lane,
    rows.map((row) => notificationOfRow(row, lane)),
  );
}

/** What left a lane lately: recorded tries, and messages that may have left. Each counts for whom it was for. */
export async function readSendHistory(
  context: PostgresContext,
  lane: Lane,
  question: { recentSince: number; pairsSince: number; pairsFrom: number },
): Promise<SendHistory> {
  const laneId = await context.laneId(lane);
  if (laneId === null) return { recent: 0, pairs: [] };
  const [recent, pairs] = await Promise.all([
    context.database.get<{ count: number }>(
      `select (select count(*) from attempts where lane = $1 and started_at > $2)
         + (select count(*) from notifications where lane = $1 and state = 'sending') as count`,
      laneId,
      question.recentSince,
    ),
    context.database.all<{ party: string; sent: string }>(
      `select coalesce(notifications.contact, notifications.party) as party,
         json_agg(started_at order by started_at)::text as sent
       from attempts join notifications on notifications.id = attempts.notification
       where attempts.lane = $1 and started_at > $2
       group by coalesce(notifications.contact, notifications.party) having count(*) >= $3`,
      laneId,
      question.pairsSince,
      question.pairsFrom,
    ),
  ]);
  return {
    recent: recent?.count ?? 0,
    pairs: pairs.map(({ party, sent }) => ({ party, sentAt: JSON.parse(sent) })),
  };
}

/** Queued and held notifications past their `notAfter`, and unknown ones unchanged since `silentSince`. */
export function readOverdue(
  context: PostgresContext,
  lane: Lane,
  now: number,
  silentSince: number,
  limit: number,
): Promise<LaneState> {
  return withState(
    context,
    lane,
    `((state = 'queued' and not_after <= $2) or (state = 'held' and not_after <= $2)
       or (state in ('sending', 'unknown') and state = 'unknown' and updated_at <= $3)) order by id limit $4`,
    [now, silentSince, limit],
  );
}

/** Notifications marked as `sending` whose try has no recorded result. */
export function readAbandoned(context: PostgresContext, lane: Lane): Promise<Notification[]> {
  return select(
    context,
    lane,
    `state = 'sending' and not exists
       (select 1 from attempts where attempts.notification = notifications.id and number = notifications.attempts)
     order by id`,
    [],
  );
}

/** Recorded results that are not in the state yet, oldest first, with the state that they touch. */
export async function readUnsettled(context: PostgresContext, lane: Lane, limit: number): Promise<Unsettled> {
  const laneId = await context.laneId(lane);
  const rows =
    laneId === null
      ? []
      : await context.database.all<AttemptRow>(
          'select * from attempts where lane = $1 and settled = 0 order by finished_at, id limit $2',
          laneId,
          limit,
        );
  const attempts = rows.map(attemptOfRow);
  const subjects = noSubjects();
  for (const { notificationId, result } of attempts) {
    subjects.notificationIds.push(notificationId);
    if (result.outcome !== 'accepted') continue;
    subjects.messageIds.push(result.messageId);
    subjects.identifiers.push(...identifiersOfAnswer(result));
  }
  return { attempts, state: await loadState(context, lane, subjects) };
}

async function select(
  context: PostgresContext,
  lane: Lane,
  condition: string,
  values: SqlValue[],
): Promise<Notification[]> {
  const laneId = await context.laneId(lane);
  if (laneId === null) return [];
  const rows = await context.database.all<NotificationRow>(
    `select * from notifications where lane = $1 and ${condition}`,
    laneId,
    ...values,
  );
  return rows.map((row) => notificationOfRow(row, lane));
}

async function withState(
  context: PostgresContext,
  lane: Lane,
  condition: string,
  values: SqlValue[],
): Promise<LaneState> {
  return stateOf(context, lane, await select(context, lane, condition, values));
}

async function stateOf(
  context: PostgresContext,
  lane: Lane,
  notifications: Notification[],
): Promise<LaneState> {
  const subjects = noSubjects();
  for (const { contactId, recipient } of notifications) {
    if (contactId !== null) subjects.contactIds.push(contactId);
    else subjects.identifiers.push(...identifiersOf(recipient));
  }
  // In the order in which they were found, which is the order in which they are due.
  return { ...(await loadState(context, lane, subjects)), notifications };
}
