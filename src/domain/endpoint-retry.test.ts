import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newStanding } from './endpoint.ts';
import { afterFailedAttempt } from './endpoint-retry.ts';

const now = 1_790_000_000_000;
const minute = 60_000;
const facts = {
  attempts: 1,
  firstFailedAt: now,
  standing: newStanding,
  patience: 15 * minute,
  retryAfter: null,
  now,
  jitter: 0,
};

describe('an event that failed', () => {
  it('is tried again after growing waits, and last when patience ends', () => {
    const times: number[] = [];
    let at = now;
    for (let attempts = 1; ; attempts += 1) {
      const next = afterFailedAttempt({ ...facts, attempts, now: at });
      if (next.givenUp) break;
      at = next.at;
      times.push((at - now) / 1000);
    }
    expect(times).toEqual([5, 35, 155, 455, 900]);
  });

  it('is tried for three days where nothing waits behind it', () => {
    let at = now;
    let attempts = 1;
    for (; ; attempts += 1) {
      const next = afterFailedAttempt({ ...facts, patience: null, attempts, now: at });
      if (next.givenUp) break;
      at = next.at;
    }
    expect(attempts).toBe(12);
    expect((at - now) / (24 * 60 * minute)).toBeGreaterThan(2.9);
  });

  it('is never given up while the endpoint is down', () => {
    const down = { ...newStanding, openUntil: now + 7_000 };
    for (const patience of [null, 15 * minute]) {
      const later = { ...facts, patience, standing: down, attempts: 99, firstFailedAt: now - 1e10 };
      expect(afterFailedAttempt(later)).toEqual({ givenUp: false, at: now + 7_000 });
    }
  });

  it('is given up when it is what brings the endpoint down, which takes others', () => {
    const down = { ...newStanding, openUntil: now + 7_000, deliveredAt: now - minute };
    const culprit = { ...facts, standing: down, attempts: 12, firstFailedAt: now - 2 * minute };
    expect(afterFailedAttempt(culprit)).toEqual({ givenUp: true });
    expect(afterFailedAttempt({ ...culprit, attempts: 11 })).toMatchObject({ givenUp: false });
    expect(afterFailedAttempt({ ...culprit, firstFailedAt: now })).toMatchObject({ givenUp: false });
  });

  it('has all its patience again once the endpoint is back', () => {
    const back = { ...newStanding, recoveredAt: now - minute };
    const old = { ...facts, firstFailedAt: now - 60 * minute, attempts: 9 };
    expect(afterFailedAttempt(old)).toEqual({ givenUp: true });
    expect(afterFailedAttempt({ ...old, standing: back })).toEqual({ givenUp: false, at: now + 14 * minute });
  });

  it('is tried no sooner than the schedule and the endpoint ask for, and never without end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.option(fc.integer({ min: 0, max: 10_000_000 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, retryAfter, jitter) => {
          const next = afterFailedAttempt({ ...facts, patience: null, attempts, retryAfter, jitter });
          const plain = afterFailedAttempt({ ...facts, patience: null, attempts });
          if (next.givenUp || plain.givenUp) throw new Error('There are tries left.');
          const least = Math.max(plain.at - now, Math.min(retryAfter ?? 0, 3_600_000));
          expect(next.at - now).toBeGreaterThanOrEqual(least);
          expect(next.at - now).toBeLessThanOrEqual(least * 1.1 + 1);
        },
      ),
    );
  });
});
