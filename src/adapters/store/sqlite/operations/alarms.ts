import type { Alarm } from '../../../../domain/alarm.ts';
import type { AlarmChange, AlarmStore } from '../../../../flows/upkeep/alarms.ts';
import type { KeptTelling, TellingDone } from '../../../../flows/upkeep/tellings.ts';
import { type AlarmRow, alarmOfRow } from '../../rows/alarm-row.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { appendOwnEvent } from './own-event.ts';

/**
 * Writes alarms whole, with the events that tell of them and who has still to be told, in one transaction. One that
 * is over already, or of which another is open, is left out.
 *
 * @returns of each whether it was written
 */
export function putAlarms(context: StoreContext, changes: AlarmChange[]): boolean[] {
  return inTransaction(context, () =>
    changes.map(({ alarm, news, event }) => {
      if (isSuperseded(context, alarm)) return false;
      run(
        context.database,
        `insert into alarms (id, code, subject, severity, sentence, remedy, raised_at, last_seen_at, count,
           resolved_at, told_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set severity = excluded.severity, sentence = excluded.sentence,
           remedy = excluded.remedy, last_seen_at = excluded.last_seen_at, count = excluded.count,
           resolved_at = excluded.resolved_at, told_at = excluded.told_at`,
        alarm.id,
        alarm.code,
        alarm.subject,
        alarm.severity,
        alarm.sentence,
        alarm.remedy,
        alarm.raisedAt,
        alarm.lastSeenAt,
        alarm.count,
        alarm.resolvedAt,
        alarm.toldAt,
      );
      for (const recipient of news?.recipients ?? []) {
        run(
          context.database,
          `insert into alarm_tellings (alarm, recipient, news, news_at, told_at) values (?, ?, ?, ?, null)
           on conflict (alarm, recipient) do update set news = excluded.news, news_at = excluded.news_at,
             told_at = null`,
          alarm.id,
          recipient,
          news?.news ?? null,
          alarm.toldAt,
        );
      }
      if (event !== null) appendOwnEvent(context, context.ensureLane('installation'), event);
      return true;
    }),
  );
}

/** Whether the alarm was resolved before, or its cause stands in an alarm that somebody else has raised. */
function isSuperseded({ database }: StoreContext, { id, code, subject, resolvedAt }: Alarm): boolean {
  const known = get<{ over: number }>(
    database,
    'select resolved_at is not null as over from alarms where id = ?',
    id,
  );
  if (known !== undefined) return known.over === 1;
  if (resolvedAt !== null) return false;
  const others = 'select id from alarms where code = ? and subject = ? and resolved_at is null';
  return get(database, others, code, subject) !== undefined;
}

/** Remembers that recipients know. One of whom there is later news by now still has to be told that. */
export function markTold(context: StoreContext, told: TellingDone[]): void {
  inTransaction(context, () => {
    for (const { notice, recipient, at } of told) {
      run(
        context.database,
        `insert into alarm_tellings (alarm, recipient, news, news_at, told_at)
         select id, ?, ?, ?, ? from alarms where id = ?
         on conflict (alarm, recipient) do update set told_at = excluded.told_at
           where news_at = excluded.news_at`,
        recipient,
        notice.news,
        notice.alarm.toldAt,
        at,
        notice.alarm.id,
      );
    }
  });
}

/** The alarms that are open, and those resolved since a time of which somebody has still to be told. */
export function readOpenAlarms(
  context: StoreContext,
  resolvedSince: number,
): Awaited<ReturnType<AlarmStore['readOpenAlarms']>> {
  return all<AlarmRow>(
    context.database,
    `select * from alarms where resolved_at is null
       or (resolved_at >= ? and id in (select alarm from alarm_tellings where told_at is null))
     order by id`,
    resolvedSince,
  ).map((row) => ({
    alarm: alarmOfRow(row),
    tellings: all<KeptTelling>(
      context.database,
      'select recipient, news, told_at as toldAt from alarm_tellings where alarm = ? order by recipient',
      row.id,
    ),
  }));
}

/**
 * Deletes alarms that were resolved before a time, the oldest first, with what was told of them.
 *
 * @returns how many; as many as `limit` means that there may be more
 */
export function forgetAlarms(
  context: StoreContext,
  scope: { resolvedBefore: number; limit: number },
): number {
  return inTransaction(
    context,
    () =>
      run(
        context.database,
        `delete from alarms where id in
           (select id from alarms where resolved_at < ? order by resolved_at limit ?)`,
        scope.resolvedBefore,
        scope.limit,
      ).changes,
  );
}

/**
 * A page of all alarms: open ones first, then the resolved, the newest first in each.
 *
 * @param query.after the id of the last alarm of the page before; one that is not there begins at the start
 */
export function listAlarms(context: StoreContext, query: { after: string | null; limit: number }): Alarm[] {
  return all<AlarmRow>(
    context.database,
    `with place as (select id, resolved_at is not null as closed from alarms where id = ?)
     select * from alarms
     where not exists (select 1 from place)
       or (resolved_at is not null) > (select closed from place)
       or ((resolved_at is not null) = (select closed from place) and id < (select id from place))
     order by resolved_at is not null, id desc limit ?`,
    query.after,
    query.limit,
  ).map(alarmOfRow);
}

/** Commits something that changes nothing: the proof that commits are possible. */
export function proveCommit(context: StoreContext): void {
  inTransaction(context, () => {
    run(context.database, 'update installation set created_at = created_at');
  });
}
