/**
 * What the receivers for Express, Next, RabbitMQ and Redis share, without any package: is this an event that Recado signed, and is it
 * new? Copy it beside the file that you take.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** As much of an event as is used here; docs/events.md has all of it. */
export type SignedEvent = { type: string; data: { id: string; contactId: string | null; summary: string } };

/** Older or newer than this, in seconds, and it may be something that a stranger has recorded. */
const TOLERANCE = 300;

/**
 * The event in a request; null when it is not signed by the secret, or not now.
 *
 * @param body the raw bytes: parsed and written again they are others
 * @param header gives a header by its name in lower case
 * @param options.tolerance seconds; how far its time may be from now
 */
export function readSignedEvent(
  body: Uint8Array,
  header: (name: string) => string | null | undefined,
  secret: string | undefined,
  { tolerance } = { tolerance: TOLERANCE },
): SignedEvent | null {
  const key = Buffer.from(secret?.replace(/^whsec_/, '') ?? '', 'base64');
  // An empty key would make everybody's signature a good one.
  if (key.length < 24) throw new Error('RECADO_WEBHOOK_SECRET must be the whsec_… that Recado has shown.');
  const id = header('webhook-id') ?? '';
  const timestamp = header('webhook-timestamp') ?? '';
  const signatures = header('webhook-signature') ?? '';
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > tolerance) return null;
  const hash = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  const expected = Buffer.from(`v1,${hash}`);
  // While a secret is being changed there are two signatures.
  const signed = signatures.split(' ').some((given) => {
    const found = Buffer.from(given);
    return found.length === expected.length && timingSafeEqual(found, expected);
  });
  return signed ? JSON.parse(Buffer.from(body).toString()) : null;
}

/** Your own database in its place: all that matters is that the id is unique there. */
const database = new DatabaseSync(process.env.DATABASE_FILE ?? 'events.db');
database.exec('CREATE TABLE IF NOT EXISTS received (webhook_id TEXT PRIMARY KEY, event TEXT NOT NULL)');
const insert = database.prepare('INSERT OR IGNORE INTO received (webhook_id, event) VALUES (?, ?)');

/** Keeps an event. False for one that is kept already: what was not answered in time comes again, with the same id. */
export function keepOnce(webhookId: string, event: SignedEvent): boolean {
  return insert.run(webhookId, JSON.stringify(event)).changes === 1;
}

/** Your own work. It happens after the answer, so that it may take its time. */
export function handle(event: SignedEvent): void {
  console.log(`${event.type}: ${event.data.summary}`);
}
