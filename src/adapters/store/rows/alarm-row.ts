import type { Alarm } from '../../../domain/alarm.ts';

/** A row of `alarms`. */
export type AlarmRow = {
  id: string;
  code: Alarm['code'];
  subject: string;
  severity: Alarm['severity'];
  sentence: string;
  remedy: string;
  raised_at: number;
  last_seen_at: number;
  count: number;
  resolved_at: number | null;
  told_at: number;
};

/** The alarm of a row. */
export function alarmOfRow(row: AlarmRow): Alarm {
  return {
    id: row.id,
    code: row.code,
    subject: row.subject,
    severity: row.severity,
    sentence: row.sentence,
    remedy: row.remedy,
    raisedAt: row.raised_at,
    lastSeenAt: row.last_seen_at,
    count: row.count,
    resolvedAt: row.resolved_at,
    toldAt: row.told_at,
  };
}
