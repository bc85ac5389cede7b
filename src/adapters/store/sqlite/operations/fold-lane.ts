import type { EventKind } from '../../../../domain/event.ts';
import type { Lane } from '../../../../domain/lane.ts';
import type { FoldEvent } from '../../../../flows/inbound/fold.ts';
import { type FoldBatch, type FoldedLane, foldBatch } from '../../../../flows/inbound/fold-lane.ts';
import type { Fence } from '../../../../flows/lane-state.ts';
import { readBusinessNumber } from '../../../../whatsapp/read-fold-facts.ts';
import { addSubjects, factsOf, noSubjects } from '../../fold-subjects.ts';
import { createBodies } from '../bodies.ts';
import { inLaterSyncedTransaction, inReadTransaction, inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { loadState } from './load-state.ts';
import { writeChanges } from './write-changes.ts';

type EventRow = {
  position: number;
  key: string;
  kind: EventKind;
  occurred_at: number | null;
  received_at: number;
  webhook: number | null;
  path: string | null;
  foreign_phone: number;
  payload: string | null;
};

/**
 * Folds a lane's next events into its state. Those that a re-reading brought are left out, the cursor passes
 * them: `refoldLane` takes them in.
 */
export function foldLane(
  context: StoreContext,
  { lane }: Fence,
  limit: number,
  optOutWords: readonly string[] = [],
): FoldedLane {
  const next = inReadTransaction(context, () => readNext(context, lane, limit));
  if (next === null) return nothingNew;
  const changes = foldBatch(lane, next.batch, optOutWords);
  const ownEvents = changes.events.length;
  // Without an event of ours all of it can be folded again from the feed: it may wait for the next fsync.
  const write = ownEvents > 0 || changes.notifications.length > 0 ? inTransaction : inLaterSyncedTransaction;
  write(context, () => {
    run(context.database, 'update lanes set folded = ? where id = ?', next.cursor, next.laneId);
    writeChanges(context, next.laneId, changes);
  });
  const messages = next.batch.events.filter(({ facts }) => facts.fact === 'message').length;
  return { events: next.events, notifications: changes.notifications, ownEvents, messages };
}

/** A lane's next events with their state, how many they are, and where its cursor comes to stand; null without any. */
function readNext(
  context: StoreContext,
  lane: Lane,
  limit: number,
): { laneId: number; batch: FoldBatch; events: number; cursor: number } | null {
  const { database } = context;
  const cursor = get<{ id: number; folded: number }>(
    database,
    'select id, folded from lanes where name = ?',
    lane,
  );
  if (cursor === undefined) return null;
  const rows = all<EventRow & { reread: number }>(
    database,
    `select position, lower(hex(key)) as key, kind, occurred_at, received_at, webhook, path, foreign_phone, payload,
       exists (select 1 from rereads where rereads.position = events.position) as reread
     from events where lane = ? and position > ? order by position limit ?`,
    cursor.id,
    cursor.folded,
    limit,
  );
  const last = rows.at(-1);
  if (last === undefined) return null;
  const unread = rows.filter(({ reread }) => reread === 0);
  return {
    laneId: cursor.id,
    batch: readEvents(context, lane, unread, false),
    events: rows.length,
    cursor: last.position,
  };
}

const nothingNew: FoldedLane = { events: 0, notifications: [], ownEvents: 0, messages: 0 };

/** Folds a lane's events that a re-reading brought and that are not in the state yet. */
export function refoldLane(
  context: StoreContext,
  { lane }: Fence,
  limit: number,
  optOutWords: readonly string[] = [],
): FoldedLane {
  const { database } = context;
  const rows = all<EventRow & { waiting: number }>(
    database,
    `select events.position, lower(hex(key)) as key, kind, occurred_at, received_at, webhook, path, foreign_phone,
       payload, waiting
     from rereads join events on events.position = rereads.position
     where rereads.lane = (select id from lanes where name = ?) and waiting is not null
     order by rereads.position limit ?`,
    lane,
    limit,
  );
  if (rows.length === 0) return nothingNew;
  const changes = foldBatch(lane, readEvents(context, lane, rows, true), optOutWords);
  inTransaction(context, () => {
    for (const { position, waiting } of rows)
      run(
        database,
        'update rereads set waiting = null where position = ? and waiting = ?',
        position,
        waiting,
      );
    writeChanges(context, context.ensureLane(lane), changes);
  });
  return {
    events: rows.length,
    notifications: changes.notifications,
    ownEvents: changes.events.length,
    // They came long ago.
    messages: 0,
  };
}

/** What the rows say, and the state that it touches. */
function readEvents(
  context: StoreContext,
  lane: Lane,
  rows: readonly EventRow[],
  replayed: boolean,
): FoldBatch {
  const bodyOf = createBodies(context);
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
  return { events, state: loadState(context, lane, subjects) };
}
