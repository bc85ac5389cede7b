import type { Clock } from '../../runtime/clock.ts';

/** A bucket that holds so many tokens and is filled again steadily. */
export type TokenBucket = {
  /** Takes a token; false when there is none. */
  take(): boolean;
};

/**
 * A full bucket.
 *
 * @param size how many tokens it holds
 * @param period how long it takes to get one back, in milliseconds of the clock
 */
export function createTokenBucket(clock: Clock, size: number, period: number): TokenBucket {
  let tokens = size;
  let countedAt = clock.now();
  return {
    take() {
      const now = clock.now();
      tokens = Math.min(size, tokens + (now - countedAt) / period);
      countedAt = now;
      // Sums of fractions fall short of one by a rounding, which must not cost a message.
      if (tokens < 1 - 1e-9) return false;
      tokens -= 1;
      return true;
    },
  };
}
