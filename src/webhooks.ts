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
 *
 * Needs `node:crypto` and `Buffer`, and no package: Node, the Node runtime of Next, not an edge runtime without them.
 */
import './runtime/required-node.ts';

import { createHmac } from 'node:crypto';
import type { EventKind } from './domain/event.ts';
import type { EventContents } from './domain/event-content/event-content.ts';
import { summaryOf as summaryOfContent } from './domain/event-content/event-summary.ts';
import type {
  CallFacts,
  IdentityFacts,
  MessageFacts,
  OtherFacts,
  StatusFacts,
} from './domain/event-facts.ts';
import type { Json } from './domain/json.ts';
import type { Language } from './domain/language.ts';
import { answerChallenge } from './flows/inbound/answer-challenge.ts';
import { locate } from './whatsapp/element-path.ts';
import { createEventKeys } from './whatsapp/event-key.ts';
import { mapInTurns } from './whatsapp/map-in-turns.ts';
import { isLocatedInMetaTest } from './whatsapp/meta-test.ts';
import { type ParsedEvent, parseWebhook, parseWebhookInTurns } from './whatsapp/parse-webhook.ts';
import { readLocatedContent } from './whatsapp/read-content.ts';
import { readElement, readLocatedElement } from './whatsapp/read-event.ts';
import { createSignatureVerifier, type SignatureVerdict, signatureFault } from './whatsapp/signature.ts';

export type { EventContents } from './domain/event-content/event-content.ts';
export type {
  CallFacts,
  IdentityFacts,
  MessageFacts,
  OtherFacts,
  StatusFacts,
} from './domain/event-facts.ts';
export type { Message, MessageContent } from './domain/message-content/message.ts';
export type { Identifier, IdentifierKind, Person } from './domain/person.ts';
export type { MetaError, StatusName } from './domain/status.ts';
export type { SignatureVerdict, SignatureVerifier } from './whatsapp/signature.ts';
export { createSignatureVerifier, type Json, type Language };

/** The family of an event: every kind but the two of the gateway's own, which no webhook brings. */
export type WebhookEventKind = Exclude<EventKind, 'notification' | 'alarm'>;

/** An event of one kind; `WebhookEventOf<'message'>` is what a handler of messages takes. */
export type WebhookEventOf<Kind extends WebhookEventKind> = {
  /**
   * 40 hex digits that are the same whenever Meta sends this fact again, for the same reader key: skip what you
   * have seen. Null for the few states that come with neither id nor time; each of those counts as new.
   */
  key: string | null;
  /**
   * Its family. Switch over it: each case knows its `content` and `facts`. `unrecognised` is what this version
   * cannot read; its payload is whole, and a later version may read it.
   */
  kind: Kind;
  /** ISO 8601 by Meta's clock; null when Meta gives no believable time. */
  occurredAt: string | null;
  /** Meta's `phone_number_id`; null for events of an account. */
  businessPhoneId: string | null;
  /** The WhatsApp Business Account, for events that name no business phone. */
  wabaId: string | null;
  /** Who: the sender of a message, the recipient of a status, with every identifier that Meta gives. */
  facts: Kind extends 'message'
    ? MessageFacts
    : Kind extends 'status'
      ? StatusFacts
      : Kind extends 'identity'
        ? IdentityFacts | OtherFacts
        : Kind extends 'call'
          ? CallFacts | OtherFacts
          : OtherFacts;
  /**
   * What it says, in our words. A message holds its own union, told apart by `content.content.type`. Whatever
   * Meta leaves out is null or an empty list, so nothing here needs a check for `undefined`.
   */
  content: EventContents[Kind];
  /** Meta's own element, verbatim. */
  payload: Json;
  /** True for what the "Test" link of Meta's App Dashboard makes up. */
  metaTest: boolean;
};

/**
 * One fact that a webhook brings, told apart by `kind`. Plain data: it can be kept as JSON, queued, or handed to
 * another thread.
 *
 *   switch (event.kind) {
 *     case 'message':
 *       if (event.content.content.type === 'text') await answer(event.facts.sender, event.content.content.body);
 *       break;
 *     case 'status':
 *       if (event.content.name === 'failed') await complain(event.content.messageId, event.content.errors);
 *       break;
 *   }
 */
export type WebhookEvent = { [Kind in WebhookEventKind]: WebhookEventOf<Kind> }[WebhookEventKind];

/** A webhook that Meta signed, or why it is refused with the status to answer. */
export type WebhookReading = { ok: true; events: WebhookEvent[] } | WebhookRefusal;

/** Why a body is not believed, with the status to answer. */
export type WebhookRefusal =
  | { ok: false; status: 401; reason: Extract<SignatureVerdict, { valid: false }>['reason'] }
  | { ok: false; status: 413; reason: 'too-large' };

/** Headers as the web has them, or as Node does. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads webhooks of the apps whose secrets it knows. */
export type WebhookReader = {
  /**
   * @param body the raw bytes as received, neither parsed nor decoded
   * @param headers of which `X-Hub-Signature-256` counts
   * @returns at once: a batch of 3 MB holds everything else up for some tens of milliseconds
   * @throws TypeError when it is not given raw bytes, or no headers, with what to give instead
   */
  read(body: Uint8Array, headers: WebhookHeaders): WebhookReading;
  /**
   * The same for a web `Request`, whose body must be unread. At most 4 MiB are read, none without a signature.
   * A large batch is read in many turns of the event loop, so that it holds nobody up.
   */
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

  /** Why a body is refused; null for one that Meta signed. */
  function refusalOf(body: Uint8Array, headers: WebhookHeaders): WebhookRefusal | null {
    if (body.byteLength > LARGEST_BODY) return tooLarge;
    const verdict = verify(body, signatureIn(headers));
    return verdict.valid ? null : { ok: false, status: 401, reason: verdict.reason };
  }

  return {
    read(body, headers) {
      const mistake = mistakeIn(body, headers);
      if (mistake !== null) throw new TypeError(mistake);
      const refusal = refusalOf(body, headers);
      if (refusal !== null) return refusal;
      const { json, events } = parseWebhook(body, keys, withoutDigests);
      return { ok: true, events: events.map((event) => readEvent(event, json, body)) };
    },

    async readRequest(request) {
      const fault = signatureFault(signatureIn(request.headers));
      if (fault !== null) return { ok: false, status: 401, reason: fault };
      const body = await bytesOf(request);
      if (body === null) return tooLarge;
      const refusal = refusalOf(body, request.headers);
      if (refusal !== null) return refusal;
      const { json, events } = await parseWebhookInTurns(body, keys, withoutDigests, nextTurn);
      return {
        ok: true,
        events: await mapInTurns(events, (event) => readEvent(event, json, body), nextTurn),
      };
    },
  };
}

/**
 * What an event says, in one short line; never empty. It repeats what people wrote and their numbers: no line
 * for a log that strangers read.
 *
 * @param language `en` or `pt-BR`
 */
export function summaryOf({ kind, content }: WebhookEvent, language: Language = 'en'): string {
  return summaryOfContent<WebhookEventKind>(kind, content, language);
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

const tooLarge: WebhookRefusal = { ok: false, status: 413, reason: 'too-large' };

/** Whoever keeps no contents has nothing to compare. */
const withoutDigests = { withDigests: false };

/** Lets everything else have its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Contents are read at once: read on demand they would cost less, 1 of 12 µs for a message, but the event would be
 * no plain data any more.
 */
function readEvent(event: ParsedEvent, json: Json | undefined, body: Uint8Array): WebhookEvent {
  const { identity, kind, lane, occurredAt, facts, path } = event;
  const located = locate(json, path);
  const read = {
    key: 'key' in identity ? Buffer.from(identity.key).toString('hex') : null,
    kind,
    occurredAt: occurredAt === null ? null : new Date(occurredAt).toISOString(),
    businessPhoneId: idIn(lane, 'phone:'),
    wabaId: idIn(lane, 'waba:'),
    facts,
    content: readLocatedContent(kind, json, path, located),
    payload: json === undefined ? readElement(json, path, body) : readLocatedElement(located, body),
    metaTest: isLocatedInMetaTest(located),
  };
  // The readers of a kind give facts and content of that kind, which the compiler cannot follow over a union.
  return read as WebhookEvent;
}

/**
 * What a caller without a compiler may have got wrong; null when nothing. Without a word about it a body that was
 * parsed before would look like one that somebody else signed.
 */
function mistakeIn(body: unknown, headers: unknown): string | null {
  if (!(body instanceof Uint8Array)) {
    return `read() needs the raw bytes that Meta signed, as a Buffer or Uint8Array, and got ${gotInstead(body)}`;
  }
  return typeof headers === 'object' && headers !== null
    ? null
    : 'read() needs the headers of the request as its second argument, with X-Hub-Signature-256 among them: read(bytes, request.headers).';
}

/** The end of a sentence about what was given for bytes, and what to give. */
function gotInstead(body: unknown): string {
  if (typeof body === 'string') {
    return 'text. Give the bytes themselves: in a framework turn off the parsing of text on this route; text that is certainly what was sent is Buffer.from(text).';
  }
  if (body instanceof ArrayBuffer) return 'an ArrayBuffer. Give new Uint8Array(buffer).';
  if (body instanceof Request) return 'a Request. Give it to readRequest(request).';
  if (body === undefined || body === null) {
    return 'nothing: no parser of this route kept the body. In Express put express.raw({ type: () => true }) before it.';
  }
  return 'JSON that is parsed already, or another object. The same JSON written again has other bytes: keep them on this route, in Express with express.raw({ type: () => true }) before express.json().';
}

function derivedKey(appSecret: string): Uint8Array {
  return createHmac('sha256', appSecret).update('recado/webhooks: event keys, version 1').digest();
}

function signatureIn(headers: WebhookHeaders): string | undefined {
  const name = 'x-hub-signature-256';
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
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
