import type { Event, EventKind, FeedBounds, KindCount } from '../../../../domain/event.ts';
import { businessPhoneOf } from '../../../../domain/lane.ts';
import { isMetaTest } from '../../../../whatsapp/meta-test.ts';
import { readContentAt } from '../../../../whatsapp/read-content.ts';
import { readElement } from '../../../../whatsapp/read-event.ts';
import { MOST_COUNTED_HIDDEN } from '../../most-counted-hidden.ts';
import { readBodies, type StoredBody, withinMemory } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';

/** What is selected of an event that is shown. */
export type ShownEventRow = {
  position: number;
  key: string;
  kind: EventKind;
  lane: number;
  occurred_at: number | null;
  received_at: number;
  webhook: number | null;
  length: number | null;
  path: string | null;
  foreign_phone: number;
  revision: number;
  replayed: boolean;
  payload: string | null;
  contact: string | null;
};

/**
 * A page of the feed after a position, in feed order, or before it and backwards. `kinds` null means every kind. A page is shorter than asked for
 * only at the end of the feed: bodies that are too large to be held together are read one after another.
 */
export async function listEvents(
  context: PostgresContext,
  query: { after: number; kinds: EventKind[] | null; limit: number; newest?: boolean },
): Promise<Event[]> {
  const newest = query.newest === true;
  const order = newest ? 'desc' : 'asc';
  const rows = await context.database.all<ShownEventRow>(
    `select ${shownColumns} from (
       select * from events
       where position ${newest ? '<' : '>'} $1 and ($2::text[] is null or kind = any($2::text[]))
       order by position ${order} limit $3
     ) as events order by position ${order}`,
    query.after,
    query.kinds,
    query.limit,
  );
  const events: Event[] = [];
  for await (const { event } of eventsOfRows(context, rows)) events.push(event);
  return events;
}

/**
 * The columns of a {@link ShownEventRow}, of a few `events`. What belongs to an event is looked up for each: with joins
 * PostgreSQL may read tables from their beginning.
 */
export const shownColumns = `events.position, encode(events.key, 'hex') as key, events.kind, events.lane,
  events.occurred_at, events.received_at, events.webhook,
  (select length from webhooks where webhooks.id = events.webhook) as length,
  events.path, events.foreign_phone, events.revision, events.payload,
  (select coalesce(contacts.merged_into, contacts.id) from event_contacts
     join contacts on contacts.number = event_contacts.contact
   where event_contacts.position = events.position and main = 1 limit 1) as contact,
  exists (select 1 from rereads where rereads.position = events.position) as replayed`;

/** The events of rows, with the rows and bodies that they are of; the bodies of a few are held at once. */
export async function* eventsOfRows<Row extends ShownEventRow>(
  context: PostgresContext,
  all: readonly Row[],
): AsyncGenerator<{ event: Event; row: Row; body: StoredBody | null }> {
  let rows = [...all];
  const laneName = await context.laneNames(rows);
  while (rows.length > 0) {
    const part = withinMemory(rows);
    rows = rows.slice(part.length);
    const bodyOf = await readBodies(
      context.database,
      part.map(({ webhook }) => webhook),
    );
    for (const row of part) {
      const lane = laneName(row.lane);
      const body = row.webhook === null ? null : bodyOf(row.webhook);
      const event: Event = {
        position: row.position,
        key: row.key,
        kind: row.kind,
        lane,
        occurredAt: row.occurred_at,
        receivedAt: row.received_at,
        businessPhoneId: businessPhoneOf(lane),
        contactId: row.contact,
        foreign: row.foreign_phone === 1,
        revision: row.revision,
        replayed: row.replayed,
        webhookId: row.webhook,
        ...(body === null ? ownEvent(row) : elementOf(row, body)),
      };
      yield { event, row, body };
    }
  }
}

/** Between which places a reader can go on: what is forgotten stays given out. */
export async function readFeedBounds({ database }: PostgresContext): Promise<FeedBounds> {
  const bounds = await database.get<FeedBounds>(
    `select coalesce((select until from forgotten where what = 'events'), 0) as forgotten, position as given
     from feed`,
  );
  return bounds ?? { forgotten: 0, given: 0 };
}

/** How many events between two places are of other kinds than these, by kind. */
export async function countHidden(
  { database }: PostgresContext,
  query: { after: number; until: number; kinds: EventKind[] },
): Promise<KindCount[]> {
  return database.all<KindCount>(
    `select kind, count(*)::integer as count from (
       select kind from events where position > $1 and position <= $2 and not kind = any($3::text[])
       order by position limit $4) as hidden
     group by kind order by kind collate "C"`,
    query.after,
    query.until,
    query.kinds,
    MOST_COUNTED_HIDDEN,
  );
}

type Said = Pick<Event, 'payload' | 'content' | 'metaTest'>;

function ownEvent({ payload }: ShownEventRow): Said {
  return { payload: payload === null ? null : JSON.parse(payload), content: null, metaTest: false };
}

function elementOf({ kind, path }: ShownEventRow, { json, received }: StoredBody): Said {
  const where = path ?? '';
  return {
    payload: readElement(json, where, received),
    content: readContentAt(kind, json, where),
    metaTest: isMetaTest(json, where),
  };
}

/** The position of the newest event; 0 in an empty feed. */
export async function lastPosition({ database }: PostgresContext): Promise<number> {
  const row = await database.get<{ position: number | null }>('select max(position) as position from events');
  return row?.position ?? 0;
}
