import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createContinuousDoctor } from './continuous-doctor.ts';

const minute = 60_000;

describe('doctor by itself', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('looks a minute or two after the start, then about every quarter of an hour, until it is stopped', async () => {
    let looks = 0;
    const failures: unknown[] = [];
    const doctor = createContinuousDoctor({
      look: async () => {
        looks += 1;
        if (looks === 2) throw new Error('gone');
      },
      jitter: () => 0.5,
      failed: (failure) => failures.push(failure),
    });
    doctor.start();
    await vi.advanceTimersByTimeAsync(minute);
    expect(looks).toBe(0);
    await vi.advanceTimersByTimeAsync(minute / 2);
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(15 * minute);
    expect([looks, failures.length]).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(15 * minute);
    expect(looks).toBe(3);
    await doctor.stop();
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(looks).toBe(3);
  });
});
