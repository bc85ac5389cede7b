import { createHmac, randomBytes } from 'node:crypto';
import { sameSecret } from '../../whatsapp/same-secret.ts';

/** What is signed: the id of the message, when it is sent in milliseconds, and its bytes. */
export type SignedMessage = { id: string; at: number; body: Uint8Array };

/** The headers of Standard Webhooks 1.0.0, names in lower case. */
export type WebhookHeaders = {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/** Why a message is not believed; null when it is. */
export type WebhookFault =
  | 'header-missing'
  | 'timestamp-malformed'
  | 'too-old'
  | 'too-new'
  | 'signature-mismatch';

/** How far a timestamp may lie from the receiver's clock, in milliseconds: what is older may be a replay. */
const TIMESTAMP_TOLERANCE = 5 * 60_000;

const PREFIX = 'whsec_';
const KEY_BYTES = 32;
const SHORTEST_KEY = 16;

/** A new secret of Standard Webhooks: `whsec_` and the base64 of 32 random bytes. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(KEY_BYTES).toString('base64');
}

/**
 * The headers that let a receiver believe a message. While a secret is rotated there are two, and a signature by
 * each, so that a receiver that knows either goes on.
 *
 * @param secrets the current one first; at least one
 */
export function signWebhook(message: SignedMessage, secrets: readonly string[]): WebhookHeaders {
  if (secrets.length === 0) throw new Error('A message cannot be signed without a secret.');
  const timestamp = String(Math.floor(message.at / 1000));
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => `v1,${signature(message.id, timestamp, message.body, secret)}`)
      .join(' '),
  };
}

/**
 * Checks a message over its raw bytes, as every receiver should: in constant time, and with a clock.
 *
 * @param headers names in lower case
 * @param now milliseconds
 * @returns why it is not believed; null when it is
 */
export function webhookFault(
  body: Uint8Array,
  headers: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
  now: number,
): WebhookFault | null {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const given = headers['webhook-signature'];
  if (!id || !timestamp || !given) return 'header-missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'timestamp-malformed';
  const age = now - Number(timestamp) * 1000;
  if (age > TIMESTAMP_TOLERANCE) return 'too-old';
  if (age < -TIMESTAMP_TOLERANCE) return 'too-new';
  const expected = secrets.map((secret) => `v1,${signature(id, timestamp, body, secret)}`);
  let believed = false;
  // All of them, always: the time does not tell which one matched.
  for (const one of given.split(' ').slice(0, 16)) {
    for (const other of expected) believed = sameSecret(one, other) || believed;
  }
  return believed ? null : 'signature-mismatch';
}

function signature(id: string, timestamp: string, body: Uint8Array, secret: string): string {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

/** @throws Error for an empty or short key: a signature by it would be anybody's */
function keyOf(secret: string): Buffer {
  const key = secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret);
  if (key.length < SHORTEST_KEY) throw new Error('The secret of an endpoint is too short to sign with.');
  return key;
}
