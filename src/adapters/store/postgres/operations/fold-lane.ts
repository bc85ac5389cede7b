import type { EventKind } from '../../../../domain/event.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { FoldEvent } from '../../../../flows/inbound/fold.ts';
import { type FoldBatch, type FoldedLane, foldBatch } from '../../../../flows/inbound/fold-lane.ts';
import type { Fence } from '../../../../flows/lane-state.ts';
import { readBusinessNumber } from '../../../../whatsapp/read-fold-facts.ts';
import { addSubjects, factsOf, noSubjects } from '../../fold-subjects.ts';
import { readBodies, withinMemory } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';
import { loadState } from './load-state.ts';
import { holdLease, writeChanges } from './write-changes.ts';

type EventRow = {
  position: number;
  key: string;
  kind: EventKind;
  occurred_at: number | null;
  received_at: number;
  webhook: number | null;
  length: number | null;
  path: string | null;
  foreign_phone: number;
  payload: string | null;
};

const eventColumns = `events.position, encode(events.key, 'hex') as key, kind, occurred_at, events.received_at,
  events.webhook, (select length from webhooks where webhooks.id = events.webhook) as length, path, foreign_phone,
  payload`;

/**
 * Among how many positions of the feed a fold looks for its events. What PostgreSQL believes of the feed's end may be
 * old, and then it would read and sort everything that waits: 8,000 rows for a fold of 128.
 */
const REACH = 2_048;

const nothingNew: FoldedLane = { events: 0, notifications: [], ownEvents: 0, messages: 0 };

/**
 * Folds a lane's next events into its state. Events and state are read outside of any transaction, the fold is
 * computed, and then one transaction writes it, which the lease and the cursor guard: whoever has lost the lane, or
 * finds that somebody else has moved the cursor, writes nothing.
 */
export async function foldLane(
  context: PostgresContext,
  fence: Fence,
  limit: number,
  optOutWords: readonly string[] = [],
): Promise<FoldedLane> {
  const { lane } = fence;
  const laneId = await context.laneId(lane);
  if (laneId === null) return nothingNew;
  const found = await context.database.all<EventRow & { folded: number; reread: boolean }>(
    `select ${eventColumns}, folded,
       exists (select 1 from rereads where rereads.position = events.position) as reread
     from (
       select folded, (select min(position) from events where lane = $1 and position > folded) as first
       from lanes where id = $1
     ) as lane join events on events.lane = $1 and events.position >= first and events.position < first + $3
     order by events.position limit $2`,
    laneId,
    limit,
    REACH,
  );
  const rows = withinMemory(found);
  const last = rows.at(-1);
  if (last === undefined) return nothingNew;
  // Those that a re-reading brought are left out, the cursor passes them: `refoldLane` takes them in.
  const unread = rows.filter(({ reread }) => !reread);
  const batch = await readEvents(context, lane, unread, false);
  const changes = foldBatch(lane, batch, optOutWords);
  const ownEvents = changes.events.length;
  await context.database.commit(
    [
      holdLease(fence),
      { sql: 'select move_cursor($1, $2, $3)', values: [laneId, last.folded, last.position] },
      ...writeChanges(context, laneId, changes),
    ],
    // Without an event of ours all of it can be folded again from the feed: it may wait for the next one's fsync.
    ownEvents > 0 || changes.notifications.length > 0 ? 'now' : 'later',
  );
  const messages = batch.events.filter(({ facts }) => facts.fact === 'message').length;
  return { events: rows.length, notifications: changes.notifications, ownEvents, messages };
}

/** Folds a lane's events that a re-reading brought and that are not in the state yet. */
export async function refoldLane(
  context: PostgresContext,
  fence: Fence,
  limit: number,
  optOutWords: readonly string[] = [],
): Promise<FoldedLane> {
  const { lane } = fence;
  const laneId = await context.laneId(lane);
  if (laneId === null) return nothingNew;
  const found = await context.database.all<EventRow & { waiting: number }>(
    `select ${eventColumns}, waiting
     from rereads join events on events.position = rereads.position
     where rereads.lane = $1 and waiting is not null
     order by rereads.position limit $2`,
    laneId,
    limit,
  );
  const rows = withinMemory(found);
  if (rows.length === 0) return nothingNew;
  const changes = foldBatch(lane, await readEvents(context, lane, rows, true), optOutWords);
  await context.database.commit([
    holdLease(fence),
    {
      sql: `update rereads set waiting = null from unnest($1::bigint[], $2::integer[]) as folded (position, revision)
        where rereads.position = folded.position and waiting = folded.revision`,
      values: [rows.map(({ position }) => position), rows.map(({ waiting }) => waiting)],
    },
    ...writeChanges(context, laneId, changes),
  ]);
  return {
    events: rows.length,
    notifications: changes.notifications,
    ownEvents: changes.events.length,
    messages: 0,
  };
}

/** What the rows say, and the state that it touches. */
async function readEvents(
  context: PostgresContext,
  lane: Lane,
  rows: readonly EventRow[],
  replayed: boolean,
): Promise<FoldBatch> {
  const bodyOf = await readBodies(
    context.database,
    rows.map(({ webhook }) => webhook),
  );
  const subjects = noSubjects();
  const events = rows.map((row): FoldEvent => {
    const facts = factsOf(row, bodyOf);
    addSubjects(subjects, facts);
    return {
      position: row.position,
      key: row.key,
      occurredAt: row.occurred_at,
      receivedAt: row.received_at,
      businessNumber:
        row.webhook === null ? null : readBusinessNumber(bodyOf(row.webhook).json, row.path ?? ''),
      replayed,
      facts,
    };
  });
  return { events, state: await loadState(context, lane, subjects) };
}
