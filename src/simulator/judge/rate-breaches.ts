/** A message that counts: when it was, in milliseconds, and who was at the other end. */
export type CountedMessage = { at: number; phoneNumberId: string; waId: string; direction: 'in' | 'out' };

/** Messages that a business phone may send and receive together in a second (meta-facts §6). */
const THROUGHPUT = 80;

/** How many messages to one person may be borrowed at once, and how many milliseconds each takes to be paid back. */
const PAIR_BURST = 45;
const PAIR_INTERVAL = 6_000;

/** A bucket that holds so many tokens and gets them back at a steady pace. */
type Bucket = { tokens: number; at: number };

/**
 * Where a run went beyond Meta's limits: 80 messages a second of a business phone, and 45 at once to the same person,
 * one of them paid back in 6 seconds. One sentence for each bucket that was overdrawn.
 *
 * @param messages in the order of their times
 */
export function rateBreaches(messages: readonly CountedMessage[]): string[] {
  const breaches = new Map<string, string>();
  const buckets = new Map<string, Bucket>();

  function take(name: string, at: number, most: number, interval: number, sentence: string): void {
    const bucket = buckets.get(name) ?? { tokens: most, at };
    const refilled = Math.min(most, bucket.tokens + (at - bucket.at) / interval);
    buckets.set(name, { tokens: refilled - 1, at });
    if (refilled < 1 && !breaches.has(name))
      breaches.set(name, `${sentence} at ${new Date(at).toISOString()}`);
  }

  for (const { at, phoneNumberId, waId, direction } of messages) {
    const phone = `business phone ${phoneNumberId}`;
    take(
      phone,
      at,
      THROUGHPUT,
      1000 / THROUGHPUT,
      `${phone} had more than ${THROUGHPUT} messages in a second`,
    );
    if (direction === 'in') continue;
    const pair = `${phone} and ${waId}`;
    take(pair, at, PAIR_BURST, PAIR_INTERVAL, `${phone} wrote to ${waId} faster than once in 6 seconds`);
  }
  return [...breaches.values()];
}
