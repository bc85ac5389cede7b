import type { Alarm } from '../../../../domain/alarm.ts';
import type { AlarmEvent } from '../../../../flows/upkeep/alarm-event.ts';
import type { AlarmChange, AlarmStore } from '../../../../flows/upkeep/alarms.ts';
import type { KeptTelling, TellingDone } from '../../../../flows/upkeep/tellings.ts';
import { type AlarmRow, alarmOfRow } from '../../rows/alarm-row.ts';
import type { PostgresContext } from '../context.ts';
import type { Statement, Statements } from '../database.ts';
import { appendOwnEvents } from './own-events.ts';

/**
 * Writes alarms whole, with the events that tell of them and who has still to be told, in one transaction. One that
 * is over already, or of which another is open, is left out.
 *
 * @returns of each whether it was written
 */
export async function putAlarms(context: PostgresContext, changes: AlarmChange[]): Promise<boolean[]> {
  const lane = changes.some(({ event }) => event !== null) ? await context.ensureLane('installation') : null;
  return context.database.transaction(async (statements) => {
    // Of several processes that raise one and the same, one comes first; alarms are few.
    await statements.run('lock table alarms in share row exclusive mode');
    const written: boolean[] = [];
    const events: AlarmEvent[] = [];
    for (const { alarm, news, event } of changes) {
      const superseded = await isSuperseded(statements, alarm);
      written.push(!superseded);
      if (superseded) continue;
      const { sql, values } = putAlarm(alarm);
      await statements.run(sql, ...values);
      for (const recipient of news?.recipients ?? []) {
        await statements.run(
          `insert into alarm_tellings (alarm, recipient, news, news_at, told_at) values ($1, $2, $3, $4, null)
           on conflict (alarm, recipient) do update set news = excluded.news, news_at = excluded.news_at,
             told_at = null`,
          alarm.id,
          recipient,
          news?.news ?? null,
          alarm.toldAt,
        );
      }
      if (event !== null) events.push(event);
    }
    // The feed's lock is taken last.
    for (const { sql, values } of lane === null ? [] : appendOwnEvents(lane, events)) {
      await statements.run(sql, ...values);
    }
    return written;
  });
}

/** Whether the alarm was resolved before, or its cause stands in an alarm that somebody else has raised. */
async function isSuperseded(
  statements: Statements,
  { id, code, subject, resolvedAt }: Alarm,
): Promise<boolean> {
  const known = await statements.get<{ over: boolean }>(
    'select resolved_at is not null as over from alarms where id = $1',
    id,
  );
  if (known !== undefined) return known.over;
  if (resolvedAt !== null) return false;
  const others = 'select id from alarms where code = $1 and subject = $2 and resolved_at is null';
  return (await statements.get(others, code, subject)) !== undefined;
}

function putAlarm(alarm: Alarm): Statement {
  return {
    sql: `insert into alarms (id, code, subject, severity, sentence, remedy, raised_at, last_seen_at, count,
        resolved_at, told_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      on conflict (id) do update set severity = excluded.severity, sentence = excluded.sentence,
        remedy = excluded.remedy, last_seen_at = excluded.last_seen_at, count = excluded.count,
        resolved_at = excluded.resolved_at, told_at = excluded.told_at`,
    values: [
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
    ],
  };
}

/** Remembers that recipients know. One of whom there is later news by now still has to be told that. */
export async function markTold({ database }: PostgresContext, told: TellingDone[]): Promise<void> {
  await database.commit(
    told.map(({ notice, recipient, at }) => ({
      sql: `insert into alarm_tellings (alarm, recipient, news, news_at, told_at)
        select id, $1, $2, $3, $4 from alarms where id = $5
        on conflict (alarm, recipient) do update set told_at = excluded.told_at
          where alarm_tellings.news_at = excluded.news_at`,
      values: [recipient, notice.news, notice.alarm.toldAt, at, notice.alarm.id],
    })),
  );
}

/** The alarms that are open, and those resolved since a time of which somebody has still to be told. */
export async function readOpenAlarms(
  { database }: PostgresContext,
  resolvedSince: number,
): Promise<Awaited<ReturnType<AlarmStore['readOpenAlarms']>>> {
  const rows = await database.all<AlarmRow>(
    `select * from alarms where resolved_at is null
       or (resolved_at >= $1 and id in (select alarm from alarm_tellings where told_at is null))
     order by id`,
    resolvedSince,
  );
  if (rows.length === 0) return [];
  const tellings = await database.all<KeptTelling & { alarm: string }>(
    `select alarm, recipient, news, told_at as "toldAt" from alarm_tellings
     where alarm = any($1::text[]) order by alarm, recipient`,
    rows.map(({ id }) => id),
  );
  const tellingsOf = Map.groupBy(tellings, ({ alarm }) => alarm);
  return rows.map((row) => ({
    alarm: alarmOfRow(row),
    tellings: (tellingsOf.get(row.id) ?? []).map(({ alarm: _, ...telling }) => telling),
  }));
}

/**
 * Deletes alarms that were resolved before a time, the oldest first, with what was told of them.
 *
 * @returns how many; as many as `limit` means that there may be more
 */
export function forgetAlarms(
  { database }: PostgresContext,
  scope: { resolvedBefore: number; limit: number },
): Promise<number> {
  return database.run(
    `delete from alarms where id in
       (select id from alarms where resolved_at < $1 order by resolved_at, id limit $2)`,
    scope.resolvedBefore,
    scope.limit,
  );
}

/**
 * A page of all alarms: open ones first, then the resolved, the newest first in each.
 *
 * @param query.after the id of the last alarm of the page before; one that is not there begins at the start
 */
export async function listAlarms(
  { database }: PostgresContext,
  query: { after: string | null; limit: number },
): Promise<Alarm[]> {
  const rows = await database.all<AlarmRow>(
    `with place as (select id, resolved_at is not null as closed from alarms where id = $1)
     select * from alarms
     where not exists (select 1 from place)
       or (resolved_at is not null) > (select closed from place)
       or ((resolved_at is not null) = (select closed from place) and id < (select id from place))
     order by resolved_at is not null, id desc limit $2`,
    query.after,
    query.limit,
  );
  return rows.map(alarmOfRow);
}

/** Commits something that changes nothing: the proof that commits are possible. */
export async function proveCommit({ database }: PostgresContext): Promise<void> {
  await database.run('update installation set created_at = created_at');
}
