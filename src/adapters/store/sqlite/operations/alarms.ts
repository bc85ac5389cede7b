import type { Alarm } from '../../../../domain/alarm.ts';
import type { AlarmChange, AlarmStore } from '../../../../flows/upkeep/alarms.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { type AlarmRow, alarmOfRow } from '../rows/alarm-row.ts';
import { all, run } from '../statement.ts';
import { appendOwnEvent } from './own-event.ts';

/** Writes alarms whole, with the events that tell of them, in one transaction. */
export function putAlarms(context: StoreContext, changes: AlarmChange[]): void {
  inTransaction(context, () => {
    for (const { alarm, untold, event } of changes) {
      run(
        context.database,
        `insert into alarms (id, code, subject, severity, sentence, remedy, raised_at, last_seen_at, count,
           resolved_at, told_at, untold)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set severity = excluded.severity, sentence = excluded.sentence,
           remedy = excluded.remedy, last_seen_at = excluded.last_seen_at, count = excluded.count,
           resolved_at = excluded.resolved_at, told_at = excluded.told_at, untold = excluded.untold`,
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
        untold,
      );
      if (event !== null) appendOwnEvent(context, context.ensureLane('installation'), event);
    }
  });
}

/** The alarms that are open, and those of which something has still to be told. */
export function readOpenAlarms(context: StoreContext): Awaited<ReturnType<AlarmStore['readOpenAlarms']>> {
  return all<AlarmRow>(
    context.database,
    'select * from alarms where resolved_at is null or untold is not null order by id',
  ).map((row) => ({ alarm: alarmOfRow(row), untold: row.untold }));
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
