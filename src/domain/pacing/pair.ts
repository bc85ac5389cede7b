import { type Bucket, type BucketSize, fullBucket, takeableAt, taken } from './bucket.ts';

/**
 * One message to the same person every 6 seconds, of which 45 may be borrowed and are paid back by waiting
 * (meta-facts §6). We borrow five fewer: after a change of owner the tries to people who got up to five messages are
 * not counted, and messages that left apart may arrive together.
 */
const PAIR: BucketSize = { burst: 40, interval: 6_000 };

/** To fewer messages than this a new owner pays no heed. */
export const PAIR_HEEDED_FROM = 6;

/** For how long a message to a person weighs, in milliseconds: until a bucket that was empty is full again. */
export const PAIR_MEMORY = PAIR.burst * PAIR.interval;

/** The longest wait after refusals of Meta's, in milliseconds. */
const LONGEST_WAIT = 15 * 60_000;

/** What a business phone may still send to one person. */
export type PairPace = {
  bucket: Bucket;
  /** Refusals by Meta's pair rule, one after another. */
  refusals: number;
  /** Nothing before this moment, in milliseconds. */
  blockedUntil: number;
};

/** Nobody has written to the person in the last minutes. */
export function freshPair(now: number): PairPace {
  return { bucket: fullBucket(PAIR, now), refusals: 0, blockedUntil: 0 };
}

/** The first moment at which the person may be written to; `now` when that is at once. */
export function pairFreeAt(pair: PairPace, now: number): number {
  return Math.max(takeableAt(pair.bucket, PAIR, now), pair.blockedUntil);
}

/** The pair after a message to the person has left. */
export function pairAfterSend(pair: PairPace, now: number): PairPace {
  return { ...pair, bucket: taken(pair.bucket, PAIR, now) };
}

/** The pair after Meta refused a message by its pair rule: 4^X seconds, X from 0 (meta-facts §6). */
export function pairAfterRefusal(pair: PairPace, now: number): PairPace {
  const wait = Math.min(1000 * 4 ** pair.refusals, LONGEST_WAIT);
  return { ...pair, refusals: pair.refusals + 1, blockedUntil: Math.max(pair.blockedUntil, now + wait) };
}

/** The pair after Meta took a message to the person. */
export function pairAfterAcceptance(pair: PairPace): PairPace {
  return pair.refusals === 0 ? pair : { ...pair, refusals: 0 };
}

/** Whether a pair says no more than a fresh one would, and so need not be remembered. */
export function isForgettable(pair: PairPace, now: number): boolean {
  const full = pair.bucket.level + (now - pair.bucket.at) / PAIR.interval >= PAIR.burst;
  return full && pair.blockedUntil <= now && (pair.refusals === 0 || now - pair.blockedUntil > LONGEST_WAIT);
}
