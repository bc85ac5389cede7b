import type { Clock } from '../../src/runtime/clock.ts';

/** A clock that goes with the process and can be moved ahead. */
export type TestClock = Clock & { advance(milliseconds: number): void };

/** Starts at the present. */
export function testClock(): TestClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}
