import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newStanding } from './endpoint.ts';
import { afterFailure, afterSuccess, isHopeless } from './endpoint-circuit.ts';

const now = 1_790_000_000_000;
const failure = {
  verdict: 'failed',
  parties: 2,
  retryAfter: null,
  sentence: 'It answered 500.',
  now,
  jitter: 0,
} as const;

describe('an endpoint is down', () => {
  it('after five failures in a row of more than one conversation', () => {
    let standing = newStanding;
    for (let count = 1; count <= 5; count += 1) {
      expect(standing.openUntil).toBeNull();
      standing = afterFailure(standing, failure);
    }
    expect(standing).toMatchObject({ failures: 5, openUntil: now + 1_000, failingSince: now });
  });

  it('never for what one conversation alone meets', () => {
    let standing = newStanding;
    for (let count = 0; count < 50; count += 1) standing = afterFailure(standing, { ...failure, parties: 1 });
    expect(standing.openUntil).toBeNull();
  });

  it.each(['unreachable', 'throttled'] as const)('at once when it is %s', (verdict) => {
    expect(afterFailure(newStanding, { ...failure, verdict, parties: 1 }).openUntil).toBe(now + 1_000);
  });

  it('for longer each time, up to a minute', () => {
    let standing = newStanding;
    const rests = Array.from({ length: 8 }, () => {
      standing = afterFailure(standing, { ...failure, verdict: 'unreachable' });
      return (standing.openUntil ?? 0) - now;
    });
    expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('for as long as it asks, and never for ever', () => {
    const throttled = { ...failure, verdict: 'throttled' } as const;
    expect(afterFailure(newStanding, { ...throttled, retryAfter: 90_000 }).openUntil).toBe(now + 90_000);
    expect(afterFailure(newStanding, { ...throttled, retryAfter: 1e12 }).openUntil).toBe(now + 3_600_000);
  });

  it('no more after a success, which says since when', () => {
    const down = afterFailure(newStanding, { ...failure, verdict: 'unreachable' });
    expect(afterSuccess(down, now + 5)).toMatchObject({
      openUntil: null,
      recoveredAt: now + 5,
      failures: 0,
      failingSince: null,
    });
    expect(afterSuccess(newStanding, now).recoveredAt).toBeNull();
  });

  it('is hopeless after five days of nothing but failures', () => {
    const failing = afterFailure(newStanding, failure);
    expect(isHopeless(failing, now + 5 * 86_400_000 - 1)).toBe(false);
    expect(isHopeless(failing, now + 5 * 86_400_000)).toBe(true);
    expect(isHopeless(afterSuccess(failing, now), now + 1e12)).toBe(false);
  });

  it('is never tried sooner than it asked for, whatever the jitter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (retryAfter, jitter) => {
          const { openUntil } = afterFailure(newStanding, {
            ...failure,
            verdict: 'throttled',
            retryAfter,
            jitter,
          });
          expect(openUntil).toBeGreaterThanOrEqual(now + retryAfter);
          expect(openUntil).toBeLessThanOrEqual(now + Math.max(1_000, retryAfter) * 1.1 + 1);
        },
      ),
    );
  });
});
