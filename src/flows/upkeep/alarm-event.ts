import { alarmCheck } from '../../domain/alarm.ts';
import type { Json } from '../../domain/json.ts';
import type { AlarmNotice } from './alarms.ts';

/** Our own event that there is news of an alarm, as it is appended to the lane `installation`. */
export type AlarmEvent = { kind: 'alarm'; occurredAt: number; payload: Json };

/** The facts of an alarm for everybody outside, the feed and the alert webhook: its times are ISO 8601. */
export function alarmFacts({ alarm }: AlarmNotice) {
  return {
    id: alarm.id,
    code: alarm.code,
    subject: alarm.subject,
    severity: alarm.severity,
    sentence: alarm.sentence,
    remedy: alarm.remedy,
    check: alarmCheck(alarm.code),
    raisedAt: new Date(alarm.raisedAt).toISOString(),
    lastSeenAt: new Date(alarm.lastSeenAt).toISOString(),
    count: alarm.count,
    resolvedAt: alarm.resolvedAt === null ? null : new Date(alarm.resolvedAt).toISOString(),
  };
}

/** The event that tells the feed. Its payload is the alarm's facts and `news`: raised, reminded or resolved. */
export function alarmEvent(notice: AlarmNotice, at: number): AlarmEvent {
  return { kind: 'alarm', occurredAt: at, payload: { news: notice.news, ...alarmFacts(notice) } };
}
