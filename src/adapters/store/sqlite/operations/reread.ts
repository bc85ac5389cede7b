import { Buffer } from 'node:buffer';
import type {
  ReadAgain,
  Reading,
  RereadScope,
  StoredWebhook,
  Understood,
} from '../../../../flows/inbound/reread.ts';
import { isBetterRead, type StoredReading } from '../../is-better-read.ts';
import { undatedKey } from '../../undated-key.ts';
import { createBodies } from '../bodies.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { all, get, run } from '../statement.ts';
import { appendEvent } from './append-webhooks.ts';

/** What one reading takes at most: a transaction of some 10 ms, which acknowledgements wait for. */
const MOST_WEBHOOKS = 64;
const MOST_BYTES = 512 * 1024;

/** How many stored webhooks a scope holds, and the id of the newest. */
export function countWebhooks(context: StoreContext, scope: RereadScope): { count: number; last: number } {
  const row = get<{ count: number; last: number | null }>(
    context.database,
    `select count(*) as count, max(id) as last from webhooks
     where (? is null or id = ?) and (? is null or received_at >= ?)`,
    scope.webhookId,
    scope.webhookId,
    scope.since,
    scope.since,
  );
  return { count: row?.count ?? 0, last: row?.last ?? 0 };
}

type WebhookRow = {
  id: number;
  received_at: number;
  secret: string;
  length: number;
  redacted_at: number | null;
};

/** The next stored webhooks of a scope behind an id: at least one, while there is one. */
export function readWebhooks(context: StoreContext, scope: RereadScope, after: number): StoredWebhook[] {
  const found = all<WebhookRow>(
    context.database,
    `select id, received_at, secret, length, redacted_at from webhooks
     where id > ? and (? is null or id = ?) and (? is null or received_at >= ?) order by id limit ?`,
    after,
    scope.webhookId,
    scope.webhookId,
    scope.since,
    scope.since,
    MOST_WEBHOOKS,
  );
  const bodyOf = createBodies(context);
  const webhooks: StoredWebhook[] = [];
  let bytes = 0;
  for (const { id, received_at, secret, length, redacted_at } of found) {
    bytes += length;
    if (webhooks.length > 0 && bytes > MOST_BYTES) break;
    webhooks.push({
      id,
      receivedAt: received_at,
      secretFingerprint: secret,
      // A copy of its own: a view would take its whole buffer to the other thread.
      body: new Uint8Array(bodyOf(id).received),
      redacted: redacted_at !== null,
    });
  }
  return webhooks;
}

/** What is better understood in these readings than in the feed; writes nothing. */
export function compareReadings(context: StoreContext, readings: Reading[]): Understood[] {
  return readings.flatMap((reading) =>
    reading.events.flatMap((event): Understood[] => {
      const stored = findStored(context, event, reading.webhookId);
      if (stored === 'known' || (stored !== null && !isBetterRead(stored, event, stored.sameContent === 1)))
        return [];
      // A new event without id and time has no key yet: its subject and content tell it from others.
      const key =
        'key' in event.identity
          ? hex(event.identity.key)
          : hex(event.identity.undatedSubject) + hex(event.digest);
      return [{ key, kind: event.kind, was: stored?.kind ?? null }];
    }),
  );
}

/** Upgrades in place what is better understood, and appends what is not in the feed, in one transaction. */
export function applyReadings(context: StoreContext, readings: Reading[], now: number): Understood[] {
  return inTransaction(context, () =>
    readings.flatMap((reading) =>
      reading.events.flatMap((event): Understood[] => {
        const stored = findStored(context, event, reading.webhookId);
        if (stored === 'known' || (stored !== null && !isBetterRead(stored, event, stored.sameContent === 1)))
          return [];
        const key = stored?.key ?? newKey(context, event);
        if (stored === null) {
          const position = appendEvent(context, event, key, reading.webhookId, reading.receivedAt);
          awaitFold(context, position, 1, event, now);
        } else {
          upgrade(context, stored, event, reading.webhookId, now);
        }
        return [{ key: hex(key), kind: event.kind, was: stored?.kind ?? null }];
      }),
    ),
  );
}

type Stored = StoredReading & {
  key: Uint8Array;
  revision: number;
  lane: number;
  sameContent: number;
};

/**
 * The event that an element became: null when it became none, `known` when it was no news then (a state that was
 * still the latest) or its event is not here any more.
 */
function findStored(context: StoreContext, event: ReadAgain, webhookId: number): Stored | 'known' | null {
  const { identity, digest } = event;
  if ('key' in identity) {
    const known = get(context.database, 'select 1 from keys where key = ?', identity.key);
    if (known === undefined) return null;
    return readStored(context, 'keys.key = ?', identity.key, digest) ?? 'known';
  }
  const subject = identity.undatedSubject;
  const same = all<{ key: Buffer; webhook: number | null }>(
    context.database,
    `select keys.key, events.webhook from keys left join events on events.position = keys.position
     where keys.key between ? and ? and digest = ?`,
    undatedKey(subject, 0),
    undatedKey(subject, 2 ** 32 - 1),
    digest,
  );
  if (same.length === 0) return null;
  const own = same.find(({ webhook }) => webhook === webhookId);
  return own === undefined ? 'known' : (readStored(context, 'keys.key = ?', own.key, digest) ?? 'known');
}

function readStored(
  context: StoreContext,
  condition: string,
  key: Uint8Array,
  digest: Uint8Array,
): Stored | null {
  return (
    get<Stored>(
      context.database,
      `select keys.key, events.position, events.kind, events.revision, events.lane, lanes.folded,
         events.foreign_phone as "foreign", digest = ? as sameContent, contact, waiting
       from keys join events on events.position = keys.position join lanes on lanes.id = events.lane
       left join event_contacts on event_contacts.position = events.position and main = 1
       left join rereads on rereads.position = events.position
       where ${condition}`,
      digest,
      key,
    ) ?? null
  );
}

function newKey(context: StoreContext, event: ReadAgain): Uint8Array {
  const { identity, digest } = event;
  if ('key' in identity) return identity.key;
  // The digest of the latest stays as it is: this state is an old one.
  const row = get<{ counter: number }>(
    context.database,
    `insert into undated (subject, counter, digest) values (?, 1, ?)
     on conflict (subject) do update set counter = counter + 1 returning counter`,
    identity.undatedSubject,
    digest,
  );
  return undatedKey(identity.undatedSubject, row?.counter ?? 1);
}

function upgrade(
  context: StoreContext,
  stored: Stored,
  event: ReadAgain,
  webhookId: number,
  now: number,
): void {
  const { database } = context;
  run(
    database,
    `update events set kind = ?, lane = ?, foreign_phone = ?, webhook = ?, path = ?, revision = revision + 1
     where position = ?`,
    event.kind,
    context.ensureLane(event.lane),
    event.foreign ? 1 : 0,
    webhookId,
    event.path,
    stored.position,
  );
  run(database, 'update keys set digest = ? where key = ?', event.digest, stored.key);
  awaitFold(context, stored.position, stored.revision + 1, event, now);
}

/** Leaves an event for the owner of its lane, whether or not the lane's cursor has passed it. */
function awaitFold(
  context: StoreContext,
  position: number,
  revision: number,
  event: ReadAgain,
  now: number,
): void {
  run(
    context.database,
    `insert into rereads (position, lane, reread_at, waiting) values (?, ?, ?, ?)
     on conflict (position) do update
     set lane = excluded.lane, reread_at = excluded.reread_at, waiting = excluded.waiting`,
    position,
    context.ensureLane(event.lane),
    now,
    revision,
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
