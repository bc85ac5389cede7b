import { Agent, request } from 'undici';
import type { JsonObject } from '../../domain/json.ts';
import type { Clock } from '../../runtime/clock.ts';
import { signBody } from '../../whatsapp/signature.ts';
import type { Scheduler } from '../time/scheduler.ts';

/** What became of one try to hand over a webhook. */
export type WebhookReport = {
  /** `message`, or the name of the status. */
  about: string;
  /** The person it is about; null when nobody has that number. */
  waId: string | null;
  outcome: 'acknowledged' | 'will-retry' | 'dropped';
  /** From 1; 0 when it was never tried. */
  attempt: number;
  httpStatus: number | null;
  /** Why it was not acknowledged; null when it was. */
  reason: string | null;
  /** When it is tried again, in milliseconds of the simulated clock. */
  nextAttemptAt: number | null;
};

/** A webhook to hand over. Those with the same `line` are first tried one after the other. */
export type OutgoingWebhook = {
  line: string;
  about: string;
  waId: string | null;
  body: JsonObject;
  /** Called once, when the receiver has answered 200. */
  acknowledged?: () => void;
};

/** Hands webhooks to the receiver's URL, signed, for up to seven days. */
export type WebhookSender = {
  send(webhook: OutgoingWebhook): void;
  /** Meta's GET handshake (meta-facts §1). `status` is null when nobody answered; `body` then says why. */
  verify(
    verifyToken: string,
    challenge: string,
  ): Promise<{ ok: boolean; status: number | null; body: string }>;
  /** Breaks off every connection; nothing is sent afterwards. */
  close(): Promise<void>;
};

/** How long Meta goes on trying, in milliseconds of the simulated clock (meta-facts §2.3). */
const RETRY_PERIOD = 7 * 24 * 60 * 60 * 1000;

/** The most of an answer's body that is read, in bytes. */
const ANSWER_LIMIT = 64 * 1024;

/**
 * The wait after a failed try, in milliseconds: 1 s, doubling up to 12 hours. Meta publishes no intervals,
 * only that they grow (meta-facts §2.3, §11).
 *
 * @param attempt the number of the try that failed, from 1
 */
function retryGap(attempt: number): number {
  return Math.min(1000 * 2 ** (attempt - 1), 12 * 60 * 60 * 1000);
}

/** A sender to the URL of the moment. `patience` is how long the receiver has for its answer, in milliseconds. */
export function createWebhookSender(options: {
  scheduler: Scheduler;
  clock: Clock;
  appSecret: string;
  patience: number;
  url: () => string | null;
  report: (report: WebhookReport) => void;
}): WebhookSender {
  const { scheduler, clock, patience } = options;
  const agent = new Agent({
    connections: 64,
    connect: { timeout: patience },
    headersTimeout: patience,
    bodyTimeout: patience,
  });
  const lines = new Map<string, Promise<void>>();
  let closed = false;

  function send(webhook: OutgoingWebhook): void {
    // Serialised once: a redelivery has the same bytes.
    const bytes = Buffer.from(JSON.stringify(webhook.body), 'utf8');
    const firstAt = clock.now();
    let attempts = 0;

    async function attempt(): Promise<void> {
      const url = options.url();
      if (url === null) {
        report('dropped', { reason: 'No webhook URL is set, so Meta has nobody to tell.' });
        return;
      }
      attempts += 1;
      const answer = await post(url, bytes);
      if (closed) return;
      if (answer.httpStatus === 200) {
        webhook.acknowledged?.();
        report('acknowledged', { httpStatus: 200 });
        return;
      }
      const nextAttemptAt = clock.now() + retryGap(attempts);
      if (nextAttemptAt - firstAt > RETRY_PERIOD) {
        report('dropped', answer);
        return;
      }
      scheduler.at(nextAttemptAt, () => scheduler.track(attempt()));
      report('will-retry', { ...answer, nextAttemptAt });
    }

    function report(outcome: WebhookReport['outcome'], facts: Partial<WebhookReport>): void {
      const { about, waId } = webhook;
      const nothing = { httpStatus: null, reason: null, nextAttemptAt: null };
      options.report({ about, waId, outcome, attempt: attempts, ...nothing, ...facts });
    }

    const before = lines.get(webhook.line) ?? Promise.resolve();
    const first = before.then(attempt);
    lines.set(webhook.line, first);
    scheduler.track(
      first.finally(() => {
        if (lines.get(webhook.line) === first) lines.delete(webhook.line);
      }),
    );
  }

  async function post(url: string, bytes: Buffer): Promise<Pick<WebhookReport, 'httpStatus' | 'reason'>> {
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': signBody(bytes, options.appSecret),
        },
        body: bytes,
      });
      await answer.body.dump({ limit: ANSWER_LIMIT });
      return {
        httpStatus: answer.statusCode,
        reason: `The receiver answered ${answer.statusCode}, not 200.`,
      };
    } catch (error) {
      return { httpStatus: null, reason: `Nobody answered: ${reasonOf(error)}` };
    }
  }

  async function verify(
    verifyToken: string,
    challenge: string,
  ): Promise<{ ok: boolean; status: number | null; body: string }> {
    const url = options.url();
    if (url === null) return { ok: false, status: null, body: 'No webhook URL is set.' };
    try {
      const target = new URL(url);
      target.searchParams.append('hub.mode', 'subscribe');
      target.searchParams.append('hub.challenge', challenge);
      target.searchParams.append('hub.verify_token', verifyToken);
      const answer = await request(target, {
        dispatcher: agent,
        headers: { 'user-agent': 'facebookexternalua' },
      });
      const body = await readStart(answer.body);
      return { ok: answer.statusCode === 200 && body === challenge, status: answer.statusCode, body };
    } catch (error) {
      return { ok: false, status: null, body: `Nobody answered: ${reasonOf(error)}` };
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await agent.destroy();
  }

  return { send, verify, close };
}

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > ANSWER_LIMIT) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
