import type { DeliveryFault, DeliveryResult } from '../../flows/forwarding/delivery.ts';

/** How long a broker may take, in milliseconds: to be connected to, and to confirm a message. */
export type BrokerTimeouts = { connect: number; confirm: number };

/** As long as an HTTP endpoint may take. */
export const brokerTimeouts: BrokerTimeouts = { connect: 5_000, confirm: 15_000 };

/** As much of a broker's words as is kept, in characters. */
const EXCERPT_LENGTH = 1_024;

/** What a broker answered, in numbers like those of HTTP. @param took milliseconds */
export function brokerAnswered(status: number, said: string, took: number): DeliveryResult {
  const excerpt = said.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, EXCERPT_LENGTH);
  return { outcome: 'answered', status, took, retryAfter: null, excerpt };
}

const faults: Readonly<Record<string, DeliveryFault>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'connecting-timed-out',
  EHOSTUNREACH: 'connecting-timed-out',
  ENETUNREACH: 'connecting-timed-out',
};

/** Why a broker did not answer, by the system's word for it. @param took milliseconds */
export function brokerUnanswered(error: unknown, took: number): DeliveryResult {
  if (error instanceof TooLate) {
    const fault = error.awaited === 'connection' ? 'connecting-timed-out' : 'answering-timed-out';
    return { outcome: 'unanswered', fault, found: error.message, took };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { outcome: 'unanswered', fault: 'broken-off', found: 'it was taken back', took };
  }
  // Several addresses of a name: the first failure speaks for all.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : '';
  const message = first instanceof Error ? first.message : 'the connection broke';
  const isTls = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(code);
  const fault = isTls ? 'tls' : (faults[code] ?? 'broken-off');
  return { outcome: 'unanswered', fault, found: code === '' ? message : code, took };
}

/** What was awaited did not come in time. */
export class TooLate extends Error {
  override name = 'TooLate';
  readonly awaited: 'connection' | 'confirmation';
  constructor(awaited: 'connection' | 'confirmation') {
    super(`no ${awaited} in time`);
    this.awaited = awaited;
  }
}

/** @throws TooLate after `time` milliseconds, and the signal's reason when it comes first */
export async function withinTime<Value>(
  pending: Promise<Value>,
  options: { time: number; awaited: TooLate['awaited']; signal?: AbortSignal | undefined },
): Promise<Value> {
  const { time, awaited, signal } = options;
  const stopped = Promise.withResolvers<never>();
  const timer = setTimeout(() => stopped.reject(new TooLate(awaited)), time);
  const stop = () => stopped.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  // Whichever loses must not count as a rejection that nobody handles.
  pending.catch(() => undefined);
  try {
    return await Promise.race([pending, stopped.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
