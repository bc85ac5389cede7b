import { Buffer } from 'node:buffer';
import type { EventKind } from '../../../../domain/event.ts';
import type {
  AppendedWebhook,
  IncomingEvent,
  IncomingWebhook,
} from '../../../../flows/inbound/receive-webhook.ts';
import { readFacts } from '../../../../whatsapp/read-event.ts';
import { packBytes } from '../../body-format.ts';
import { readBodies } from '../bodies.ts';
import type { PostgresContext } from '../context.ts';
import type { Statements } from '../database.ts';

/** An element whose key is in the feed. */
export type KnownElement = { webhook: number; event: IncomingEvent; key: Uint8Array };

/**
 * Looks at elements whose keys are known: the same content again is nothing; other content keeps its body and is
 * counted. Nothing is locked unless there is some.
 */
export async function noteConflicts(
  context: PostgresContext,
  batch: readonly IncomingWebhook[],
  known: readonly KnownElement[],
  results: AppendedWebhook[],
): Promise<void> {
  const { database } = context;
  const rows = await database.all<{ key: Buffer; digest: Buffer }>(
    `select key, digest from keys where key in (select decode(hex, 'hex') from unnest($1::text[]) as asked (hex))
     union all
     select key, other_contents.digest from keys join other_contents on other_contents.position = keys.position
     where key in (select decode(hex, 'hex') from unnest($1::text[]) as asked (hex))`,
    known.map(({ key }) => hex(key)),
  );
  const contents = new Set(rows.map(({ key, digest }) => `${hex(key)} ${hex(digest)}`));
  const others = known.filter(({ key, event }) => !contents.has(`${hex(key)} ${hex(event.digest)}`));
  for (const { webhook, event, key } of others) {
    const result = results[webhook];
    const incoming = batch[webhook];
    if (result === undefined || incoming === undefined) continue;
    result.webhookId = await database.transaction((statements) =>
      noteConflict(statements, key, event, incoming, result.webhookId),
    );
  }
}

type StoredEvent = {
  position: number;
  digest: Buffer;
  /** Null when the event was forgotten by age. */
  kind: EventKind | null;
  path: string;
  webhook: number;
};

/**
 * What was not understood the first time is upgraded in place; otherwise the first stands.
 *
 * @returns the webhook that holds the body, if it is kept
 */
async function noteConflict(
  database: Statements,
  key: Uint8Array,
  event: IncomingEvent,
  incoming: IncomingWebhook,
  kept: number | null,
): Promise<number | null> {
  const stored = await database.get<StoredEvent>(
    `select keys.position, keys.digest, kind, path, webhook from keys left join events on events.position = keys.position
     where keys.key = $1 for update of keys`,
    key,
  );
  // Of an event that was forgotten by age there is nothing left that the other content would belong to.
  if (stored === undefined || stored.kind === null) return kept;
  const { kind } = stored;
  if (await isKept(database, stored, event.digest)) return kept;
  const webhookId = kept ?? (await keepBody(database, incoming));
  await database.run('update keys set conflicts = conflicts + 1 where key = $1', key);
  if (stored.webhook === null || !(await notUnderstood(database, { ...stored, kind }))) {
    await keepOtherContent(database, stored.position, event.digest, webhookId);
    return webhookId;
  }
  await keepOtherContent(database, stored.position, stored.digest, stored.webhook);
  await database.run(
    'update events set kind = $1, webhook = $2, path = $3, revision = revision + 1 where position = $4',
    event.kind,
    webhookId,
    event.path,
    stored.position,
  );
  await database.run('update keys set digest = $1 where key = $2', event.digest, key);
  return webhookId;
}

async function isKept(
  database: Statements,
  stored: Pick<StoredEvent, 'position' | 'digest'>,
  digest: Uint8Array,
): Promise<boolean> {
  if (stored.digest.equals(Buffer.from(digest))) return true;
  const other = await database.get(
    'select 1 from other_contents where position = $1 and digest = $2',
    stored.position,
    digest,
  );
  return other !== undefined;
}

/** Remembers which body holds another content of an event, so that it can be found, and is kept once. */
async function keepOtherContent(
  database: Statements,
  position: number,
  digest: Uint8Array,
  webhookId: number,
): Promise<void> {
  await database.run(
    'insert into other_contents (position, digest, webhook) values ($1, $2, $3) on conflict do nothing',
    position,
    digest,
    webhookId,
  );
}

async function keepBody(database: Statements, { body, receivedAt, secretFingerprint }: IncomingWebhook) {
  const { format, bytes } = packBytes(body);
  const row = await database.get<{ id: number }>(
    `with counter as (update feed set webhook = webhook + 1 returning webhook)
     insert into webhooks (id, received_at, secret, format, length, body)
     select webhook, $1, $2, $3, $4, $5 from counter returning id`,
    receivedAt,
    secretFingerprint,
    format,
    body.byteLength,
    bytes,
  );
  if (row === undefined) throw new Error('The feed has no counter.');
  return row.id;
}

async function notUnderstood(
  database: Statements,
  { kind, webhook, path }: { kind: EventKind; webhook: number; path: string },
): Promise<boolean> {
  if (kind === 'unrecognised') return true;
  const bodyOf = await readBodies(database, [webhook]);
  const facts = readFacts(kind, bodyOf(webhook).json, path);
  return facts.fact === 'message' && facts.type === 'unsupported';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
