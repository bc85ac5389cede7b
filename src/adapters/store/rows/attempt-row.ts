import type { Attempt } from '../../../domain/notification.ts';

/** A row of `attempts`. */
export type AttemptRow = {
  id: string;
  notification: string;
  number: number;
  started_at: number;
  finished_at: number;
  result: string;
};

/** An attempt from its row. */
export function attemptOfRow(row: AttemptRow): Attempt {
  return {
    id: row.id,
    notificationId: row.notification,
    number: row.number,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    result: JSON.parse(row.result),
  };
}
