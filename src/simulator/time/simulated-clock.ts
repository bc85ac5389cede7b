import { type Clock, processClock } from '../../runtime/clock.ts';

/** A clock that its owner can stop, move ahead and speed up. Like every clock it never runs backwards. */
export type SimulatedClock = Clock & {
  /** Stops time. Jumps still move it. */
  pause(): void;
  /** Lets time go on from where it stands. */
  resume(): void;
  readonly paused: boolean;
  /**
   * Moves time ahead at once, by a number of milliseconds. What is to happen in between happens at its time, as far as
   * it waits for nobody: an answer over the network comes when the jump is over. `Simulator.travel` waits.
   *
   * @throws RangeError for anything but a finite number from 0
   */
  jump(milliseconds: number): void;
  /**
   * How many simulated seconds go by in a real one.
   *
   * @throws RangeError for anything but a finite number above 0
   */
  setSpeed(factor: number): void;
  readonly speed: number;
  /** Real milliseconds until the clock shows `time` if nobody touches it; 0 when it does, infinite while paused. */
  realTimeUntil(time: number): number;
  /** Hears of every jump, at each stop of it, and of every change of speed. Call the result to stop. */
  onJump(listener: () => void): () => void;
  /**
   * A jump stops on its way wherever this says, in milliseconds; infinite for nowhere. It is asked at the start and at
   * every stop. Call the result to stop that.
   */
  stopAt(next: () => number): () => void;
};

/**
 * A clock for the simulator and for whoever shares its time.
 *
 * @param options.start what it shows first, in milliseconds since the epoch; what the source shows when left out
 * @param options.speed 1: as fast as the source
 * @param options.source what it goes by; the process clock when left out
 */
export function createSimulatedClock(
  options: { start?: number; speed?: number; source?: Clock } = {},
): SimulatedClock {
  const source = options.source ?? processClock();
  const listeners = new Set<() => void>();
  const stops = new Set<() => number>();
  let speed = readSpeed(options.speed ?? 1);
  let paused = false;
  let shown = options.start ?? source.now();
  let shownSince = source.now();

  function now(): number {
    if (paused) return shown;
    return shown + Math.floor(Math.max(0, source.now() - shownSince) * speed);
  }

  /** Time goes on from what is shown now, under new conditions. */
  function change(to: () => void): void {
    shown = now();
    shownSince = source.now();
    to();
    for (const listener of [...listeners]) listener();
  }

  return {
    now,
    pause: () => change(() => (paused = true)),
    resume: () => change(() => (paused = false)),
    get paused() {
      return paused;
    },
    jump(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError(
          `Time jumps ahead only: expected milliseconds from 0, found ${milliseconds}. Start anew to be earlier.`,
        );
      }
      const end = now() + milliseconds;
      for (;;) {
        const next = Math.min(...[...stops].map((stop) => stop()).filter((time) => time > now()));
        if (next >= end) break;
        change(() => (shown = next));
      }
      change(() => (shown = Math.max(shown, end)));
    },
    setSpeed(factor) {
      const next = readSpeed(factor);
      change(() => (speed = next));
    },
    get speed() {
      return speed;
    },
    realTimeUntil(time) {
      const missing = time - now();
      if (missing <= 0) return 0;
      return paused ? Number.POSITIVE_INFINITY : Math.ceil(missing / speed);
    },
    onJump(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stopAt(next) {
      stops.add(next);
      return () => {
        stops.delete(next);
      };
    },
  };
}

/** The clock itself when it can be moved, else a clock that goes by it and can. */
export function movable(clock: Clock | SimulatedClock | undefined): SimulatedClock {
  if (clock !== undefined && 'jump' in clock) return clock;
  return createSimulatedClock(clock === undefined ? {} : { source: clock });
}

function readSpeed(factor: number): number {
  if (Number.isFinite(factor) && factor > 0) return factor;
  throw new RangeError(`A speed is a number above 0, found ${factor}. To stop time, call pause().`);
}
