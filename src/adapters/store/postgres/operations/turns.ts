import type { Statement } from '../database.ts';

/**
 * Makes others who change what waits for these parties wait until the end of the transaction: a notification is taken
 * by any process, and each must see what the other one has kept when it says whose turn it is. To be held before the
 * notifications are written.
 */
export function holdTurns(laneId: number, parties: readonly string[]): Statement {
  return {
    // Always in the same order, so that two never wait for each other in a circle.
    sql: `select pg_advisory_xact_lock(held.number) from (
      select distinct hashtextextended(party, $1) as number from unnest($2::text[]) as given (party) order by number
    ) as held`,
    values: [laneId, parties],
  };
}

/**
 * Says anew whose turn it is among what waits for parties: of each urgency the one that waits longest, and none while
 * one is on its way, so that messages to one person leave one after another.
 */
export function renewTurns(laneId: number, parties: readonly string[]): Statement {
  return {
    sql: `with given as (select distinct party from unnest($2::text[]) as given (party)),
      next as (
        select given.party, kind.urgency, first.id, first.next_attempt_at, first.batch
        from given cross join (values (0::smallint), (1::smallint), (2::smallint)) as kind (urgency)
          cross join lateral (
            select id, next_attempt_at, batch from notifications
            where lane = $1 and notifications.party = given.party and notifications.urgency = kind.urgency
              and state = 'queued'
            order by queued_at, position limit 1
          ) as first
        where not exists (
          select 1 from notifications where lane = $1 and notifications.party = given.party and state = 'sending')
      ),
      gone as (
        delete from turns using given
        where turns.lane = $1 and turns.party = given.party and not exists (
          select 1 from next where next.party = turns.party and next.urgency = turns.urgency)
      )
      insert into turns (lane, party, urgency, notification, due_at, batch)
      select $1, party, urgency, id, next_attempt_at, batch from next
      on conflict (lane, party, urgency) do update
        set notification = excluded.notification, due_at = excluded.due_at, batch = excluded.batch
        where turns.notification <> excluded.notification or turns.due_at <> excluded.due_at`,
    values: [laneId, parties],
  };
}
