import type { AttemptBody, NotificationBody, StatusBody } from '../../client/generated.ts';

/** One thing that happened to a notification. */
export type Step =
  | { at: string; step: 'taken' }
  | { at: string; step: 'attempt'; attempt: AttemptBody }
  | { at: string; step: 'status'; status: StatusBody };

/** All that happened to a notification, in its order. WhatsApp tells whole seconds, so equal times keep this order. */
export function timelineOf({
  createdAt,
  attempts,
  statuses,
}: Pick<NotificationBody, 'createdAt' | 'attempts' | 'statuses'>): Step[] {
  return [
    { at: createdAt, step: 'taken' as const },
    ...attempts.map((attempt) => ({ at: attempt.startedAt, step: 'attempt' as const, attempt })),
    ...statuses.map((status) => ({ at: status.at, step: 'status' as const, status })),
  ].toSorted((one, other) => secondOf(one.at) - secondOf(other.at));
}

function secondOf(moment: string): number {
  return Math.floor(Date.parse(moment) / 1000);
}
