import { Buffer } from 'node:buffer';
import type {
  AppendedWebhook,
  IncomingEvent,
  IncomingWebhook,
} from '../../../../flows/inbound/receive-webhook.ts';
import { readFacts } from '../../../../whatsapp/read-event.ts';
import { undatedKey } from '../../undated-key.ts';
import { type BlockWriter, createBlockWriter } from '../blocks.ts';
import { createBodies } from '../bodies.ts';
import { inTransaction, type StoreContext } from '../context.ts';
import { get, run } from '../statement.ts';

/** Appends a batch of webhooks to the feed in one transaction. A body that holds nothing new is not kept again. */
export function appendWebhooks(context: StoreContext, batch: IncomingWebhook[]): AppendedWebhook[] {
  return inTransaction(context, () => {
    const blocks = createBlockWriter(context);
    const appended = batch.map((webhook) => appendOne(context, webhook, blocks));
    blocks.finish();
    return appended;
  });
}

function appendOne(context: StoreContext, webhook: IncomingWebhook, blocks: BlockWriter): AppendedWebhook {
  let webhookId: number | null = null;
  function keepBody(): number {
    if (webhookId !== null) return webhookId;
    const { block, start, length } = blocks.keep(webhook.body);
    webhookId = run(
      context.database,
      'insert into webhooks (received_at, secret, block, start, length) values (?, ?, ?, ?, ?)',
      webhook.receivedAt,
      webhook.secretFingerprint,
      block,
      start,
      length,
    ).lastInsertRowid;
    return webhookId;
  }

  const fresh: number[] = [];
  for (const [index, event] of webhook.events.entries()) {
    const identity = identify(context, event);
    if (identity.seen === 'same') continue;
    if (identity.seen === 'other-content') {
      const kept = keepBody();
      blocks.finish();
      noteConflict(context, identity, event, kept);
      continue;
    }
    appendEvent(context, event, identity.key, keepBody(), webhook.receivedAt);
    fresh.push(index);
  }
  return { webhookId, fresh };
}

type Identity =
  | { seen: 'never'; key: Uint8Array }
  | { seen: 'same' }
  | { seen: 'other-content'; key: Uint8Array; known: KnownKey };

type KnownKey = { position: number; digest: Uint8Array };

function identify(context: StoreContext, event: IncomingEvent): Identity {
  const { database } = context;
  const digest = Buffer.from(event.digest);
  if ('key' in event.identity) {
    const { key } = event.identity;
    const known = get<{ position: number; digest: Buffer }>(
      database,
      'select position, digest from keys where key = ?',
      key,
    );
    if (known === undefined) return { seen: 'never', key };
    const isKept =
      digest.equals(known.digest) ||
      get(
        database,
        'select 1 from other_contents where position = ? and digest = ?',
        known.position,
        digest,
      ) !== undefined ||
      // Forgotten by age: there is nothing left that the other content would belong to.
      get(database, 'select 1 from events where position = ?', known.position) === undefined;
    return isKept ? { seen: 'same' } : { seen: 'other-content', key, known };
  }
  // Neither id nor time: it is new when it differs from the latest of its subject, so that A, B, A are three.
  const subject = event.identity.undatedSubject;
  const latest = get<{ counter: number; digest: Buffer }>(
    database,
    'select counter, digest from undated where subject = ?',
    subject,
  );
  if (latest !== undefined && digest.equals(latest.digest)) return { seen: 'same' };
  const counter = (latest?.counter ?? 0) + 1;
  run(
    database,
    `insert into undated (subject, counter, digest) values (?, ?, ?)
     on conflict (subject) do update set counter = excluded.counter, digest = excluded.digest`,
    subject,
    counter,
    digest,
  );
  return { seen: 'never', key: undatedKey(subject, counter) };
}

/** Puts an event with its key at the end of the feed. Returns its position. */
export function appendEvent(
  context: StoreContext,
  event: IncomingEvent,
  key: Uint8Array,
  webhookId: number,
  receivedAt: number,
): number {
  const { lastInsertRowid: position } = run(
    context.database,
    `insert into events (key, kind, lane, occurred_at, received_at, webhook, path, foreign_phone)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    key,
    event.kind,
    context.ensureLane(event.lane),
    event.occurredAt,
    receivedAt,
    webhookId,
    event.path,
    event.foreign ? 1 : 0,
  );
  run(
    context.database,
    'insert into keys (key, position, digest, received_at) values (?, ?, ?, ?)',
    key,
    position,
    event.digest,
    receivedAt,
  );
  return position;
}

/**
 * The same key with other content: the body is kept and the case counted. What was not understood the first
 * time is upgraded in place; otherwise the first stands.
 */
function noteConflict(
  context: StoreContext,
  { key, known }: { key: Uint8Array; known: KnownKey },
  event: IncomingEvent,
  webhookId: number,
): void {
  const { database } = context;
  const { position } = known;
  run(database, 'update keys set conflicts = conflicts + 1 where key = ?', key);
  const stored = get<StoredEvent>(
    database,
    'select kind, path, webhook from events where position = ?',
    position,
  );
  if (stored === undefined || !notUnderstood(context, stored)) {
    keepOtherContent(context, position, event.digest, webhookId);
    return;
  }
  keepOtherContent(context, position, known.digest, stored.webhook);
  run(
    database,
    'update events set kind = ?, webhook = ?, path = ?, revision = revision + 1 where position = ?',
    event.kind,
    webhookId,
    event.path,
    position,
  );
  run(database, 'update keys set digest = ? where key = ?', event.digest, key);
}

/** Remembers which body holds another content of an event, so that it can be found, and is kept once. */
function keepOtherContent(
  { database }: StoreContext,
  position: number,
  digest: Uint8Array,
  webhookId: number,
): void {
  run(
    database,
    'insert into other_contents (position, digest, webhook) values (?, ?, ?) on conflict do nothing',
    position,
    digest,
    webhookId,
  );
}

type StoredEvent = { kind: IncomingEvent['kind']; path: string; webhook: number };

function notUnderstood(context: StoreContext, stored: StoredEvent): boolean {
  if (stored.kind === 'unrecognised') return true;
  const facts = readFacts(stored.kind, createBodies(context)(stored.webhook).json, stored.path);
  return facts.fact === 'message' && facts.type === 'unsupported';
}
