import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import {
  answerChallenge,
  type ChallengeRefusal,
  challengeRefusals,
} from '../flows/inbound/answer-challenge.ts';
import type { ExpectedProbe, ProbeDoor } from '../flows/setup/probes.ts';
import type { Clock } from '../runtime/clock.ts';
import { createDeadlines } from '../runtime/deadlines.ts';
import { type SignatureVerdict, signatureFault } from '../whatsapp/signature.ts';
import { type BodyBudget, type BodyShare, createBodyBudget } from './body-budget.ts';
import { answerEarly, type DiscardLimits, defaultDiscardLimits, hasBodyToCome } from './early-answer.ts';
import { announcedLength, readBody } from './read-body.ts';
import { createReplyBatch } from './reply-batch.ts';
import { type WebhookRefusal, webhookRefusals } from './webhook-refusals.ts';

/** What the door needs of the flow behind it. */
export type ReceiveWebhook = {
  /** Null when no app secret is configured: then only handshakes are answered, and webhooks get 503. */
  verify: ((body: Uint8Array, signatureHeader: string | undefined) => SignatureVerdict) | null;
  /** Resolves after the commit; rejects when it cannot commit. `receivedAt` in milliseconds. */
  store(webhook: { body: Uint8Array; secretFingerprint: string; receivedAt: number }): Promise<void>;
};

/**
 * What the door has to say; counting and logging is the implementer's. Strangers can cause every refusal, as
 * often as they like: count them, and do not write a line for each.
 */
export type WebhookDoorReport = {
  challengeAnswered(): void;
  /** A webhook was answered with 200. `milliseconds` since its headers were read. */
  acknowledged?(facts: { bytes: number; milliseconds: number }): void;
  challengeRefused(refusal: ChallengeRefusal, sentence: string): void;
  /** A webhook was not stored. `error` is what `verify` or `store` threw, when the refusal is `not-committed`. */
  refused(refusal: WebhookRefusal, sentence: string, error?: unknown): void;
};

/** The HTTP door for Meta, on bare node:http. */
export type WebhookRoute = {
  /** Whether the request is for this door: its path is one of the two spellings, exactly, with any query. */
  matches(request: IncomingMessage): boolean;
  /** Answers a request that matches. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Resolves when every request that was handled has been answered, or its sender has gone. */
  drained(): Promise<void>;
};

export type WebhookRouteOptions = {
  /** META_WEBHOOK_VERIFY_TOKEN; without one every handshake is refused. */
  verifyToken: string | null;
  /** False: webhooks are turned away with 503, because other processes receive them. */
  receives?: boolean;
  receive: ReceiveWebhook;
  report: WebhookDoorReport;
  /** Posts of our own through the public address, which are no webhooks; none when left out. */
  probes?: ProbeDoor;
  /** Shared by all that receive webhooks in this process; its own when left out. */
  budget?: BodyBudget;
  /** For a whole body, in milliseconds, from its request's headers on: 10,000. */
  bodyTimeout?: number;
  /** In bytes: 4 MiB. Meta's bodies have at most 3 MB (meta-facts §2.4). */
  maxBody?: number;
  /** How much is read of a body that was refused. */
  discard?: DiscardLimits;
  clock?: Clock;
};

/**
 * What the server around the door should be made with, times in milliseconds. The framework's own defaults
 * leave a connection without headers open for a minute and a slow request for five; an idle connection is kept
 * longer than the 60 s of common proxies, so that they never send into one that we are closing.
 */
export const webhookServerSettings = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 75_000,
  insecureHTTPParser: false,
} as const satisfies ServerOptions;

const path = '/webhooks/whatsapp';

/** In seconds. Meta has its own schedule; others may read it. */
const retryAfter = '10';

/**
 * The webhook door: GET and HEAD are Meta's handshake, POST delivers a webhook, which is answered with 200 only
 * after `store` has resolved (meta-facts §1, §2.3). Both spellings of the path are answered in place, since Meta
 * follows no redirect. Everything that can be refused without the body is refused before it is read.
 */
export function createWebhookRoute(options: WebhookRouteOptions): WebhookRoute {
  const { verifyToken, receive } = options;
  const report = quietly(options.report);
  const budget = options.budget ?? createBodyBudget();
  const limits = {
    maxBody: options.maxBody ?? 4 * 1024 * 1024,
    deadlines: createDeadlines(options.bodyTimeout ?? 10_000),
  };
  const discard = options.discard ?? defaultDiscardLimits;
  const clock = options.clock ?? Date;
  const acknowledgements = createReplyBatch((exchange: Exchange) => {
    respond(exchange, 200, '', []);
    report.acknowledged?.({ bytes: exchange.bytes, milliseconds: performance.now() - exchange.began });
  });
  let inFlight = 0;
  let waiting: (() => void)[] = [];

  function handle(request: IncomingMessage, response: ServerResponse): void {
    inFlight += 1;
    // A connection may break at any time; readBody and the end of the response see to it.
    request.on('error', ignore);
    response.on('error', ignore);
    response.sendDate = false;
    const exchange: Exchange = { request, response, began: performance.now(), bytes: 0 };
    try {
      if (request.method === 'POST') receivePost(exchange);
      else if (request.method === 'GET' || request.method === 'HEAD') answerHandshake(exchange);
      else refuse(exchange, 'method-unknown');
    } catch (error) {
      // Thrown here it would end the process (as CVE-2023-50728 did to others).
      refuse(exchange, 'not-committed', error);
    }
  }

  function answerHandshake(exchange: Exchange): void {
    const answer = answerChallenge(queryOf(exchange.request), verifyToken);
    if (answer.status === 200) {
      respond(exchange, 200, answer.challenge, handshakeHeaders);
      report.challengeAnswered();
    } else {
      // One answer for every reason, and the log only afterwards: a stranger learns nothing from either.
      respond(exchange, 403, challengeRefused, handshakeHeaders);
      report.challengeRefused(answer.reason, challengeRefusals[answer.reason]);
    }
  }

  function receivePost(exchange: Exchange): void {
    const probe = options.probes?.find(queryOf(exchange.request)) ?? null;
    if (probe !== null) receiveProbe(exchange, probe);
    else receiveWebhook(exchange);
  }

  /** A post of our own: read as a webhook is, and never stored, counted or told of. */
  function receiveProbe(exchange: Exchange, probe: ExpectedProbe): void {
    const announced = announcedLength(exchange.request) ?? 1;
    const share = announced > limits.maxBody ? null : budget.open(announced);
    if (share === null) {
      refuse(exchange, announced > limits.maxBody ? 'too-large' : 'budget-full');
      return;
    }
    readBody(exchange.request, limits, share, (body) => {
      share.release();
      if (typeof body === 'string') {
        refuse(exchange, body);
        return;
      }
      probe.arrived(body, signatureHeader(exchange.request)).then(
        ({ status, answer }) => respond(exchange, status, answer, handshakeHeaders),
        (error) => refuse(exchange, 'not-committed', error),
      );
    });
  }

  function receiveWebhook(exchange: Exchange): void {
    const header = signatureHeader(exchange.request);
    const opened = openWebhook(exchange.request, header);
    if (typeof opened === 'string') {
      refuse(exchange, opened);
      return;
    }
    const { verify, share } = opened;
    readBody(exchange.request, limits, share, (body) => {
      if (typeof body === 'string') {
        share.release();
        refuse(exchange, body);
      } else {
        verifyAndStore(exchange, { body, header, share, verify });
      }
    });
  }

  /** What is needed to read the body, or why it is not worth reading. */
  function openWebhook(
    request: IncomingMessage,
    header: string | undefined,
  ): Pick<UnverifiedWebhook, 'verify' | 'share'> | WebhookRefusal {
    if (options.receives === false) return 'not-receiving';
    const { verify } = receive;
    if (verify === null) return 'handshake-only';
    const fault = signatureFault(header);
    if (fault !== null) return `signature-${fault}`;
    if (isEncoded(request)) return 'body-encoded';
    const announced = announcedLength(request) ?? 1;
    if (announced > limits.maxBody) return 'too-large';
    const share = budget.open(announced);
    return share === null ? 'budget-full' : { verify, share };
  }

  function verifyAndStore(exchange: Exchange, { body, header, share, verify }: UnverifiedWebhook): void {
    const notCommitted = (error: unknown) => {
      share.release();
      refuse(exchange, 'not-committed', error);
    };
    try {
      const verdict = verify(body, header);
      if (!verdict.valid) {
        share.release();
        refuse(exchange, `signature-${verdict.reason}`);
        return;
      }
      share.verified();
      const { secretFingerprint } = verdict;
      receive.store({ body, secretFingerprint, receivedAt: clock.now() }).then(() => {
        share.release();
        exchange.bytes = body.byteLength;
        acknowledgements.push(exchange);
      }, notCommitted);
    } catch (error) {
      notCommitted(error);
    }
  }

  function refuse(exchange: Exchange, refusal: WebhookRefusal, error?: unknown): void {
    const { status, answer, sentence } = webhookRefusals[refusal];
    if (status === null) leave();
    else respond(exchange, status, `${answer}\n`, refusalHeaders(status));
    report.refused(refusal, sentence, error);
  }

  function respond(exchange: Exchange, status: number, body: string, headers: readonly string[]): void {
    const { request, response } = exchange;
    const answer = { status, headers: ['Content-Length', String(body.length), ...headers], body };
    if (hasBodyToCome(request)) {
      answerEarly(request, response, answer, discard);
    } else {
      response.writeHead(status, answer.headers);
      response.end(body, 'latin1');
    }
    leave();
  }

  function leave(): void {
    inFlight -= 1;
    if (inFlight > 0) return;
    const drained = waiting;
    waiting = [];
    for (const resolve of drained) resolve();
  }

  return {
    matches: (request) => pathMatches(request.url ?? ''),
    handle,
    drained: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}

type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  /** By the process's own clock, in milliseconds. */
  began: number;
  /** Of the body, once it is stored. */
  bytes: number;
};

type UnverifiedWebhook = {
  body: Uint8Array;
  header: string | undefined;
  share: BodyShare;
  verify: NonNullable<ReceiveWebhook['verify']>;
};

// No charset: the challenge's bytes are Meta's own. nosniff and text/plain keep a browser from running an echo.
const plainText = ['Content-Type', 'text/plain', 'X-Content-Type-Options', 'nosniff'];
const handshakeHeaders = [...plainText, 'Cache-Control', 'no-store'];

const challengeRefused = 'The handshake was refused; the log of Recado says why.\n';

function refusalHeaders(status: number): readonly string[] {
  if (status === 503) return [...plainText, 'Retry-After', retryAfter];
  if (status === 405) return [...plainText, 'Allow', 'GET, HEAD, POST'];
  return plainText;
}

function pathMatches(target: string): boolean {
  if (!target.startsWith(path)) return false;
  const rest = target.slice(path.length);
  return rest === '' || rest === '/' || rest.startsWith('?') || rest.startsWith('/?');
}

/** What follows `?` in the request target, undecoded; Node lets nothing but ASCII into a target. */
function queryOf(request: IncomingMessage): string {
  const target = request.url ?? '';
  const mark = target.indexOf('?');
  return mark === -1 ? '' : target.slice(mark + 1);
}

/** Several headers come joined by ", " and so have no valid shape. */
function signatureHeader(request: IncomingMessage): string | undefined {
  const header = request.headers['x-hub-signature-256'];
  return Array.isArray(header) ? header.join(', ') : header;
}

function isEncoded(request: IncomingMessage): boolean {
  const encoding = request.headers['content-encoding'];
  return encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity';
}

function ignore(): void {}

/** A report that cannot break the door: an exception in an event handler would end the process. */
function quietly(report: WebhookDoorReport): WebhookDoorReport {
  const attempt = (say: () => void) => {
    try {
      say();
    } catch {
      // Whoever counts and logs is the one that could have told of it.
    }
  };
  return {
    challengeAnswered: () => attempt(() => report.challengeAnswered()),
    acknowledged: (facts) => attempt(() => report.acknowledged?.(facts)),
    challengeRefused: (refusal, sentence) => attempt(() => report.challengeRefused(refusal, sentence)),
    refused: (refusal, sentence, error) => attempt(() => report.refused(refusal, sentence, error)),
  };
}
