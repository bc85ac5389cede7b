import type { Clock } from '../../runtime/clock.ts';
import type { BusinessPhoneRecord } from '../accounts/business-phone.ts';
import { type GraphProblem, problem } from '../graph/graph-error.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** A message that went beyond a limit, whether it was refused for that or not. */
export type RateBreach = {
  /** In milliseconds. */
  at: number;
  phoneNumberId: string;
  /** 130429: the throughput of the phone; 131056: the pair of phone and person. */
  code: 130429 | 131056;
  /** The person's user id; null where the throughput was exceeded. */
  person: string | null;
};

/** Meta's limits of messages (meta-facts §6). */
export type Throttling = {
  /** A send is about to be looked at; a refusal when the phone sends and receives too much at once. */
  countSend(phone: BusinessPhoneRecord): GraphProblem | null;
  /** A send to this person is about to be accepted; a refusal when they get too many from this phone. */
  countPair(phone: BusinessPhoneRecord, person: string): GraphProblem | null;
  /** A person wrote: that counts for the throughput too, and is never refused. */
  countReceived(phone: BusinessPhoneRecord): void;
  /** Every breach so far, oldest first. */
  breaches(): RateBreach[];
};

/** Messages a second, in and out together (meta-facts §6). */
const THROUGHPUT = { standard: 80, high: 1_000, coexistence: 20 };

/** To the same person: one message in six seconds, of which 45 may be borrowed (meta-facts §6). */
const PAIR_BURST = 45;
const PAIR_PERIOD = 6_000;

/**
 * Full buckets. They are always counted, so that a test can ask for breaches; messages are refused only when they
 * are enforced.
 */
export function createThrottling(clock: Clock, enforced: boolean): Throttling {
  const throughput = new Map<string, TokenBucket>();
  const pairs = new Map<string, TokenBucket>();
  const breaches: RateBreach[] = [];

  function ofPhone(phone: BusinessPhoneRecord): TokenBucket {
    const rate = throughputOf(phone);
    return bucketIn(throughput, `${phone.phoneNumberId} ${rate}`, rate, 1000 / rate);
  }

  function bucketIn(buckets: Map<string, TokenBucket>, key: string, size: number, period: number) {
    const known = buckets.get(key);
    if (known !== undefined) return known;
    const bucket = createTokenBucket(clock, size, period);
    buckets.set(key, bucket);
    return bucket;
  }

  function breach(
    phone: BusinessPhoneRecord,
    code: RateBreach['code'],
    person: string | null,
  ): GraphProblem | null {
    breaches.push({ at: clock.now(), phoneNumberId: phone.phoneNumberId, code, person });
    if (!enforced) return null;
    return problem(
      code,
      code === 130429
        ? `Cloud API message throughput of ${throughputOf(phone)} messages a second has been reached.`
        : 'Too many messages to this user in a short time; messages to others are not affected.',
    );
  }

  return {
    countSend: (phone) => (ofPhone(phone).take() ? null : breach(phone, 130429, null)),
    countPair(phone, person) {
      const bucket = bucketIn(pairs, `${phone.phoneNumberId} ${person}`, PAIR_BURST, PAIR_PERIOD);
      return bucket.take() ? null : breach(phone, 131056, person);
    },
    countReceived: (phone) => {
      ofPhone(phone).take();
    },
    breaches: () => [...breaches],
  };
}

/** Messages a second of this phone. */
function throughputOf({ isOnBizApp, throughputLevel }: BusinessPhoneRecord): number {
  if (isOnBizApp) return THROUGHPUT.coexistence;
  return throughputLevel === 'HIGH' ? THROUGHPUT.high : THROUGHPUT.standard;
}
