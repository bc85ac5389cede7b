import type { DeliveryVerdict } from '../../domain/endpoint-circuit.ts';
import type { DeliveryFault, DeliveryResult } from './delivery.ts';
import { readRetryAfter } from './retry-after.ts';

/** What a delivery's result means. `sentence` says for people what went wrong; null when it was delivered. */
export type DeliveryJudgement = {
  verdict: DeliveryVerdict;
  /** Milliseconds that the endpoint asked for. */
  retryAfter: number | null;
  sentence: string | null;
};

const faults: Readonly<Record<DeliveryFault, { verdict: 'unreachable' | 'failed'; says: string }>> = {
  'address-forbidden': {
    verdict: 'unreachable',
    says: 'Its address lies in a closed network, which ENDPOINT_NETWORKS does not allow',
  },
  'name-not-found': { verdict: 'unreachable', says: 'Its name leads to no address' },
  refused: { verdict: 'unreachable', says: 'It refused the connection: nothing listens there' },
  'connecting-timed-out': { verdict: 'unreachable', says: 'It could not be connected to in time' },
  'answering-timed-out': { verdict: 'failed', says: 'It took the request and did not answer in time' },
  tls: { verdict: 'unreachable', says: 'Its certificate is not good' },
  'broken-off': { verdict: 'failed', says: 'The connection broke before an answer came' },
};

/**
 * Only 2xx is success: a redirect is a failure, because nothing is ever sent to an address that nobody has vouched
 * for. 410 means that the endpoint is gone for ever, 429 that it wants to be left alone (Standard Webhooks 1.0.0).
 */
export function judgeDelivery(result: DeliveryResult, now: number): DeliveryJudgement {
  if (result.outcome === 'unanswered') {
    const { verdict, says } = faults[result.fault];
    return { verdict, retryAfter: null, sentence: `${says} (${result.found}).` };
  }
  const { status } = result;
  if (status >= 200 && status < 300) return { verdict: 'delivered', retryAfter: null, sentence: null };
  const retryAfter = readRetryAfter(result.retryAfter, now);
  const said = { retryAfter, sentence: sentenceOf(status) };
  if (status === 410) return { verdict: 'gone', ...said };
  if (status === 429 || (status === 503 && retryAfter !== null)) return { verdict: 'throttled', ...said };
  return { verdict: isOfProxy(status) ? 'unreachable' : 'failed', ...said };
}

/** Statuses by which a proxy says that the application behind it is away, whatever it was asked. */
function isOfProxy(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
}

function sentenceOf(status: number): string {
  if (status >= 300 && status < 400) {
    return `It answered ${status}, a redirect, which is not followed: give the address that answers itself.`;
  }
  return `It answered ${status}.`;
}

/** The beginning of an answer as it may be kept: long numbers and what looks like a secret are left out. */
export function keptExcerpt(excerpt: string): string {
  return excerpt
    .slice(0, 300)
    .replace(/[A-Za-z0-9+/=_-]{24,}/g, '…')
    .replace(/\d[\d\s().-]{5,}\d/g, '…');
}
