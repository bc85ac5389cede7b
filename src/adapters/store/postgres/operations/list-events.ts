import type { Event, EventKind, FeedBounds, KindCount } from '../../../../domain/event.ts';
import { businessPhoneOf } from '../../../../domain/lane.ts';
import { isMetaTest } from '../../../../whatsapp/meta-test.ts';
import { readContentAt } from '../../../../whatsapp/read-content.ts';
import { readElement } from '../../../../whatsapp/read-event.ts';
import { MOST_COUNTED_HIDDEN } from '../../most-counted-hidden.ts';
import { readBodies, type StoredBody, withinMemory } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';

type EventRow = {
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
  const order = query.newest === true ? 'desc' : 'asc';
  const { database } = context;
  let rows = await database.all<EventRow>(
    // What belongs to an event is looked up for each: with joins PostgreSQL may read tables from their beginning.
    `select position, encode(key, 'hex') as key, kind, lane, occurred_at, received_at, webhook,
       (select length from webhooks where webhooks.id = page.webhook) as length, path, foreign_phone, revision, payload,
       (select coalesce(contacts.merged_into, contacts.id) from event_contacts
          join contacts on contacts.number = event_contacts.contact
        where event_contacts.position = page.position and main = 1 limit 1) as contact,
       exists (select 1 from rereads where rereads.position = page.position) as replayed
     from (
       select * from events where position ${query.newest === true ? '<' : '>'} $1 and ($2::text[] is null or kind = any($2::text[]))
       order by position ${order} limit $3
     ) as page order by position ${order}`,
    query.after,
    query.kinds,
    query.limit,
  );
  const laneName = await context.laneNames(rows);
  const events: Event[] = [];
  while (rows.length > 0) {
    const part = withinMemory(rows);
    rows = rows.slice(part.length);
    const bodyOf = await readBodies(
      database,
      part.map(({ webhook }) => webhook),
    );
    for (const row of part) {
      const lane = laneName(row.lane);
      events.push({
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
        ...(row.webhook === null ? ownEvent(row) : elementOf(row, bodyOf(row.webhook))),
      });
    }
  }
  return events;
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

function ownEvent({ payload }: EventRow): Said {
  return { payload: payload === null ? null : JSON.parse(payload), content: null, metaTest: false };
}

function elementOf({ kind, path }: EventRow, { json, received }: StoredBody): Said {
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
