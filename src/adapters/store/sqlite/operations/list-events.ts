import type { Event, EventKind, FeedBounds, KindCount } from '../../../../domain/event.ts';
import { businessPhoneOf } from '../../../../domain/lane.ts';
import { isMetaTest } from '../../../../whatsapp/meta-test.ts';
import { readContentAt } from '../../../../whatsapp/read-content.ts';
import { readElement } from '../../../../whatsapp/read-event.ts';
import { MOST_COUNTED_HIDDEN } from '../../most-counted-hidden.ts';
import { createBodies, type StoredBody } from '../bodies.ts';
import type { StoreContext } from '../context.ts';
import { all, get } from '../statement.ts';

/** What is selected of an event that is shown. */
export type ShownEventRow = {
  position: number;
  key: string;
  kind: EventKind;
  lane: number;
  occurred_at: number | null;
  received_at: number;
  webhook: number | null;
  path: string | null;
  foreign_phone: number;
  revision: number;
  replayed: number;
  payload: string | null;
  contact: string | null;
};

/** A page of the feed after a position, in feed order, or before it and backwards. `kinds` null means every kind. */
export function listEvents(
  context: StoreContext,
  query: { after: number; kinds: EventKind[] | null; limit: number; newest?: boolean },
): Event[] {
  const newest = query.newest === true;
  const bodyOf = createBodies(context);
  return all<ShownEventRow>(
    context.database,
    `select ${shownColumns} from ${shownTables}
     where events.position ${newest ? '<' : '>'} ? and (? is null or kind in (select value from json_each(?)))
     order by events.position ${newest ? 'desc' : 'asc'} limit ?`,
    query.after,
    query.kinds === null ? null : 1,
    JSON.stringify(query.kinds ?? []),
    query.limit,
  ).map((row) => eventOfRow(context, row, bodyOf));
}

/** The columns of a {@link ShownEventRow}, of {@link shownTables}. */
export const shownColumns = `events.position, lower(hex(key)) as key, kind, events.lane, occurred_at, received_at,
  webhook, path, foreign_phone, revision, payload, coalesce(contacts.merged_into, contacts.id) as contact,
  exists (select 1 from rereads where rereads.position = events.position) as replayed`;

/** Events with the contacts that they are about. */
export const shownTables = `events left join event_contacts on event_contacts.position = events.position and main = 1
  left join contacts on contacts.number = event_contacts.contact`;

/** The event of a row. */
export function eventOfRow(
  context: StoreContext,
  row: ShownEventRow,
  bodyOf: (webhookId: number) => StoredBody,
): Event {
  const lane = context.laneName(row.lane);
  return {
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
    replayed: row.replayed === 1,
    webhookId: row.webhook,
    ...(row.webhook === null ? ownEvent(row) : elementOf(row, bodyOf(row.webhook))),
  };
}

/** Between which places a reader can go on: what is forgotten stays given out, and so does what a restored feed lacks. */
export function readFeedBounds({ database }: StoreContext): FeedBounds {
  const bounds = get<FeedBounds>(
    database,
    `select coalesce((select until from forgotten where what = 'events'), 0) as forgotten,
       coalesce((select seq from sqlite_sequence where name = 'events'), 0) as given`,
  );
  return bounds ?? { forgotten: 0, given: 0 };
}

/** How many events between two places are of other kinds than these, by kind. */
export function countHidden(
  context: StoreContext,
  query: { after: number; until: number; kinds: EventKind[] },
): KindCount[] {
  return all<KindCount>(
    context.database,
    `select kind, count(*) as count from (
       select kind from events
       where position > ? and position <= ? and kind not in (select value from json_each(?))
       order by position limit ?)
     group by kind order by kind`,
    query.after,
    query.until,
    JSON.stringify(query.kinds),
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
export function lastPosition(context: StoreContext): number {
  return (
    get<{ position: number | null }>(context.database, 'select max(position) as position from events')
      ?.position ?? 0
  );
}
