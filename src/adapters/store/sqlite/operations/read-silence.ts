import type { Lane } from '../../../../domain/lane.ts';
import type { StoreContext } from '../context.ts';
import { all } from '../statement.ts';

/** How many of the newest notifications are looked at: enough to see silence, and always the same work. */
const LOOKED_AT = 500;

/** A lane with a message that Meta accepted and told nothing of, and since when, in milliseconds. */
export type LaneSilence = { lane: Lane; since: number };

/** The oldest such message of each lane, among those accepted at or after a time. */
export function readSilence({ database }: StoreContext, acceptedSince: number): LaneSilence[] {
  return all<LaneSilence>(
    database,
    `select name as lane, min(updated_at) as since
     from (select lane, state, meta_hold, updated_at from notifications order by position desc limit ?) as newest
       join lanes on lanes.id = newest.lane
     where state = 'accepted' and meta_hold = 0 and updated_at >= ?
     group by name order by name`,
    LOOKED_AT,
    acceptedSince,
  );
}
