import type { EventKind } from '../../../../domain/event.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { ReadAgain, Reading, Understood } from '../../../../flows/inbound/reread.ts';
import type { Statements } from '../database.ts';
import { rowsParameter } from '../safe-text.ts';
import { findStoredReadings, hexOf, type Stored } from './stored-readings.ts';

/** Where elements are kept, and when this is. */
type Keeping = { lanes: ReadonlyMap<Lane, number>; now: number };

/** An event that is better understood, with the webhook in which it is. */
type Upgrade = { stored: Stored; event: ReadAgain; webhookId: number };

/** An element that is no event yet. */
type Found = { event: ReadAgain; reading: Reading };

/**
 * Upgrades in place what is better understood, and appends what is not in the feed, inside a transaction. Locks in the
 * order in which everybody takes them: keys, then what waits to be folded, then the feed's counter.
 */
export async function keepReadings(
  statements: Statements,
  readings: readonly Reading[],
  keeping: Keeping,
): Promise<Understood[]> {
  const { first, again } = firstOfEach(readings);
  const stored = await findStoredReadings(statements, first, 'for update of keys');
  const upgrades: Upgrade[] = [];
  const found: Found[] = [];
  for (const reading of first) {
    for (const event of reading.events) {
      const judged = stored.judge(event, reading.webhookId);
      if (judged === 'new') found.push({ event, reading });
      else if (judged !== 'as before') upgrades.push({ stored: judged, event, webhookId: reading.webhookId });
    }
  }
  await upgrade(statements, upgrades, keeping);
  return [
    ...upgrades.map(({ stored: { key, kind: was }, event: { kind } }) => ({ key, kind, was })),
    ...(await append(statements, found, keeping)),
    ...(again.length === 0 ? [] : await keepReadings(statements, again, keeping)),
  ];
}

/** The first element of each identity; what comes again has to see what became of the first. */
function firstOfEach(readings: readonly Reading[]): { first: Reading[]; again: Reading[] } {
  const seen = new Set<string>();
  const first: Reading[] = [];
  const again: Reading[] = [];
  for (const reading of readings) {
    const now: ReadAgain[] = [];
    const later: ReadAgain[] = [];
    for (const event of reading.events) {
      const name = nameOf(event);
      (seen.has(name) ? later : now).push(event);
      seen.add(name);
    }
    if (now.length > 0) first.push({ ...reading, events: now });
    if (later.length > 0) again.push({ ...reading, events: later });
  }
  return { first, again };
}

function nameOf({ identity }: ReadAgain): string {
  return hexOf('key' in identity ? identity.key : identity.undatedSubject);
}

async function upgrade(
  statements: Statements,
  upgrades: readonly Upgrade[],
  keeping: Keeping,
): Promise<void> {
  if (upgrades.length === 0) return;
  const rows = rowsParameter(
    upgrades.map(({ stored: { key, position, revision }, event, webhookId }) => ({
      key,
      position,
      revision: revision + 1,
      kind: event.kind,
      lane: keeping.lanes.get(event.lane),
      foreign_phone: event.foreign ? 1 : 0,
      webhook: webhookId,
      path: event.path,
      digest: hexOf(event.digest),
    })),
  );
  const better = `json_to_recordset($1::json) as better (key text, position bigint, revision integer, kind text,
    lane integer, foreign_phone smallint, webhook bigint, path text, digest text)`;
  await statements.all(
    `select position from rereads where position in (select position from ${better}) order by position for update`,
    rows,
  );
  await statements.run(
    `update events set kind = better.kind, lane = better.lane, foreign_phone = better.foreign_phone,
       webhook = better.webhook, path = better.path, revision = better.revision
     from ${better} where events.position = better.position`,
    rows,
  );
  await statements.run(
    `update keys set digest = decode(better.digest, 'hex') from ${better} where keys.key = decode(better.key, 'hex')`,
    rows,
  );
  // Left for the owner of the lane, whether or not the lane's cursor has passed it.
  await statements.run(
    `insert into rereads (position, lane, reread_at, waiting)
     select position, lane, $2, revision from ${better} order by position
     on conflict (position) do update
     set lane = excluded.lane, reread_at = excluded.reread_at, waiting = excluded.waiting`,
    rows,
    keeping.now,
  );
}

/**
 * One statement that locks the feed's counter first and has no round trip while it holds it. What another process has
 * appended in the meantime stays as it is. The digest of the latest of a subject stays too: this state is an old one.
 */
async function append(
  statements: Statements,
  found: readonly Found[],
  keeping: Keeping,
): Promise<Understood[]> {
  if (found.length === 0) return [];
  const rows = found.map(({ event, reading }, index) => ({
    place: index + 1,
    name: nameOf(event),
    is_key: 'key' in event.identity,
    digest: hexOf(event.digest),
    kind: event.kind,
    path: event.path,
    lane: keeping.lanes.get(event.lane),
    occurred_at: event.occurredAt,
    received_at: reading.receivedAt,
    webhook: reading.webhookId,
    foreign_phone: event.foreign ? 1 : 0,
  }));
  const appended = await statements.all<{ key: string; kind: EventKind }>(
    `with element as materialized (
       select *, decode(name, 'hex') as identity from json_to_recordset($1::json) as element (place bigint, name text,
         is_key boolean, digest text, kind text, path text, lane integer, occurred_at bigint, received_at bigint,
         webhook bigint, foreign_phone smallint)
     ),
     counter as (
       update feed set position = position + $3 returning position - $3 as position
     ),
     state as (
       insert into undated (subject, counter, digest)
       select identity, 1, decode(digest, 'hex') from counter, element where not is_key order by identity
       on conflict (subject) do update set counter = undated.counter + 1
       returning subject, counter
     ),
     named as (
       select element.*, case when is_key then identity
         else '\\x00000000'::bytea || substring(identity from 1 for 12) || substring(int8send(state.counter) from 5)
         end as key
       from element left join state on not is_key and state.subject = identity
     ),
     new_key as (
       insert into keys (key, position, digest, received_at)
       select key, counter.position + place, decode(digest, 'hex'), received_at from counter, named order by key
       on conflict (key) do nothing
       returning key, position
     ),
     fresh as (
       select named.*, new_key.position from new_key join named on named.key = new_key.key
     ),
     new_event as (
       insert into events (position, key, kind, lane, occurred_at, received_at, webhook, path, foreign_phone)
       select position, key, kind, lane, occurred_at, received_at, webhook, path, foreign_phone from fresh
     ),
     new_reread as (
       insert into rereads (position, lane, reread_at, waiting) select position, lane, $2, 1 from fresh
     )
     select encode(key, 'hex') as key, kind from fresh order by position`,
    rowsParameter(rows),
    keeping.now,
    found.length,
  );
  return appended.map(({ key, kind }) => ({ key, kind, was: null }));
}
