import type { Lane } from '../../../../domain/lane.ts';
import type { LaneQueue } from '../../../../flows/upkeep/checks/queue.ts';
import type { StoreHealth } from '../../store-health.ts';
import type { PostgresContext } from '../context.ts';
import { readStrain } from './read-strain.ts';

/** More lanes than this are not told one by one. */
const LANES = 100;

const states = ['queued', 'sending', 'unknown'] as const;

/** Reads the health of the store. Every part is an index seek, or a count that ends at `limit`. */
export async function readHealth({ database }: PostgresContext, limit: number): Promise<StoreHealth> {
  const [strain, facts, lag, ...counts] = await Promise.all([
    readStrain(database),
    database.get<{ position: number; bytes: number }>(
      `select coalesce((select max(position) from events), 0) as position,
         pg_database_size(current_database()) as bytes`,
    ),
    database.all<{ lane: Lane; positions: number }>(
      `select name as lane,
         greatest(0, coalesce((select max(position) from events where lane = lanes.id), 0) - folded) as positions
       from lanes order by positions desc, lanes.id limit $1`,
      LANES,
    ),
    ...states.map((state) => database.get<{ count: number }>(countWaiting(state), limit)),
  ]);
  return {
    feedPosition: facts?.position ?? 0,
    lag,
    waiting: states.map((state, index) => ({ state, count: counts[index]?.count ?? 0 })),
    databaseBytes: facts?.bytes ?? 0,
    walBytes: 0,
    freePages: 0,
    ...strain,
  };
}

/** Written out, because only a state that stands in the text lets the index of that state be used. */
function countWaiting(state: (typeof states)[number]): string {
  const condition =
    state === 'queued' ? `state = 'queued'` : `state in ('sending', 'unknown') and state = '${state}'`;
  return `select count(*) as count from (
    select 1 from lanes join notifications on notifications.lane = lanes.id where ${condition} limit $1) as waiting`;
}

/** The lanes with something queued: how much is due, counted up to `limit`, and since when. */
export async function readQueues(
  { database }: PostgresContext,
  now: number,
  limit: number,
): Promise<LaneQueue[]> {
  const queues = await database.all<LaneQueue>(
    `select name as lane,
       (select count(*) from (select 1 from notifications
          where lane = lanes.id and state = 'queued' and next_attempt_at <= $1 limit $2) as due) as due,
       (select min(next_attempt_at) from notifications
          where lane = lanes.id and state = 'queued' and next_attempt_at <= $1) as "oldestDueAt"
     from lanes order by lanes.id`,
    now,
    limit,
  );
  return queues.filter(({ due }) => due > 0);
}
