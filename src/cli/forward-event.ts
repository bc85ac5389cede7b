import { setTimeout as pause } from 'node:timers/promises';
import { recadoPayload } from '../flows/forwarding/payload.ts';
import { signWebhook } from '../flows/forwarding/standard-webhooks.ts';
import type { ShownEvent } from './describe-event.ts';
import { fitText } from './fit-text.ts';

/** How forwarding waits, in milliseconds. */
export type ForwardTimings = {
  /** Between two tries: the first wait, doubled up to `longestWait`. */
  firstWait: number;
  longestWait: number;
  /** How long a receiver may take to answer. */
  patience: number;
};

const defaultTimings: ForwardTimings = { firstWait: 250, longestWait: 5_000, patience: 15_000 };

/** What a receiver said to one try. `took` in milliseconds. */
export type ForwardAnswer =
  | { outcome: 'answered'; status: number; took: number; excerpt: string }
  | { outcome: 'unanswered'; because: string; took: number };

/** An event that the receiver took. */
export type Forwarded = { status: number; took: number; tries: number };

/** As much of an answer as is read and shown: an error page is long. */
const EXCERPT_BYTES = 512;
const EXCERPT_COLUMNS = 100;

/**
 * Posts an event until the receiver takes it, which is any answer from 200 to 299: a receiver that is down, or that an
 * error keeps from working, gets it later. Each try has the same `webhook-id`, the event's key, and its own timestamp.
 *
 * @param options.failed is told of each answer that is not the one before
 * @returns null when the signal came first: then nobody knows whether it arrived, and it must be sent again
 */
export async function forwardEvent(
  event: ShownEvent,
  options: {
    url: string;
    secret: string;
    failed(answer: ForwardAnswer): void;
    signal: AbortSignal;
    timings?: Partial<ForwardTimings>;
  },
): Promise<Forwarded | null> {
  const { url, secret, failed, signal } = options;
  const timings = { ...defaultTimings, ...options.timings };
  const body = recadoPayload(event);
  let wait = timings.firstWait;
  let told = '';
  for (let tries = 1; !signal.aborted; tries += 1) {
    const answer = await tryOnce(
      url,
      {
        'content-type': 'application/json',
        ...signWebhook({ id: event.key, at: Date.now(), body }, [secret]),
      },
      body,
      AbortSignal.any([signal, AbortSignal.timeout(timings.patience)]),
    );
    if (answer.outcome === 'answered' && answer.status >= 200 && answer.status < 300)
      return { status: answer.status, took: answer.took, tries };
    if (signal.aborted) return null;
    const found = answer.outcome === 'answered' ? String(answer.status) : answer.because;
    if (found !== told) failed(answer);
    told = found;
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, timings.longestWait);
  }
  return null;
}

async function tryOnce(
  url: string,
  headers: Record<string, string>,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<ForwardAnswer> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: Buffer.from(body),
      redirect: 'manual',
      signal,
    });
    const excerpt = await readExcerpt(response);
    return { outcome: 'answered', status: response.status, took: took(), excerpt };
  } catch (error) {
    return { outcome: 'unanswered', because: reasonOf(error), took: took() };
  }
}

/** The beginning of an answer in words; of a page nothing, since it begins with its head. */
async function readExcerpt(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  try {
    const { value } = await reader.read();
    if (value === undefined || response.headers.get('content-type')?.includes('html') === true) return '';
    const text = new TextDecoder().decode(value.subarray(0, EXCERPT_BYTES));
    return fitText(text.trim().replaceAll(/\s+/g, ' '), EXCERPT_COLUMNS);
  } catch {
    return '';
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  if (!(first instanceof Error)) return 'it cannot be reached';
  const code = 'code' in first && typeof first.code === 'string' ? first.code : first.message;
  return code === 'ECONNREFUSED' ? 'nobody listens there' : code;
}
