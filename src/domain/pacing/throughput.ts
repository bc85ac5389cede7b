import type { BucketSize } from './bucket.ts';

/** Messages a second of a business phone, in and out together (meta-facts §6). */
const THROUGHPUT = { standard: 80, high: 1_000, coexistence: 20 } as const;

/** What is known of how fast a business phone may go. Null is what nobody has told yet. */
export type ThroughputFacts = {
  /** Meta's word: `STANDARD`, `HIGH` or `NOT_APPLICABLE`. */
  level: string | null;
  /** The number is in the WhatsApp Business app as well, which fixes its throughput. */
  onBusinessApp: boolean | null;
};

/** How many messages a second a business phone may carry, in and out together. */
export function throughputOf({ level, onBusinessApp }: ThroughputFacts): number {
  if (onBusinessApp === true) return THROUGHPUT.coexistence;
  return level === 'HIGH' ? THROUGHPUT.high : THROUGHPUT.standard;
}

/** The part of a second's messages that may leave in one burst. The rest is spread over the second. */
const BURST_SHARE = 0.1;

/**
 * The bucket of a throughput. Burst and what flows back in a second add up to the throughput, so that no second,
 * wherever it begins, has more; a small burst also leaves little to pile up on the way to Meta.
 *
 * @param throughput messages a second, at least 2
 */
export function throughputBucket(throughput: number): BucketSize {
  const burst = Math.max(1, Math.floor(throughput * BURST_SHARE));
  return { burst, interval: 1000 / (throughput - burst) };
}
