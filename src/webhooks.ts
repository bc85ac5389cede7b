/**
 * `recado/webhooks`: the receiver alone, for your own Express, Fastify, Hono or Next. It verifies what Meta
 * signed and reads it into events. Nothing is stored: keep the events whose `key` you have not seen, and answer
 * 200 only when they are kept. The gateway itself does that for you.
 *
 *   import { answerHandshake, createWebhookReader } from 'recado/webhooks';
 *
 *   const webhooks = createWebhookReader({ appSecret: process.env.META_APP_SECRET });
 *
 *   export const GET = (request: Request) => answerHandshake(request, process.env.META_WEBHOOK_VERIFY_TOKEN);
 *   export async function POST(request: Request) {
 *     const webhook = await webhooks.readRequest(request);
 *     if (!webhook.ok) return new Response(null, { status: webhook.status });
 *     for (const event of webhook.events) await keep(event);
 *     return new Response();
 *   }
 *
 * A framework that parses JSON throws away the bytes that Meta signed: in Express use
 * `express.raw({ type: '*\/*', limit: '4mb' })` on this route, and `webhooks.read(request.body, request.headers)`.
 */
import './runtime/required-node.ts';

import { createHmac } from 'node:crypto';
import type { EventKind } from './domain/event.ts';
import type { EventContent } from './domain/event-content/event-content.ts';
import type { EventFacts } from './domain/event-facts.ts';
import type { Json } from './domain/json.ts';
import { answerChallenge } from './flows/inbound/answer-challenge.ts';
import { createEventKeys } from './whatsapp/event-key.ts';
import { isMetaTest } from './whatsapp/meta-test.ts';
import { parseWebhook } from './whatsapp/parse-webhook.ts';
import { readContentAt } from './whatsapp/read-content.ts';
import { parseBody, readElement } from './whatsapp/read-event.ts';
import { createSignatureVerifier, type SignatureVerdict, signatureFault } from './whatsapp/signature.ts';

export type { EventContent, EventContents } from './domain/event-content/event-content.ts';
export type { EventFacts, MessageFacts, OtherFacts, StatusFacts } from './domain/event-facts.ts';
export type { Identifier, IdentifierKind, Person } from './domain/person.ts';
export type { MetaError, StatusName } from './domain/status.ts';
export type { SignatureVerdict, SignatureVerifier } from './whatsapp/signature.ts';
export { createSignatureVerifier, type EventKind, type Json };

/** One fact that a webhook brings. */
export type WebhookEvent = {
  /**
   * 40 hex digits that are the same whenever Meta sends this fact again, for the same reader key: skip what you
   * have seen. Null for the few states that come with neither id nor time; each of those counts as new.
   */
  key: string | null;
  /** Its family: `message`, `status`, …; `unrecognised` for what this version cannot read. */
  kind: EventKind;
  /** ISO 8601 by Meta's clock; null when Meta gives no believable time. */
  occurredAt: string | null;
  /** Meta's `phone_number_id`; null for events of an account. */
  businessPhoneId: string | null;
  /** The WhatsApp Business Account, for events that name no business phone. */
  wabaId: string | null;
  /** The same in our words: who wrote what, or what became of which message. */
  facts: EventFacts;
  /** Meta's own element, verbatim. */
  payload: Json;
  /** What it says in our words, by kind as in {@link EventContents}; null for the kinds that no webhook brings. */
  content: EventContent;
  /** True for what the "Test" link of Meta's App Dashboard makes up. */
  metaTest: boolean;
};

/** A webhook that Meta signed, or why it is refused with the status to answer. */
export type WebhookReading =
  | { ok: true; events: WebhookEvent[] }
  | { ok: false; status: 401; reason: Extract<SignatureVerdict, { valid: false }>['reason'] }
  | { ok: false; status: 413; reason: 'too-large' };

/** Headers as the web has them, or as Node does. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads webhooks of the apps whose secrets it knows. */
export type WebhookReader = {
  /**
   * @param body the raw bytes as received, neither parsed nor decoded
   * @param headers of which `X-Hub-Signature-256` counts
   */
  read(body: Uint8Array, headers: WebhookHeaders): WebhookReading;
  /** The same for a web `Request`, whose body must be unread. At most 4 MiB are read, none without a signature. */
  readRequest(request: Request): Promise<WebhookReading>;
};

/** Meta documents no limit and sends up to 3 MB (meta-facts §2.4). */
const LARGEST_BODY = 4 * 1024 * 1024;

/**
 * A reader of webhooks.
 *
 * @param options.appSecret of the Meta app; several while one is rotated
 * @param options.key 32 bytes that event keys are made with. Left out, it is derived from the (first) app secret,
 *   so that every process has the same; give your own where events must keep their keys over a rotation.
 * @throws Error when there is no app secret or an empty one, RangeError when the key is not 32 bytes
 */
export function createWebhookReader(options: {
  appSecret: string | readonly string[] | undefined;
  key?: Uint8Array;
}): WebhookReader {
  const secrets = [options.appSecret ?? []].flat();
  const verify = createSignatureVerifier(secrets);
  const keys = createEventKeys(options.key ?? derivedKey(secrets[0] ?? ''));

  function read(body: Uint8Array, headers: WebhookHeaders): WebhookReading {
    if (body.byteLength > LARGEST_BODY) return tooLarge;
    const verdict = verify(body, signatureIn(headers));
    if (!verdict.valid) return { ok: false, status: 401, reason: verdict.reason };
    const json = parseBody(body);
    const events = parseWebhook(body, keys).events.map((event): WebhookEvent => {
      const { identity, kind, lane, occurredAt, facts, path } = event;
      return {
        key: 'key' in identity ? Buffer.from(identity.key).toString('hex') : null,
        kind,
        occurredAt: occurredAt === null ? null : new Date(occurredAt).toISOString(),
        businessPhoneId: idIn(lane, 'phone:'),
        wabaId: idIn(lane, 'waba:'),
        facts,
        payload: readElement(json, path, body),
        content: readContentAt(kind, json, path),
        metaTest: isMetaTest(json, path),
      };
    });
    return { ok: true, events };
  }

  return {
    read,
    async readRequest(request) {
      const fault = signatureFault(signatureIn(request.headers));
      if (fault !== null) return { ok: false, status: 401, reason: fault };
      const body = await bytesOf(request);
      return body === null ? tooLarge : read(body, request.headers);
    },
  };
}

/**
 * Answers the handshake with which Meta asks whether this address is yours: 200 and the challenge, or 403.
 *
 * @param verifyToken what you typed in Meta's console; without one every handshake is refused
 */
export function answerHandshake(
  request: Pick<Request, 'url'>,
  verifyToken: string | null | undefined,
): Response {
  const mark = request.url.indexOf('?');
  const answer = answerChallenge(mark === -1 ? '' : request.url.slice(mark + 1), verifyToken ?? null);
  if (answer.status === 403) return new Response(null, { status: 403 });
  return new Response(Buffer.from(answer.challenge, 'latin1'), { headers: { 'content-type': 'text/plain' } });
}

const tooLarge: WebhookReading = { ok: false, status: 413, reason: 'too-large' };

function derivedKey(appSecret: string): Uint8Array {
  return createHmac('sha256', appSecret).update('recado/webhooks: event keys, version 1').digest();
}

function signatureIn(headers: WebhookHeaders): string | undefined {
  const name = 'x-hub-signature-256';
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' || found === undefined ? found : found.join(', ');
}

function idIn(lane: string, prefix: string): string | null {
  return lane.startsWith(prefix) ? lane.slice(prefix.length) : null;
}

/** The body's bytes; null, and no further reading, when there are too many. */
async function bytesOf(request: Request): Promise<Uint8Array | null> {
  if (request.bodyUsed) {
    throw new TypeError(
      'The body of this request is read already, and the signature needs its bytes: call readRequest before anything else reads the body, or read(bytes, headers).',
    );
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
