import type { Lane } from '../../../../domain/lane.ts';
import type { Attempt } from '../../../../domain/notification.ts';
import type { PostgresContext } from '../context.ts';
import { rowsParameter } from '../safe-text.ts';

/** Keeps results of tries as facts. The first result of a try stands; no lease is asked for. */
export async function recordAttempts(
  context: PostgresContext,
  batch: { lane: Lane; attempt: Attempt }[],
): Promise<null[]> {
  const lanes = await context.ensureLanes(batch.map(({ lane }) => lane));
  const rows = batch.map(({ lane, attempt }, place) => ({
    id: attempt.id,
    lane: lanes.get(lane),
    notification: attempt.notificationId,
    number: attempt.number,
    started_at: attempt.startedAt,
    finished_at: attempt.finishedAt,
    result: JSON.stringify(attempt.result),
    place,
  }));
  await context.database.run(
    `insert into attempts (id, lane, notification, number, started_at, finished_at, result)
     select distinct on (id) id, lane, notification, number, started_at, finished_at, result
     from json_to_recordset($1::json) as given (id text, lane integer, notification text, number integer,
       started_at bigint, finished_at bigint, result text, place bigint)
     order by id, place
     on conflict (id) do nothing`,
    rowsParameter(rows),
  );
  return batch.map(() => null);
}
