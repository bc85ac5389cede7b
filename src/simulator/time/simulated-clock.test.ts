import { describe, expect, it } from 'vitest';
import { createSimulatedClock, movable } from './simulated-clock.ts';

const aDay = 24 * 60 * 60 * 1000;

function handMoved() {
  let time = 1_790_000_000_000;
  return {
    now: () => time,
    add: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

describe('simulated clock', () => {
  it('goes by its source, from where it was told to start', () => {
    const source = handMoved();
    const clock = createSimulatedClock({ source, start: 5000 });
    source.add(70);
    expect(clock.now()).toBe(5070);
  });

  it('stands while paused, and goes on from there', () => {
    const source = handMoved();
    const clock = createSimulatedClock({ source, start: 0 });
    source.add(10);
    clock.pause();
    source.add(aDay);
    expect([clock.now(), clock.paused, clock.realTimeUntil(11)]).toEqual([
      10,
      true,
      Number.POSITIVE_INFINITY,
    ]);
    clock.jump(5);
    clock.resume();
    source.add(1);
    expect([clock.now(), clock.paused]).toEqual([16, false]);
  });

  it('runs fast from the moment it is told to, without a jump', () => {
    const source = handMoved();
    const clock = createSimulatedClock({ source, start: 0, speed: 2 });
    source.add(10);
    clock.setSpeed(3600);
    expect(clock.now()).toBe(20);
    source.add(10);
    expect([clock.now(), clock.speed]).toEqual([36_020, 3600]);
    expect(clock.realTimeUntil(36_020 + 7200)).toBe(2);
    expect(clock.realTimeUntil(0)).toBe(0);
  });

  it('stops on a jump where somebody asks for it, as often as they ask', () => {
    const clock = createSimulatedClock({ source: { now: () => 0 }, start: 1_000 });
    const stops: number[] = [];
    let next = 1_200;
    const stop = clock.stopAt(() => next);
    clock.onJump(() => {
      stops.push(clock.now());
      if (clock.now() === next) next += 300;
    });
    clock.jump(1_000);
    expect(stops).toEqual([1_200, 1_500, 1_800, 2_000]);
    stop();
    clock.jump(1_000);
    expect(stops.at(-1)).toBe(3_000);
    expect(stops).toHaveLength(5);
  });

  it('tells of jumps until nobody listens any more', () => {
    const clock = createSimulatedClock({ source: handMoved(), start: 0 });
    const heard: number[] = [];
    const stop = clock.onJump(() => heard.push(clock.now()));
    clock.jump(aDay);
    stop();
    clock.jump(aDay);
    expect(heard).toEqual([aDay]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a jump by %s', (milliseconds) => {
    expect(() => createSimulatedClock().jump(milliseconds)).toThrow(/found/);
  });

  it.each([0, -1, Number.NaN])('refuses the speed %s', (speed) => {
    expect(() => createSimulatedClock({ speed })).toThrow(/pause\(\)/);
  });

  it('makes any clock movable, and leaves a movable one as it is', () => {
    const source = handMoved();
    const clock = movable(source);
    clock.jump(aDay);
    expect(clock.now()).toBe(source.now() + aDay);
    expect(movable(clock)).toBe(clock);
  });
});
