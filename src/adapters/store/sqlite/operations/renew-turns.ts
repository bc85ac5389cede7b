import { urgencies } from '../../../../domain/pacing/urgency.ts';
import type { StoreContext } from '../context.ts';
import { get, run } from '../statement.ts';

/**
 * Says anew whose turn it is among what waits for a party, inside the caller's transaction: of each urgency the one
 * that waits longest, and none while one is on its way, so that messages to one person leave one after another.
 */
export function renewTurns({ database }: StoreContext, laneId: number, party: string): void {
  run(database, 'delete from turns where lane = ? and party = ?', laneId, party);
  const onItsWay = get(
    database,
    `select 1 from notifications where lane = ? and party = ? and state = 'sending' limit 1`,
    laneId,
    party,
  );
  if (onItsWay !== undefined) return;
  for (const urgency of urgencies.keys()) {
    run(
      database,
      `insert into turns (lane, party, urgency, notification, due_at, batch)
       select lane, party, urgency, id, next_attempt_at, batch from notifications
       where lane = ? and party = ? and urgency = ? and state = 'queued'
       order by queued_at, position limit 1`,
      laneId,
      party,
      urgency,
    );
  }
}
