import type { Lane } from '../../../../domain/lane.ts';
import type { Attempt, Notification } from '../../../../domain/notification.ts';
import { urgencies } from '../../../../domain/pacing/urgency.ts';
import { identifiersOf, identifiersOfAnswer } from '../../../../domain/recipient.ts';
import type { LaneState, Unsettled } from '../../../../flows/lane-state.ts';
import type { SendHistory } from '../../../../flows/outbound/lane-pace.ts';
import type { LaneWork } from '../../../../flows/own-lanes.ts';
import { noSubjects } from '../../fold-subjects.ts';
import { type AttemptRow, attemptOfRow } from '../../rows/attempt-row.ts';
import { type NotificationRow, notificationOfRow } from '../../rows/notification-row.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';
import { loadState } from './load-state.ts';

/** Every lane that something was ever kept in. */
export function readLanes(context: StoreContext): Lane[] {
  return all<{ name: Lane }>(context.database, 'select name from lanes order by id').map((row) => row.name);
}

/** The lanes that have something to do at this moment, and what. */
export function readWork(context: StoreContext, now: number, silentSince: number): LaneWork[] {
  return all<{
    name: Lane;
    fold: number;
    refold: number;
    settle: number;
    obey: number;
    send: number;
    overdue: number;
  }>(
    context.database,
    `select name,
       coalesce((select max(position) from events where lane = lanes.id), 0) > folded as fold,
       exists (select 1 from rereads where lane = lanes.id and waiting is not null) as refold,
       exists (select 1 from attempts where lane = lanes.id and settled = 0) as settle,
       exists (select 1 from commands where lane = lanes.id and applied_at is null) as obey,
       exists (select 1 from turns where lane = lanes.id and urgency in (0, 1, 2) and due_at <= ?) as send,
       exists (select 1 from notifications where lane = lanes.id and state = 'queued' and not_after <= ?)
         or exists (select 1 from notifications where lane = lanes.id and state = 'held' and not_after <= ?)
         or exists (select 1 from notifications
           where lane = lanes.id and state in ('sending', 'unknown') and state = 'unknown' and updated_at <= ?)
         as overdue
     from lanes order by id`,
    now,
    now,
    now,
    silentSince,
  )
    .map((row) => ({
      lane: row.name,
      fold: row.fold === 1,
      refold: row.refold === 1,
      settle: row.settle === 1,
      obey: row.obey === 1,
      send: row.send === 1,
      overdue: row.overdue === 1,
    }))

    .filter((work) => work.fold || work.refold || work.settle || work.obey || work.send || work.overdue);
}

/**
 * The notifications whose turn it is and whose time has come, with whom they are for: one of each party, the most
 * urgent first, then those that are due for longest. `bulk`: whether mass messages are among them.
 */
export function readDue(
  context: StoreContext,
  lane: Lane,
  now: number,
  { limit, bulk }: { limit: number; bulk: boolean },
): LaneState {
  const laneId = context.laneId(lane);
  const ids: string[] = [];
  for (const [index, urgency] of urgencies.entries()) {
    if (laneId === null || ids.length >= limit || (urgency === 'bulk' && !bulk)) continue;
    const due = all<{ notification: string }>(
      context.database,
      `select notification from turns where lane = ? and urgency = ? and due_at <= ?
         and (batch is null or batch in (select id from batches where state = 'running'))
       order by due_at limit ?`,
      laneId,
      index,
      now,
      limit - ids.length,
    );
    ids.push(...due.map(({ notification }) => notification));
  }
  const found = ids.flatMap((id) => {
    const row = get<NotificationRow>(context.database, 'select * from notifications where id = ?', id);
    return row === undefined ? [] : [notificationOfRow(row, lane)];
  });
  return stateOf(context, lane, found);
}

/** What left a lane lately: recorded tries, and messages that may have left. Each counts for whom it was for. */
export function readSendHistory(
  context: StoreContext,
  lane: Lane,
  question: { recentSince: number; pairsSince: number; pairsFrom: number },
): SendHistory {
  const laneId = context.laneId(lane);
  if (laneId === null) return { recent: 0, pairs: [] };
  const recent = get<{ count: number }>(
    context.database,
    `select (select count(*) from attempts where lane = ? and started_at > ?)
       + (select count(*) from notifications where lane = ? and state = 'sending') as count`,
    laneId,
    question.recentSince,
    laneId,
  );
  const pairs = all<{ party: string; sent: string }>(
    context.database,
    `select coalesce(contact, party) as party, json_group_array(started_at) as sent
     from (select notification, started_at from attempts where lane = ? and started_at > ? order by started_at)
       join notifications on notifications.id = notification
     group by coalesce(contact, party) having count(*) >= ?`,
    laneId,
    question.pairsSince,
    question.pairsFrom,
  );
  return {
    recent: recent?.count ?? 0,
    pairs: pairs.map(({ party, sent }) => ({
      party,
      sentAt: (JSON.parse(sent) as number[]).sort((one, other) => one - other),
    })),
  };
}

/** Queued and held notifications past their `notAfter`, and unknown ones unchanged since `silentSince`. */
export function readOverdue(
  context: StoreContext,
  lane: Lane,
  now: number,
  silentSince: number,
  limit: number,
): LaneState {
  return withState(
    context,
    lane,
    `((state = 'queued' and not_after <= ?) or (state = 'held' and not_after <= ?)
       or (state = 'unknown' and updated_at <= ?)) order by id limit ?`,
    [now, now, silentSince, limit],
  );
}

/** Notifications marked as `sending` whose try has no recorded result. */
export function readAbandoned(context: StoreContext, lane: Lane): Notification[] {
  return select(
    context,
    lane,
    `state = 'sending' and not exists
       (select 1 from attempts where attempts.notification = notifications.id and number = notifications.attempts)`,
    [],
  );
}

/** Notifications behind a position that wait or are on their way, in the order of taking. */
export function readUnsent(context: StoreContext, lane: Lane, after: number, limit: number): LaneState {
  return withState(
    context,
    lane,
    `state in ('queued', 'held', 'sending') and position > ? order by position limit ?`,
    [after, limit],
  );
}

/** Recorded results that are not in the state yet, oldest first, with the state that they touch. */
export function readUnsettled(context: StoreContext, lane: Lane, limit: number): Unsettled {
  const laneId = context.laneId(lane);
  const attempts: Attempt[] =
    laneId === null
      ? []
      : all<AttemptRow>(
          context.database,
          'select * from attempts where lane = ? and settled = 0 order by finished_at, id limit ?',
          laneId,
          limit,
        ).map(attemptOfRow);
  const subjects = noSubjects();
  for (const { notificationId, result } of attempts) {
    subjects.notificationIds.push(notificationId);
    if (result.outcome !== 'accepted') continue;
    subjects.messageIds.push(result.messageId);
    subjects.identifiers.push(...identifiersOfAnswer(result));
  }
  return { attempts, state: loadState(context, lane, subjects) };
}

function select(
  context: StoreContext,
  lane: Lane,
  condition: string,
  values: (number | string)[],
): Notification[] {
  const laneId = context.laneId(lane);
  if (laneId === null) return [];
  return all<NotificationRow>(
    context.database,
    `select * from notifications where lane = ? and ${condition}`,
    laneId,
    ...values,
  ).map((row) => notificationOfRow(row, lane));
}

function withState(
  context: StoreContext,
  lane: Lane,
  condition: string,
  values: (number | string)[],
): LaneState {
  return stateOf(context, lane, select(context, lane, condition, values));
}

function stateOf(context: StoreContext, lane: Lane, notifications: Notification[]): LaneState {
  const subjects = noSubjects();
  for (const { contactId, recipient } of notifications) {
    if (contactId !== null) subjects.contactIds.push(contactId);
    else subjects.identifiers.push(...identifiersOf(recipient));
  }
  // In the order in which they were found, which is the order in which they are due.
  return { ...loadState(context, lane, subjects), notifications };
}
