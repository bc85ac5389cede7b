import { statSync } from 'node:fs';
import type { Lane } from '../../../../domain/lane.ts';
import type { LaneQueue } from '../../../../flows/upkeep/checks/queue.ts';
import type { StoreHealth } from '../../store-health.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';

/** More lanes than this are not told one by one. */
const LANES = 100;

/** Reads the health of the store. Every part is an index seek, or a count that ends at `limit`. */
export function readHealth(context: StoreContext, limit: number): StoreHealth {
  const { database } = context;
  const feed = get<{ position: number | null }>(database, 'select max(position) as position from events');
  return {
    feedPosition: feed?.position ?? 0,
    lag: all<{ lane: Lane; positions: number }>(
      database,
      `select name as lane,
         max(0, coalesce((select max(position) from events where lane = lanes.id), 0) - folded) as positions
       from lanes order by positions desc, lanes.id limit ?`,
      LANES,
    ),
    waiting: (['queued', 'sending', 'unknown'] as const).map((state) => ({
      state,
      count: countWaiting(context, state, limit),
    })),
    databaseBytes: pragma(context, 'page_count') * pragma(context, 'page_size'),
    walBytes: sizeOf(`${database.name}-wal`),
    freePages: pragma(context, 'freelist_count'),
    pinnedSeconds: null,
    deadRows: 0,
  };
}

/** The lanes with something queued: how much is due, counted up to `limit`, and since when. */
export function readQueues(context: StoreContext, now: number, limit: number): LaneQueue[] {
  return all<LaneQueue>(
    context.database,
    `select name as lane,
       (select count(*) from (select 1 from notifications
          where lane = lanes.id and state = 'queued' and next_attempt_at <= ? limit ?)) as due,
       (select min(next_attempt_at) from notifications
          where lane = lanes.id and state = 'queued' and next_attempt_at <= ?) as oldestDueAt
     from lanes order by lanes.id`,
    now,
    limit,
    now,
  ).filter(({ due }) => due > 0);
}

function countWaiting(context: StoreContext, state: 'queued' | 'sending' | 'unknown', limit: number): number {
  // Written out, because only a state that stands in the text lets SQLite use the index of that state.
  const condition =
    state === 'queued' ? `state = 'queued'` : `state in ('sending', 'unknown') and state = '${state}'`;
  const row = get<{ count: number }>(
    context.database,
    `select count(*) as count from (
       select 1 from lanes join notifications on notifications.lane = lanes.id where ${condition} limit ?)`,
    limit,
  );
  return row?.count ?? 0;
}

function pragma({ database }: StoreContext, name: string): number {
  const value: unknown = database.pragma(name, { simple: true });
  return typeof value === 'number' ? value : 0;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
