import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryResult, Destination } from '../destinations.ts';
import { recadoPayload } from '../flows/forwarding/payload.ts';
import { signWebhook } from '../flows/forwarding/standard-webhooks.ts';
import type { ShownEvent } from './describe-event.ts';

/** How forwarding waits, in milliseconds. */
export type ForwardTimings = {
  /** Between two tries: the first wait, doubled up to `longestWait`. */
  firstWait: number;
  longestWait: number;
};

const defaultTimings: ForwardTimings = { firstWait: 250, longestWait: 5_000 };

/** An event that the receiver took. */
export type Forwarded = { status: number; took: number; tries: number };

/**
 * Delivers an event until it is taken, which is any answer from 200 to 299: a receiver that is down, or that an error
 * keeps from working, gets it later. Each try has the same `webhook-id`, the event's key, and its own timestamp.
 *
 * @param options.failed is told of each answer that is not the one before
 * @returns null when the signal came first: then nobody knows whether it arrived, and it must be sent again
 */
export async function forwardEvent(
  event: ShownEvent,
  options: {
    url: string;
    destination: Destination;
    secret: string;
    failed(answer: DeliveryResult): void;
    signal: AbortSignal;
    timings?: Partial<ForwardTimings>;
  },
): Promise<Forwarded | null> {
  const { url, destination, secret, failed, signal } = options;
  const timings = { ...defaultTimings, ...options.timings };
  const body = recadoPayload(event);
  let wait = timings.firstWait;
  let told = '';
  for (let tries = 1; !signal.aborted; tries += 1) {
    const signed = signWebhook({ id: event.key, at: Date.now(), body }, [secret]);
    const headers = { 'content-type': 'application/json', ...signed };
    const answer = await destination.deliver({ url, headers, body }, signal);
    if (answer.outcome === 'answered' && answer.status >= 200 && answer.status < 300)
      return { status: answer.status, took: answer.took, tries };
    if (signal.aborted) return null;
    const found = answer.outcome === 'answered' ? String(answer.status) : answer.found;
    if (found !== told) failed(answer);
    told = found;
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, timings.longestWait);
  }
  return null;
}
