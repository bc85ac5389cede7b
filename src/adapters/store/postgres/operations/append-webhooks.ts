import { Buffer } from 'node:buffer';
import type {
  AppendedWebhook,
  IncomingEvent,
  IncomingWebhook,
} from '../../../../flows/inbound/receive-webhook.ts';
import { packBytes } from '../../body-format.ts';
import type { PostgresContext } from '../context.ts';
import { noteConflicts } from './note-conflicts.ts';

/** An element on its way into the feed. */
type Element = {
  /** Its webhook's place in the batch, and its own in the webhook. */
  webhook: number;
  index: number;
  event: IncomingEvent;
};

/** What a statement says of an element that became an event. */
type Appended = { element: number; webhook_id: number };

/**
 * Appends a batch of webhooks to the feed. All that is new goes in by one statement, which locks the feed's counter
 * first and has no round trip while it holds it; what is known already, but with other content, is looked at after it.
 * A batch in which two elements speak of the same subject without id and time needs a statement for each.
 */
export async function appendWebhooks(
  context: PostgresContext,
  batch: IncomingWebhook[],
): Promise<AppendedWebhook[]> {
  const results = batch.map((): AppendedWebhook => ({ webhookId: null, fresh: [] }));
  let waiting = batch.flatMap(({ events }, webhook) =>
    events.map((event, index): Element => ({ webhook, index, event })),
  );
  const known: Element[] = [];
  while (waiting.length > 0) {
    const { now, later, repeated } = firstOfEach(waiting);
    const appended = await appendElements(context, batch, now, results);
    for (const [place, element] of now.entries()) {
      const result = results[element.webhook];
      const row = appended.get(place);
      if (result === undefined) continue;
      if (row === undefined) known.push(element);
      else {
        result.webhookId = row.webhook_id;
        result.fresh.push(element.index);
      }
    }
    known.push(...repeated);
    waiting = later;
  }
  for (const { fresh } of results) fresh.sort((one, other) => one - other);
  // An element without id and time that is not new is the same as the latest of its subject: nothing to keep.
  const conflicts = known.flatMap(({ webhook, event }) =>
    'key' in event.identity ? [{ webhook, event, key: event.identity.key }] : [],
  );
  if (conflicts.length > 0) await noteConflicts(context, batch, conflicts, results);
  return results;
}

/** The first element of each identity, those of the same subject for a later statement, and the same key again. */
function firstOfEach(elements: readonly Element[]): {
  now: Element[];
  later: Element[];
  repeated: Element[];
} {
  const seen = new Set<string>();
  const now: Element[] = [];
  const later: Element[] = [];
  const repeated: Element[] = [];
  for (const element of elements) {
    const { identity } = element.event;
    const isKey = 'key' in identity;
    const name = `${isKey}${Buffer.from(isKey ? identity.key : identity.undatedSubject).toString('latin1')}`;
    if (!seen.has(name)) now.push(element);
    else if (isKey) repeated.push(element);
    else later.push(element);
    seen.add(name);
  }
  return { now, later, repeated };
}

async function appendElements(
  context: PostgresContext,
  batch: readonly IncomingWebhook[],
  elements: readonly Element[],
  results: readonly AppendedWebhook[],
): Promise<Map<number, Appended>> {
  const lanes = await context.ensureLanes(elements.map(({ event }) => event.lane));
  const used = [...new Set(elements.map(({ webhook }) => webhook))];
  const placeOf = new Map(used.map((webhook, place) => [webhook, place]));
  const bodies = used.map((webhook) => {
    const { body, receivedAt, secretFingerprint } = batch[webhook] ?? missing;
    const kept = results[webhook]?.webhookId ?? null;
    // A body that is kept already does not travel again.
    const packed = kept === null ? packBytes(body) : { format: 0, bytes: new Uint8Array(0) };
    return { kept, receivedAt, secretFingerprint, length: body.byteLength, ...packed };
  });
  const names = elements.map(({ event: { identity } }) =>
    'key' in identity ? identity.key : identity.undatedSubject,
  );
  const digests = elements.map(({ event }) => event.digest);
  const rows = await context.database.all<Appended>(
    appendSql,
    Buffer.concat(bodies.map(({ bytes }) => bytes)),
    starts(bodies.map(({ bytes }) => bytes)),
    bodies.map(({ bytes }) => bytes.byteLength),
    bodies.map(({ format }) => format),
    bodies.map(({ length }) => length),
    bodies.map(({ receivedAt }) => receivedAt),
    bodies.map(({ secretFingerprint }) => secretFingerprint),
    bodies.map(({ kept }) => kept),
    Buffer.concat(names),
    starts(names),
    names.map(({ byteLength }) => byteLength),
    Buffer.concat(digests),
    starts(digests),
    digests.map(({ byteLength }) => byteLength),
    elements.map(({ event }) => 'key' in event.identity),
    elements.map(({ webhook }) => (placeOf.get(webhook) ?? 0) + 1),
    elements.map(({ event }) => event.kind),
    elements.map(({ event }) => event.path),
    elements.map(({ event }) => lanes.get(event.lane) ?? 0),
    elements.map(({ event }) => event.occurredAt),
    elements.map(({ event }) => (event.foreign ? 1 : 0)),
  );
  return new Map(rows.map((row) => [row.element - 1, row]));
}

const missing: IncomingWebhook = {
  body: new Uint8Array(0),
  secretFingerprint: '',
  receivedAt: 0,
  events: [],
};

/** Where each of several byte strings begins when they stand behind one another, counted from 1 as PostgreSQL does. */
function starts(parts: readonly Uint8Array[]): number[] {
  let at = 1;
  return parts.map(({ byteLength }) => {
    const start = at;
    at += byteLength;
    return start;
  });
}

/**
 * The order of the parts of such a statement is their dependence on one another: every insert selects from the counter,
 * so that none waits for a key while another holds the counter. Positions and ids of what turns out to be known are
 * left out.
 */
const appendSql = `
  with body as materialized (
    select ordinality as place, substring($1::bytea from start for size) as bytes, format, length, received_at, secret, kept
    from unnest($2::integer[], $3::integer[], $4::smallint[], $5::integer[], $6::bigint[], $7::text[], $8::bigint[])
      with ordinality as part (start, size, format, length, received_at, secret, kept, ordinality)
  ),
  element as materialized (
    select ordinality as place, substring($9::bytea from name_start for name_size) as name,
      substring($12::bytea from digest_start for digest_size) as digest, is_key, body, kind, path, lane, occurred_at, foreign_phone
    from unnest($10::integer[], $11::integer[], $13::integer[], $14::integer[], $15::boolean[], $16::integer[],
        $17::text[], $18::text[], $19::integer[], $20::bigint[], $21::smallint[])
      with ordinality as part (name_start, name_size, digest_start, digest_size, is_key, body,
        kind, path, lane, occurred_at, foreign_phone, ordinality)
  ),
  counter as (
    update feed set position = position + (select count(*) from element), webhook = webhook + (select count(*) from body)
    returning position - (select count(*) from element) as position, webhook - (select count(*) from body) as webhook
  ),
  -- Neither id nor time: new when it differs from the latest of its subject, so that A, B, A are three.
  state as (
    insert into undated (subject, counter, digest)
    select name, 1, digest from counter, element where not is_key order by name
    on conflict (subject) do update set counter = undated.counter + 1, digest = excluded.digest
      where undated.digest <> excluded.digest
    returning subject, counter
  ),
  named as (
    select element.*, case when is_key then name
      else '\\x00000000'::bytea || substring(name from 1 for 12) || substring(int8send(state.counter) from 5) end as key
    from element left join state on not is_key and state.subject = name
    where is_key or state.subject is not null
  ),
  new_key as (
    insert into keys (key, position, digest, received_at)
    select key, counter.position + named.place, digest, received_at
    from counter, named join body on body.place = named.body
    order by key
    on conflict (key) do nothing
    returning key, position
  ),
  fresh as (
    select named.*, new_key.position, counter.webhook + body.place as new_webhook, body.kept, body.received_at
    from counter, new_key join named on named.key = new_key.key join body on body.place = named.body
  ),
  new_body as (
    insert into webhooks (id, received_at, secret, format, length, body)
    select counter.webhook + place, received_at, secret, format, length, bytes from counter, body
    where kept is null and place in (select body from fresh)
  ),
  new_event as (
    insert into events (position, key, kind, lane, occurred_at, received_at, webhook, path, foreign_phone)
    select position, key, kind, lane, occurred_at, received_at, coalesce(kept, new_webhook), path, foreign_phone
    from fresh
  )
  select place::integer as element, coalesce(kept, new_webhook) as webhook_id from fresh order by place`;
