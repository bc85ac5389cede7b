import { Buffer } from 'node:buffer';
import { keysBefore } from '../../keys-before.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { wakeParty } from './forwarding.ts';

type Place = { position: number; webhook: number | null; received_at: number; is_evidence: number };

/** Deletes the next events that are old enough and in the state, with what hangs on them. */
export function forgetEvents(
  context: StoreContext,
  scope: { after: number; receivedBefore: number; limit: number },
): { events: number; webhooks: number; next: number | null } {
  const forgotten = inTransaction(context, () => {
    const places = all<Place>(
      context.database,
      `select position, webhook, received_at,
         exists (select 1 from merges where merges.position = events.position) as is_evidence
       from events where position > ? and position < ? order by position limit ?`,
      scope.after,
      firstNeeded(context),
      scope.limit,
    );
    const young = places.findIndex(({ received_at }) => received_at >= scope.receivedBefore);
    const old = young === -1 ? places : places.slice(0, young);
    // What made one person of two can be looked at, and undone, for as long as the merge is known.
    const going = old.filter(({ is_evidence }) => is_evidence === 0);
    const webhooks = deleteEvents(context, going);
    noteForgotten(context, going.at(-1)?.position ?? 0);
    const isAll = old.length === scope.limit;
    return { events: going.length, webhooks, next: isAll ? (old.at(-1)?.position ?? null) : null };
  });
  if (forgotten.events > 0) shrink(context);
  return forgotten;
}

function noteForgotten({ database }: StoreContext, position: number): void {
  if (position === 0) return;
  run(
    database,
    `insert into forgotten (what, until) values ('events', ?)
     on conflict (what) do update set until = max(until, excluded.until)`,
    position,
  );
}

/** What comes in fills the room of what is gone; only what is far too much is given back, a little at a time. */
const PAGES_AT_ONCE = 500;

function shrink({ database }: StoreContext): void {
  const pages = (name: string) => Number(database.pragma(name, { simple: true }));
  if (pages('freelist_count') * 4 > pages('page_count'))
    database.pragma(`incremental_vacuum(${PAGES_AT_ONCE})`);
}

/** The first position that somebody still needs: that of an event which is not in the state, else of the newest. */
function firstNeeded({ database }: StoreContext): number {
  const row = get<{ position: number | null }>(
    database,
    `select min(position) as position from (
       select (select min(position) from events where lane = lanes.id and position > lanes.folded) as position from lanes
       union all select min(rereads.position) from rereads join events using (position) where waiting is not null
       union all select max(position) from events)`,
  );
  return row?.position ?? 0;
}

/** Deletes events with their bodies. Returns how many bodies are gone. */
function deleteEvents({ database }: StoreContext, events: readonly Place[]): number {
  const positions = JSON.stringify(events.map(({ position }) => position));
  const others = all<{ webhook: number }>(
    database,
    'select distinct webhook from other_contents where position in (select value from json_each(?))',
    positions,
  );
  for (const table of ['messages', 'event_contacts', 'other_contents', 'rereads', 'events']) {
    run(database, `delete from ${table} where position in (select value from json_each(?))`, positions);
  }
  run(
    database,
    `update media set state = 'forgotten' where position in (select value from json_each(?))`,
    positions,
  );
  const forwards = all<{ endpoint: string; party: string }>(
    database,
    `delete from forwards where endpoint in (select id from endpoints)
       and position in (select value from json_each(?)) returning endpoint, party`,
    positions,
  );
  // What waited behind one that is gone goes on.
  for (const { endpoint, party } of forwards) wakeParty(database, endpoint, party, 0);
  const bodies = [...events, ...others].flatMap(({ webhook }) => webhook ?? []);
  const gone = all<{ block: number }>(
    database,
    `delete from webhooks where id in (select value from json_each(?))
       and not exists (select 1 from events where webhook = webhooks.id)
       and not exists (select 1 from other_contents where webhook = webhooks.id)
     returning block`,
    JSON.stringify(bodies),
  );
  run(
    database,
    `delete from blocks where id in (select value from json_each(?))
       and not exists (select 1 from webhooks where block = blocks.id)`,
    JSON.stringify(gone.map(({ block }) => block)),
  );
  return gone.length;
}

/** Deletes the next keys that are old enough and whose event is gone. */
export function forgetKeys(
  context: StoreContext,
  scope: { after: string; receivedBefore: number; limit: number },
): { keys: number; next: string | null } {
  return inTransaction(context, () => {
    const looked = all<{ key: Buffer; is_old: number }>(
      context.database,
      `select key, received_at < ? and not exists (select 1 from events where events.position = keys.position) as is_old
       from keys where key > ? and key < ? order by key limit ?`,
      scope.receivedBefore,
      Buffer.from(scope.after, 'hex'),
      keysBefore(scope.receivedBefore),
      scope.limit,
    );
    const going = looked.filter(({ is_old }) => is_old === 1);
    for (const { key } of going) run(context.database, 'delete from keys where key = ?', key);
    const last = looked.length === scope.limit ? looked.at(-1) : undefined;
    return { keys: going.length, next: last?.key.toString('hex') ?? null };
  });
}

/** Deletes tries that began before a time, the oldest of each lane first. */
export function forgetAttempts(
  context: StoreContext,
  scope: { startedBefore: number; limit: number },
): number {
  return inTransaction(context, () => {
    let left = scope.limit;
    for (const { id } of all<{ id: number }>(context.database, 'select id from lanes order by id')) {
      left -= run(
        context.database,
        `delete from attempts where id in (
           select id from attempts where lane = ? and started_at < ? and settled = 1
             and not exists (select 1 from notifications where notifications.id = attempts.notification
               and state in ('queued', 'held', 'sending', 'unknown'))
           order by started_at limit ?)`,
        id,
        scope.startedBefore,
        left,
      ).changes;
      if (left === 0) break;
    }
    return scope.limit - left;
  });
}
