import type { Lane } from '../../../../domain/lane.ts';
import type { PostgresContext } from '../context.ts';

/** How many of the newest notifications are looked at: enough to see silence, and always the same work. */
const LOOKED_AT = 500;

/** The oldest message of each lane that Meta accepted at or after a time and told nothing of; times in milliseconds. */
export function readSilence(
  { database }: PostgresContext,
  acceptedSince: number,
): Promise<{ lane: Lane; since: number }[]> {
  return database.all<{ lane: Lane; since: number }>(
    `select name as lane, min(updated_at) as since
     from (select lane, state, meta_hold, updated_at from notifications order by position desc limit $1) as newest
       join lanes on lanes.id = newest.lane
     where state = 'accepted' and meta_hold = 0 and updated_at >= $2
     group by name order by name`,
    LOOKED_AT,
    acceptedSince,
  );
}
