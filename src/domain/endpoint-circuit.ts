import type { EndpointStanding } from './endpoint.ts';

/**
 * What a failed delivery says of the endpoint. `unreachable`: it is down, whatever the event. `throttled`: it asks to
 * be left alone. `gone`: it is for ever. `failed`: it may be the event.
 */
export type DeliveryVerdict = 'delivered' | 'failed' | 'unreachable' | 'throttled' | 'gone';

/** Failures in a row, of two conversations at least, after which it is the endpoint that is down and not an event. */
const FAILURES_TO_OPEN = 5;

/** How long an endpoint that is down is left alone, in milliseconds: doubled each time, up to the longest. */
const SHORTEST_REST = 1_000;
const LONGEST_REST = 60_000;

/** What an endpoint asks for with `Retry-After` is granted up to this, in milliseconds: nobody can ask for silence for ever. */
const LONGEST_GRANTED = 60 * 60_000;

/** Nothing but failures for so long, in milliseconds, and the endpoint is disabled: five days. */
const FAILING_PATIENCE = 5 * 24 * 60 * 60_000;

/** Jitter only adds: a wait that somebody asked for is never cut short. */
const JITTER_SHARE = 0.1;

/** The standing after a success: up, and if it was down, since now. */
export function afterSuccess(standing: EndpointStanding, now: number): EndpointStanding {
  return {
    ...standing,
    failures: 0,
    failingSince: null,
    openUntil: null,
    probes: 0,
    recoveredAt: standing.openUntil === null ? standing.recoveredAt : now,
    deliveredAt: now,
  };
}

/**
 * The standing after a failure. An endpoint that cannot be reached, or asks to be left alone, is down at once; one
 * that answers with failures is when five in a row were of more than one conversation, because one event alone may
 * be what it cannot take.
 *
 * @param failure `parties`: of how many conversations the failures in a row were; `retryAfter`: milliseconds;
 *   `jitter`: from 0 to 1
 */
export function afterFailure(
  standing: EndpointStanding,
  failure: {
    verdict: Exclude<DeliveryVerdict, 'delivered'>;
    parties: number;
    retryAfter: number | null;
    sentence: string;
    now: number;
    jitter: number;
  },
): EndpointStanding {
  const { verdict, now } = failure;
  const failures = standing.failures + 1;
  const isDown =
    standing.openUntil !== null ||
    verdict === 'unreachable' ||
    verdict === 'throttled' ||
    (failures >= FAILURES_TO_OPEN && failure.parties > 1);
  const rest = Math.max(
    Math.min(SHORTEST_REST * 2 ** standing.probes, LONGEST_REST),
    Math.min(failure.retryAfter ?? 0, LONGEST_GRANTED),
  );
  return {
    ...standing,
    failures,
    failingSince: standing.failingSince ?? now,
    openUntil: isDown ? now + Math.ceil(rest * (1 + JITTER_SHARE * failure.jitter)) : null,
    probes: isDown ? standing.probes + 1 : 0,
    lastFailure: failure.sentence,
  };
}

/** Whether an endpoint has failed for so long that it is disabled. */
export function isHopeless({ failingSince }: EndpointStanding, now: number): boolean {
  return failingSince !== null && now - failingSince >= FAILING_PATIENCE;
}
