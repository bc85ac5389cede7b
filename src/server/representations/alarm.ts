import { type Alarm, alarmCheck } from '../../domain/alarm.ts';
import type { AlarmBody } from '../contract/alarm.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** An alarm as the API shows it. */
export function alarmBody(alarm: Alarm): AlarmBody {
  return {
    id: alarm.id,
    code: alarm.code,
    subject: alarm.subject,
    severity: alarm.severity,
    sentence: alarm.sentence,
    remedy: alarm.remedy,
    check: alarmCheck(alarm.code),
    raisedAt: isoTime(alarm.raisedAt),
    lastSeenAt: isoTime(alarm.lastSeenAt),
    count: alarm.count,
    resolvedAt: isoTimeOrNull(alarm.resolvedAt),
  };
}
