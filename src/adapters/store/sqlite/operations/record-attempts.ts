import type { Lane } from '../../../../domain/lane.ts';
import type { Attempt } from '../../../../domain/notification.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { run } from '../statement.ts';

/** Keeps results of tries as facts. The first result of a try stands; no lease is asked for. */
export function recordAttempts(context: StoreContext, batch: { lane: Lane; attempt: Attempt }[]): null[] {
  return inTransaction(context, () =>
    batch.map(({ lane, attempt }) => {
      run(
        context.database,
        `insert into attempts (id, lane, notification, number, started_at, finished_at, result)
         values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
        attempt.id,
        context.ensureLane(lane),
        attempt.notificationId,
        attempt.number,
        attempt.startedAt,
        attempt.finishedAt,
        JSON.stringify(attempt.result),
      );
      return null;
    }),
  );
}
