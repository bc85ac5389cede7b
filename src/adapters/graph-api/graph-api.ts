import { Pool } from 'undici';
import type { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { AttemptOutcome } from '../../domain/notification.ts';
import type { RegistrationOutcome } from '../../domain/registration.ts';
import type { GraphMedia } from '../../flows/media/graph-media.ts';
import type { MarkReadOutcome } from '../../flows/outbound/mark-read.ts';
import type { GraphChanges } from '../../flows/setup/graph-changes.ts';
import type { GraphReads } from '../../flows/setup/graph-reads.ts';
import { composeRead } from '../../whatsapp/compose-message.ts';
import { readAnswer } from '../../whatsapp/read-answer.ts';
import { readRegistrationAnswer } from '../../whatsapp/read-registration-answer.ts';
import { createAskGraph } from './ask-graph.ts';
import { exchange } from './exchange.ts';
import { createGraphChanges } from './graph-changes.ts';
import { createGraphMedia } from './graph-media.ts';
import { createGraphReads } from './graph-reads.ts';

/** How long DNS, TCP and TLS together may take, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;

/** How long Meta's whole answer may take once the request is written, in milliseconds. */
const ANSWER_TIMEOUT = 30_000;

/**
 * How long an idle connection is kept, in milliseconds. Graph publishes no limit of its own; the shortest
 * that is usual among servers and balancers is 5 s, and the client's timers may be late by 1 s. Closing
 * first, with a second to spare, keeps a message from being written into a connection that Meta is closing.
 */
const KEEP_ALIVE = 3_000;

/**
 * The most connections at once. Each carries one message at a time, so this is also the most messages in
 * flight: Meta's maximum of 1,000 messages per second fits as long as answers take 250 ms.
 */
const CONNECTIONS = 256;

/** The most bytes of an answer that are read. To a send Meta answers 2 KB; a page of templates may have a megabyte. */
const ANSWER_MAX_BYTES = 2 * 1024 * 1024;

/** Meta's Graph API, as far as sending, registering and looking at a setup need it. */
export type GraphApi = {
  /**
   * Posts one message once and says what became of it; never throws and never retries.
   *
   * `not-sent` means that no byte of it left, `unknown` that it may have. No reason and no failure holds the
   * access token, words of the answer beyond Meta's own explanation, or the recipient.
   */
  sendMessage(request: {
    phoneNumberId: string;
    accessToken: string;
    message: JsonObject;
  }): Promise<AttemptOutcome>;
  /** Registers a business phone on the Cloud API, once; never throws and never retries (meta-facts §5.1, §7.2). */
  registerPhone(request: {
    phoneNumberId: string;
    accessToken: string;
    pin: string;
  }): Promise<RegistrationOutcome>;
  /** Marks a message of a person as read, and shows them that somebody is typing; never throws and never retries. */
  markRead(request: {
    phoneNumberId: string;
    accessToken: string;
    messageId: string;
    typing: boolean;
  }): Promise<MarkReadOutcome>;
  /** What Meta has in its books about this installation. */
  reads: GraphReads;
  /** What Recado changes there. */
  changes: GraphChanges;
  /** Files that people have sent. */
  media: GraphMedia;
  /** Lets the messages in flight finish, then closes all connections. */
  close(): Promise<void>;
};

/**
 * Connects to the Graph API; connections are opened when they are needed. HTTP/1.1 without pipelining: a
 * connection that breaks leaves at most one message in doubt.
 *
 * @param options `baseUrl`: META_GRAPH_URL, without a version; `version` such as `v25.0`; `connectTimeout` and
 *   `answerTimeout` in milliseconds; `tls.ca`: PEM of an authority to trust instead of the system's
 * @throws TypeError when `baseUrl` is no http or https URL
 */
export function createGraphApi(options: {
  baseUrl: string;
  version: string;
  connectTimeout?: number;
  answerTimeout?: number;
  connections?: number;
  tls?: { ca?: string };
}): GraphApi {
  const base = new URL(options.baseUrl);
  const root = `${base.pathname.replace(/\/+$/, '')}/${options.version}`;
  const answerTimeout = options.answerTimeout ?? ANSWER_TIMEOUT;
  const pool = new Pool(base.origin, {
    allowH2: false,
    pipelining: 1,
    connections: options.connections ?? CONNECTIONS,
    connectTimeout: options.connectTimeout ?? CONNECT_TIMEOUT,
    connect: { ...options.tls },
    keepAliveTimeout: KEEP_ALIVE,
    // A server's Keep-Alive header may shorten the time, never lengthen it.
    keepAliveMaxTimeout: KEEP_ALIVE,
    maxResponseSize: ANSWER_MAX_BYTES,
    // The exchange has its own single timer.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const ask = createAskGraph(pool, base.origin, root);
  const media = createGraphMedia(ask, base.origin, root, options.tls);
  let closing: Promise<void> | null = null;

  function post(path: string, accessToken: string, body: JsonObject): ReturnType<typeof exchange> {
    const request = {
      method: 'POST' as const,
      path: `${root}/${path}`,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    return exchange(pool, request, answerTimeout);
  }

  return {
    async sendMessage({ phoneNumberId, accessToken, message }) {
      const result = await post(`${encodeURIComponent(phoneNumberId)}/messages`, accessToken, message);
      if (result.got === 'nothing') {
        return { outcome: result.mayHaveLeft ? 'unknown' : 'not-sent', reason: result.reason };
      }
      return withoutToken(readAnswer(result.status, result.body), accessToken);
    },
    async registerPhone({ phoneNumberId, accessToken, pin }) {
      const body = { messaging_product: 'whatsapp', pin };
      const result = await post(`${encodeURIComponent(phoneNumberId)}/register`, accessToken, body);
      if (result.got === 'nothing') return { outcome: 'unanswered', reason: result.reason };
      const answer = readRegistrationAnswer(result.status, result.body);
      if (answer.outcome !== 'refused') return answer;
      return { ...answer, failure: failureWithoutToken(answer.failure, accessToken) };
    },
    async markRead({ phoneNumberId, accessToken, messageId, typing }) {
      const path = `${encodeURIComponent(phoneNumberId)}/messages`;
      const result = await post(path, accessToken, composeRead(messageId, typing));
      if (result.got === 'nothing') return { outcome: 'unanswered', reason: result.reason };
      const answer = readRegistrationAnswer(result.status, result.body);
      if (answer.outcome === 'registered') return { outcome: 'marked' };
      if (answer.outcome !== 'refused') return answer;
      return { ...answer, failure: failureWithoutToken(answer.failure, accessToken) };
    },
    reads: createGraphReads(ask),
    changes: createGraphChanges(pool, root),
    media,
    close() {
      closing ??= Promise.all([pool.close(), media.close()]).then(() => {});
      return closing;
    },
  };
}

function withoutToken(outcome: AttemptOutcome, accessToken: string): AttemptOutcome {
  if (outcome.outcome !== 'refused') return outcome;
  return { ...outcome, failure: failureWithoutToken(outcome.failure, accessToken) };
}

/** Graph's explanation may repeat a token that it cannot read, word by word. */
function failureWithoutToken(failure: Failure, accessToken: string): Failure {
  if (failure.details === null || accessToken === '') return failure;
  return { ...failure, details: failure.details.replaceAll(accessToken, '…') };
}
