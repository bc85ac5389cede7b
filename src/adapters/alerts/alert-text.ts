import { alarmCheck } from '../../domain/alarm.ts';
import { durationInWords } from '../../domain/duration.ts';
import type { AlarmNotice } from '../../flows/upkeep/alarms.ts';

/** One line for a mail's subject or a chat. */
export function alertSubject({ news, alarm }: AlarmNotice): string {
  const word =
    news === 'resolved' ? 'resolved' : news === 'reminded' ? `still ${alarm.severity}` : alarm.severity;
  return `[Recado] ${word}: ${alarm.code} (${alarm.subject})`;
}

/** What a person has to know, in a few lines of plain text. */
export function alertText({ news, alarm }: AlarmNotice): string {
  const since = new Date(alarm.raisedAt).toISOString();
  if (news === 'resolved') {
    const lasted = durationInWords((alarm.resolvedAt ?? alarm.lastSeenAt) - alarm.raisedAt);
    return `Resolved after ${lasted}: ${alarm.sentence}\nIt began ${since} and was seen ${times(alarm.count)}.`;
  }
  const seen = news === 'reminded' ? `\nSince ${since}, seen ${times(alarm.count)}.` : `\nSince ${since}.`;
  const check = alarmCheck(alarm.code);
  const confirm = check === null ? '' : `\nConfirm: npx recado doctor --only ${check}`;
  return `${alarm.sentence}\nWhat to do: ${alarm.remedy}${confirm}${seen}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
