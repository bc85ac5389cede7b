import type { Lane } from '../../../../domain/lane.ts';
import type { Attempt, Notification } from '../../../../domain/notification.ts';
import { identifiersOf, identifiersOfAnswer } from '../../../../domain/recipient.ts';
import type { LaneState, Unsettled } from '../../../../flows/lane-state.ts';
import type { LaneWork } from '../../../../flows/own-lanes.ts';
import type { StoreContext } from '../context.ts';
import { type AttemptRow, attemptOfRow } from '../rows/attempt-row.ts';
import { type NotificationRow, notificationOfRow } from '../rows/notification-row.ts';
import { all } from '../statement.ts';
import { loadState, noSubjects } from './load-state.ts';

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
       exists (select 1 from notifications
         where lane = lanes.id and state = 'queued' and next_attempt_at <= ?) as send,
       exists (select 1 from notifications where lane = lanes.id and state = 'queued' and not_after <= ?)
         or exists (select 1 from notifications
           where lane = lanes.id and state in ('sending', 'unknown') and state = 'unknown' and updated_at <= ?)
         as overdue
     from lanes order by id`,
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

/** Queued notifications whose time has come, oldest first, with whom they are for. */
export function readDue(context: StoreContext, lane: Lane, now: number, limit: number): LaneState {
  return withState(
    context,
    lane,
    `state = 'queued' and next_attempt_at <= ? order by next_attempt_at, id limit ?`,
    [now, limit],
  );
}

/** Queued notifications past their `notAfter`, and unknown ones unchanged since `silentSince`. */
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
    `((state = 'queued' and not_after <= ?) or (state = 'unknown' and updated_at <= ?)) order by id limit ?`,
    [now, silentSince, limit],
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
    `state in ('queued', 'sending') and position > ? order by position limit ?`,
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
  const notifications = select(context, lane, condition, values);
  const subjects = noSubjects();
  for (const { contactId, recipient } of notifications) {
    if (contactId !== null) subjects.contactIds.push(contactId);
    else subjects.identifiers.push(...identifiersOf(recipient));
  }
  // In the order in which they were found, which is the order in which they are due.
  return { ...loadState(context, lane, subjects), notifications };
}
