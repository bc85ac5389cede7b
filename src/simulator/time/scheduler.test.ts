import { describe, expect, it } from 'vitest';
import { createScheduler } from './scheduler.ts';
import { createSimulatedClock } from './simulated-clock.ts';

const anHour = 60 * 60 * 1000;

function stoppedClock(): { now(): number; add(milliseconds: number): void } {
  let now = 1_790_000_000_000;
  return {
    now: () => now,
    add: (milliseconds) => {
      now += milliseconds;
    },
  };
}

describe('scheduler', () => {
  it('drains a chain of soon steps in order, without waiting for the latency', async () => {
    const scheduler = createScheduler(stoppedClock(), anHour);
    const seen: string[] = [];
    scheduler.soon(() => {
      seen.push('a1');
      scheduler.soon(() => seen.push('a2'));
    });
    scheduler.soon(() => seen.push('b1'));
    await scheduler.drain();
    expect(seen).toEqual(['a1', 'b1', 'a2']);
    await scheduler.close();
  });

  it('leaves what the clock has not reached, and runs it in order of time afterwards', async () => {
    const clock = stoppedClock();
    const scheduler = createScheduler(clock, anHour);
    const seen: string[] = [];
    scheduler.at(clock.now() + 2, () => seen.push('later'));
    scheduler.at(clock.now() + 1, () => seen.push('sooner'));
    scheduler.at(clock.now() + anHour, () => seen.push('much later'));
    await scheduler.drain();
    expect(seen).toEqual([]);
    clock.add(2);
    await scheduler.drain();
    expect(seen).toEqual(['sooner', 'later']);
    await scheduler.close();
  });

  it('awaits work under way, and the steps that follow from it', async () => {
    const scheduler = createScheduler(stoppedClock(), anHour);
    const seen: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    scheduler.track(promise.then(() => scheduler.soon(() => seen.push('after'))));
    const drained = scheduler.drain().then(() => seen.push('drained'));
    resolve();
    await drained;
    expect(seen).toEqual(['after', 'drained']);
    await scheduler.close();
  });

  it('runs what a jump makes due without waiting to look at the clock', async () => {
    const clock = createSimulatedClock({ source: stoppedClock() });
    const scheduler = createScheduler(clock, anHour);
    const seen: string[] = [];
    scheduler.at(clock.now() + 2 * anHour, () => seen.push('much later'));
    scheduler.at(clock.now() + anHour, () => seen.push('later'));
    clock.jump(anHour);
    expect(seen).toEqual(['later']);
    clock.jump(anHour);
    expect(seen).toEqual(['later', 'much later']);
    await scheduler.close();
  });

  it('follows a clock that runs fast', async () => {
    const clock = createSimulatedClock({ speed: anHour });
    const scheduler = createScheduler(clock, anHour);
    const before = clock.now();
    await new Promise<void>((ran) => scheduler.at(before + anHour, ran));
    expect(clock.now() - before).toBeGreaterThanOrEqual(anHour);
    await scheduler.close();
  });

  it('runs by itself too, and nothing once it is closed', async () => {
    const clock = stoppedClock();
    const scheduler = createScheduler(clock, 1);
    await new Promise<void>((ran) => scheduler.soon(ran));
    await new Promise<void>((ran) => scheduler.at(clock.now(), ran));
    const seen: string[] = [];
    scheduler.soon(() => seen.push('soon'));
    scheduler.at(clock.now(), () => seen.push('later'));
    await scheduler.close();
    scheduler.soon(() => seen.push('too late'));
    await scheduler.drain();
    expect(seen).toEqual([]);
  });
});
