/**
 * What a step of background work reports: `more` when it should run again soon, at the earliest after `pause`;
 * else how long it can rest before it has to look again by itself. Both in milliseconds.
 */
export type StepResult = { more: true; pause?: number } | { more: false; restFor: number };

/** Background work that runs a step again while there is more, and rests when there is none. */
export type Loop = {
  /** Something may have happened: look now. A hint only; the loop also looks by itself. */
  nudge(): void;
  /** Resolves once a step that began after this call has found nothing to do; rejects when one failed. */
  drain(): Promise<void>;
  /** Ends the loop after the step that is running. */
  stop(): Promise<void>;
};

/** The longest and shortest rests in milliseconds (design: owners poll adaptively, 25–250 ms). */
const MOST_REST = 250;
const AFTER_FAILURE = 250;

/**
 * The least time from the beginning of one step to that of the next, in milliseconds: a step then takes what has
 * gathered meanwhile in one transaction, instead of a transaction for every event. Nobody who drains waits for it.
 */
const LEAST_GAP = 10;

/**
 * Starts a loop.
 *
 * @param step one piece of work; a rejection is reported and the loop goes on after a rest
 * @param failed told of every rejected step
 */
export function startLoop(step: () => Promise<StepResult>, failed: (failure: unknown) => void): Loop {
  let stopping = false;
  let nudged = true;
  let wake: (by: 'nudge' | 'drain' | 'end') => void = () => {};
  let beganAt = 0;
  let waiters: { began: number; resolve: () => void; reject: (failure: unknown) => void }[] = [];
  let began = 0;

  /** Waits for a time; a nudge shortens it where it may, those who drain and the end always do. */
  function rest(time: number, mayBeNudged: boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, Math.max(0, time));
      function done(): void {
        clearTimeout(timer);
        wake = () => {};
        resolve();
      }
      wake = (by) => {
        if (by !== 'nudge' || mayBeNudged) done();
      };
    });
  }

  /** Those who wait for a step that began after their call, as the step that has just ended did. */
  function takeWaiters(thisStep: number): typeof waiters {
    const done = waiters.filter((waiter) => waiter.began < thisStep);
    waiters = waiters.filter((waiter) => waiter.began >= thisStep);
    return done;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      nudged = false;
      began += 1;
      const thisStep = began;
      beganAt = performance.now();
      try {
        const result = await step();
        if (!result.more) {
          for (const waiter of takeWaiters(thisStep)) waiter.resolve();
          if (!nudged && waiters.length === 0 && !stopping) {
            await rest(Math.min(MOST_REST, result.restFor), true);
          }
        }
        const pause = result.more ? (result.pause ?? 0) : 0;
        const gap = Math.max(pause, beganAt + LEAST_GAP - performance.now());
        if (waiters.length === 0 && !stopping) await rest(gap, false);
      } catch (failure) {
        failed(failure);
        for (const waiter of takeWaiters(thisStep)) waiter.reject(failure);
        // No nudge shortens this rest: what fails at once would otherwise fail without a pause.
        if (!stopping) await rest(AFTER_FAILURE, false);
      }
    }
    for (const waiter of waiters) waiter.resolve();
    waiters = [];
  }

  const running = run();
  function nudge(): void {
    nudged = true;
    wake('nudge');
  }
  return {
    nudge,
    drain: () =>
      stopping
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            waiters.push({ began, resolve, reject });
            nudged = true;
            wake('drain');
          }),
    async stop() {
      stopping = true;
      wake('end');
      await running;
    },
  };
}
