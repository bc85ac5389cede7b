import { Buffer } from 'node:buffer';
import { keysBefore } from '../../keys-before.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';
import { wakeParties } from './forwarding.ts';

type Place = { position: number; webhook: number | null; received_at: number; is_evidence: boolean };

/** Deletes the next events that are old enough and in the state, with what hangs on them. */
export async function forgetEvents(
  { database }: PostgresContext,
  scope: { after: number; receivedBefore: number; limit: number },
): Promise<{ events: number; webhooks: number; next: number | null }> {
  return database.transaction(async (statements) => {
    const places = await statements.all<Place>(
      `select position, webhook, received_at,
         exists (select from merges where merges.position = events.position) as is_evidence
       from events where position > $1 and position < (${firstNeeded}) order by position limit $2`,
      scope.after,
      scope.limit,
    );
    const young = places.findIndex(({ received_at }) => received_at >= scope.receivedBefore);
    const old = young === -1 ? places : places.slice(0, young);
    // What made one person of two can be looked at, and undone, for as long as the merge is known.
    const going = old.filter(({ is_evidence }) => !is_evidence);
    const webhooks = going.length === 0 ? 0 : await deleteEvents(statements, going);
    await noteForgotten(statements, going.at(-1)?.position ?? 0);
    const isAll = old.length === scope.limit;
    return { events: going.length, webhooks, next: isAll ? (old.at(-1)?.position ?? null) : null };
  });
}

async function noteForgotten(statements: Statements, position: number): Promise<void> {
  if (position === 0) return;
  await statements.run(
    `insert into forgotten (what, until) values ('events', $1)
     on conflict (what) do update set until = greatest(forgotten.until, excluded.until)`,
    position,
  );
}

/** The first position that somebody still needs: that of an event which is not in the state, else of the newest. */
const firstNeeded = `select min(position) from (
    select (select min(position) from events where lane = lanes.id and position > lanes.folded) as position from lanes
    union all select min(rereads.position) from rereads join events using (position) where waiting is not null
    union all select max(position) from events) as needed`;

/** Deletes events with their bodies, in the order in which everybody locks. Returns how many bodies are gone. */
async function deleteEvents(statements: Statements, events: readonly Place[]): Promise<number> {
  const positions = events.map(({ position }) => position);
  const others = await statements.all<{ webhook: number }>(
    'select distinct webhook from other_contents where position = any($1::bigint[])',
    positions,
  );
  for (const table of ['messages', 'event_contacts', 'other_contents', 'rereads', 'events']) {
    await statements.run(`delete from ${table} where position = any($1::bigint[])`, positions);
  }
  const forwards = await statements.all<{ endpoint: string; party: string }>(
    `delete from forwards where endpoint in (select id from endpoints) and position = any($1::bigint[])
     returning endpoint, party`,
    positions,
  );
  // What waited behind one that is gone goes on.
  for (const { endpoint, party } of forwards) await wakeParties(statements, endpoint, [party], 0);
  await statements.run(`update media set state = 'forgotten' where position = any($1::bigint[])`, positions);
  return statements.run(
    `delete from webhooks where id = any($1::bigint[])
       and not exists (select from events where webhook = webhooks.id)
       and not exists (select from other_contents where webhook = webhooks.id)`,
    [...new Set([...events, ...others].flatMap(({ webhook }) => webhook ?? []))],
  );
}

/** Deletes the next keys that are old enough and whose event is gone. */
export async function forgetKeys(
  { database }: PostgresContext,
  scope: { after: string; receivedBefore: number; limit: number },
): Promise<{ keys: number; next: string | null }> {
  const row = await database.get<{ keys: number; looked: number; last: string | null }>(
    `with looked as (
       select key, received_at < $1 and not exists (select from events where events.position = keys.position) as is_old
       from keys where key > $2 and key < $3 order by key limit $4
     ),
     gone as (
       delete from keys where key in (select key from looked where is_old) returning 1
     )
     select (select count(*) from gone)::integer as keys, count(*)::integer as looked,
       (select encode(key, 'hex') from looked order by key desc limit 1) as last
     from looked`,
    scope.receivedBefore,
    Buffer.from(scope.after, 'hex'),
    keysBefore(scope.receivedBefore),
    scope.limit,
  );
  return { keys: row?.keys ?? 0, next: row?.looked === scope.limit ? row.last : null };
}

/** Deletes tries that began before a time, the oldest of each lane first. */
export async function forgetAttempts(
  { database }: PostgresContext,
  scope: { startedBefore: number; limit: number },
): Promise<number> {
  return database.run(
    `delete from attempts where id in (
       select old.id from lanes cross join lateral (
         select id from attempts where lane = lanes.id and started_at < $1 and settled = 1
           and not exists (select from notifications where notifications.id = attempts.notification
             and state in ('queued', 'held', 'sending', 'unknown'))
         order by started_at limit $2) as old
       limit $2)`,
    scope.startedBefore,
    scope.limit,
  );
}
