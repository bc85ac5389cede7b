import { type Bucket, type BucketSize, fullBucket, takeable, takeableAt, taken } from './bucket.ts';
import { throughputBucket } from './throughput.ts';

/** How fast a business phone sends at present. Decisions: state in, what is allowed and from when on out. */
export type PhonePace = {
  /** Messages a second that Meta allows, in and out together. */
  throughput: number;
  bucket: Bucket;
  /** The part of the throughput that is used after Meta said that it was too much, at a moment in milliseconds. */
  share: { value: number; at: number };
  /** Nothing at all before this moment. */
  pausedUntil: number;
  /** Mass messages wait until this moment, and how often in a row they had to. */
  bulkPause: { until: number; times: number };
};

/** What may leave a business phone now. */
export type Allowance = {
  /** How many messages. */
  count: number;
  /** Whether mass messages may be among them. */
  bulk: boolean;
  /** When to look again; null when something may leave now. */
  until: number | null;
};

/** How long nothing leaves after Meta said that it was too much, in milliseconds. */
const PAUSE = 1_000;

/** The least part of the throughput that is used, and how long it takes to trust the whole of it again. */
const LEAST_SHARE = 0.1;
const TRUST_AGAIN = 2 * 60_000;

/** Complaints wear off over days (meta-facts §5): mass messages try again after an hour, then ever more rarely. */
const BULK_PAUSE = 60 * 60_000;
const LONGEST_BULK_PAUSE = 24 * 60 * 60_000;

/**
 * The pace of a business phone that nothing is known of but its throughput.
 *
 * @param sentLately how many messages left in the last second, before whoever asks was there
 */
export function freshPhone(throughput: number, now: number, sentLately = 0): PhonePace {
  const full = fullBucket(throughputBucket(throughput), now);
  return {
    throughput,
    bucket: { ...full, level: full.level - sentLately },
    share: { value: 1, at: now },
    pausedUntil: 0,
    bulkPause: { until: 0, times: 0 },
  };
}

/** What may leave now. */
export function allowance(phone: PhonePace, now: number): Allowance {
  const size = sizeOf(phone, now);
  const bulk = phone.bulkPause.until <= now;
  if (phone.pausedUntil > now) return { count: 0, bulk, until: phone.pausedUntil };
  const count = takeable(phone.bucket, size, now);
  return { count, bulk, until: count > 0 ? null : takeableAt(phone.bucket, size, now) };
}

/** The pace after messages have left, or came in: Meta counts both. */
export function phoneAfterMessages(phone: PhonePace, now: number, count: number): PhonePace {
  return { ...phone, bucket: taken(phone.bucket, sizeOf(phone, now), now, count) };
}

/** The pace when it is learnt how fast the phone may go. */
export function phoneWithThroughput(phone: PhonePace, throughput: number, now: number): PhonePace {
  if (throughput === phone.throughput) return phone;
  const { level, at } = taken(phone.bucket, sizeOf(phone, now), now, 0);
  const changed = { ...phone, throughput };
  // A bucket that shrinks holds no more than it can; one that grows is filled by time alone.
  return { ...changed, bucket: { level: Math.min(level, sizeOf(changed, now).burst), at } };
}

/**
 * The pace after Meta said that the phone sends too much (#130429): half of what was used, after a pause. Many who
 * were on their way together and hear the same are one refusal.
 */
export function phoneAfterThroughputRefusal(phone: PhonePace, now: number): PhonePace {
  if (phone.pausedUntil > now) return phone;
  const value = Math.max(LEAST_SHARE, shareAt(phone, now) / 2);
  return { ...phone, share: { value, at: now }, pausedUntil: now + PAUSE };
}

/** The pace after Meta said that people complain (#131048): mass messages wait, others do not. */
export function phoneAfterSpamRefusal(phone: PhonePace, now: number): PhonePace {
  const { until, times } = phone.bulkPause;
  if (until > now) return phone;
  const wait = Math.min(BULK_PAUSE * 2 ** times, LONGEST_BULK_PAUSE);
  return { ...phone, bulkPause: { until: now + wait, times: times + 1 } };
}

/** The part of the throughput that is used now: it grows back steadily. */
export function shareAt({ share }: PhonePace, now: number): number {
  return Math.min(1, share.value + Math.max(0, now - share.at) / TRUST_AGAIN);
}

function sizeOf(phone: PhonePace, now: number): BucketSize {
  return throughputBucket(Math.max(2, phone.throughput * shareAt(phone, now)));
}
