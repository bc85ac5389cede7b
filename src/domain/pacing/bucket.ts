/** A bucket of allowances: full it lets a burst through, and it is filled again steadily. */

/** How large a bucket is, and how long it takes to get one allowance back, in milliseconds. */
export type BucketSize = { burst: number; interval: number };

/** What was in a bucket at a moment, in milliseconds. Below zero when more was counted than there was. */
export type Bucket = { level: number; at: number };

/** Sums of fractions fall short of a whole by a rounding, which must not cost a message its turn. */
const ROUNDING = 1e-6;

/** A bucket that nobody has taken from yet. */
export function fullBucket({ burst }: BucketSize, at: number): Bucket {
  return { level: burst, at };
}

/** The bucket at a later moment. Time that runs backwards fills nothing and empties nothing. */
function bucketAt(bucket: Bucket, { burst, interval }: BucketSize, now: number): Bucket {
  const passed = Math.max(0, now - bucket.at);
  return { level: Math.min(burst, bucket.level + passed / interval), at: Math.max(bucket.at, now) };
}

/** How many may be taken at a moment: whole allowances, never below zero. */
export function takeable(bucket: Bucket, size: BucketSize, now: number): number {
  return Math.max(0, Math.floor(bucketAt(bucket, size, now).level + ROUNDING));
}

/** The bucket after so many were taken. What nobody can refuse, such as what people write, may overdraw it. */
export function taken(bucket: Bucket, size: BucketSize, now: number, count = 1): Bucket {
  const { level, at } = bucketAt(bucket, size, now);
  return { level: level - count, at };
}

/** The first whole millisecond at which one may be taken; `now` when one may be taken at once. */
export function takeableAt(bucket: Bucket, size: BucketSize, now: number): number {
  const { level, at } = bucketAt(bucket, size, now);
  const missing = 1 - ROUNDING - level;
  return missing <= 0 ? now : at + Math.ceil(missing * size.interval);
}
