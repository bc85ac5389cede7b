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

/** Stands still until it is moved. */
export function standingClock(): TestClock {
  let at = Date.now();
  const listeners = new Set<() => void>();
  return {
    now: () => at,
    advance(milliseconds) {
      at += milliseconds;
      for (const listener of listeners) listener();
    },
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
