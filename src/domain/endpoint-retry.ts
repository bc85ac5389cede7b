import type { EndpointStanding } from './endpoint.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The waits between the tries of one event, in milliseconds: three days in all. */
const waits = [
  5 * second,
  30 * second,
  2 * minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
] as const;

/** The longest wait that an endpoint may ask for an event, in milliseconds. */
const LONGEST_GRANTED = hour;

/** Jitter only adds, so that many that failed together return apart and nothing returns too soon. */
const JITTER_SHARE = 0.1;

/**
 * What becomes of an event that failed at an endpoint: when it is tried again, or that it is given up.
 *
 * Where order is kept, everything behind it in its conversation waits; so patience is short, and counted only while
 * the endpoint is up: from the first failure, or from when the endpoint came back. Where none is kept, nobody waits,
 * and the schedule runs to its end. While the endpoint is down nothing is given up, unless it is this event that brings
 * it down: after all its tries, in a time in which the endpoint took others.
 *
 * @param facts `attempts`: tries so far, from 1; `patience`: milliseconds, null where nothing waits behind the event;
 *   `retryAfter`: milliseconds that the endpoint asked for; `jitter`: from 0 to 1
 */
export function afterFailedAttempt(facts: {
  attempts: number;
  firstFailedAt: number;
  standing: Pick<EndpointStanding, 'openUntil' | 'recoveredAt' | 'deliveredAt'>;
  patience: number | null;
  retryAfter: number | null;
  now: number;
  jitter: number;
}): { givenUp: true } | { givenUp: false; at: number } {
  const { attempts, standing, patience, now } = facts;
  const isDown = standing.openUntil !== null;
  const scheduled = waits[Math.min(attempts, waits.length) - 1] ?? waits[0];
  const asked = Math.min(facts.retryAfter ?? 0, LONGEST_GRANTED);
  const wait = Math.max(scheduled, asked) * (1 + JITTER_SHARE * facts.jitter);
  const at = now + Math.ceil(wait);
  const isCulprit = attempts > waits.length && (standing.deliveredAt ?? 0) > facts.firstFailedAt;
  if (isDown && isCulprit) return { givenUp: true };
  if (isDown) return { givenUp: false, at: standing.openUntil ?? at };
  if (patience === null) return attempts > waits.length ? { givenUp: true } : { givenUp: false, at };
  const end = Math.max(facts.firstFailedAt, standing.recoveredAt ?? 0) + patience;
  return now >= end ? { givenUp: true } : { givenUp: false, at: Math.min(at, end) };
}
