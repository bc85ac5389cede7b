import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes, failureRow } from './failure.ts';
import { nextAttemptAt, triesUsedUp } from './retry.ts';

const now = 1_800_000_000_000;
const day = 24 * 60 * 60_000;
const minutes15 = 15 * 60_000;
const relaxed = { attempts: 1, now, notAfter: now + day, jitter: 0 };

describe('nextAttemptAt', () => {
  it.each([
    ['not-connected', 1, 2_000],
    ['not-connected', 2, 4_000],
    ['not-connected', 5, 32_000],
    ['call-rate-exceeded', 1, 60_000],
    ['pair-rate-exceeded', 1, 6_000],
    ['pair-rate-exceeded', 3, 96_000],
  ] as const)('after %s at try %d waits %d ms without jitter', (code, attempts, wait) => {
    expect(nextAttemptAt({ ...relaxed, failure: failureRow(code), attempts })).toBe(now + wait);
  });

  it.each(['window-closed', 'business-phone-not-registered', 'outcome-unknown', 'withheld-by-meta'] as const)(
    'plans no try after %s',
    (code) => {
      expect(nextAttemptAt({ ...relaxed, failure: failureRow(code) })).toBeNull();
    },
  );

  it('plans none once the row’s number of tries is used up', () => {
    const failure = failureRow('unexplained-by-meta');
    const facts = { failure, now: 0, notAfter: 24 * 3_600_000, jitter: 0 };
    expect(nextAttemptAt({ ...facts, attempts: 4 })).not.toBeNull();
    expect(nextAttemptAt({ ...facts, attempts: 5 })).toBeNull();
  });

  it('plans none at or after notAfter', () => {
    const failure = failureRow('not-connected');
    expect(nextAttemptAt({ ...relaxed, failure, notAfter: now + 2_001 })).toBe(now + 2_000);
    expect(nextAttemptAt({ ...relaxed, failure, notAfter: now + 2_000 })).toBeNull();
    expect(nextAttemptAt({ ...relaxed, failure, notAfter: now - 1 })).toBeNull();
  });

  it('waits at least what the row says, at most 10 % and 15 minutes, and longer from try to try', () => {
    const retried = failureCodes.filter((code) => failureRow(code).retry.help === 'later');
    expect(retried.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(
        fc.constantFrom(...retried),
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (code, attempts, jitter) => {
          const failure = failureRow(code);
          fc.pre(!triesUsedUp(failure, attempts + 1));
          const plan = (number: number, share: number) =>
            (nextAttemptAt({ ...relaxed, failure, attempts: number, jitter: share }) ?? Number.NaN) - now;
          const wait = plan(attempts, jitter);
          expect(wait).toBeGreaterThanOrEqual(plan(attempts, 0));
          expect(wait).toBeLessThanOrEqual(plan(attempts, 0) * 1.1 + 1);
          expect(wait).toBeLessThanOrEqual(minutes15);
          expect(plan(attempts + 1, 0)).toBeGreaterThanOrEqual(plan(attempts, 0));
        },
      ),
    );
  });
});
