/**
 * What a step of background work reports: `more` when it should run again at once, else how long it can
 * rest, in milliseconds, before it has to look again by itself.
 */
export type StepResult = { more: true } | { more: false; restFor: number };

/** Background work that runs a step again at once while there is more, and rests when there is none. */
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
 * Starts a loop.
 *
 * @param step one piece of work; a rejection is reported and the loop goes on after a rest
 * @param failed told of every rejected step
 */
export function startLoop(step: () => Promise<StepResult>, failed: (failure: unknown) => void): Loop {
  let stopping = false;
  let nudged = true;
  let wake: () => void = () => {};
  let failing = false;
  let waiters: { began: number; resolve: () => void; reject: (failure: unknown) => void }[] = [];
  let began = 0;

  function rest(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      wake = () => {
        clearTimeout(timer);
        resolve();
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
      try {
        const result = await step();
        failing = false;
        if (result.more) continue;
        for (const waiter of takeWaiters(thisStep)) waiter.resolve();
        if (nudged || waiters.length > 0 || stopping) continue;
        await rest(Math.min(MOST_REST, Math.max(0, result.restFor)));
      } catch (failure) {
        failing = true;
        failed(failure);
        for (const waiter of takeWaiters(thisStep)) waiter.reject(failure);
        // No nudge shortens this rest: what fails at once would otherwise fail without a pause.
        if (!stopping) await rest(AFTER_FAILURE);
      }
    }
    for (const waiter of waiters) waiter.resolve();
    waiters = [];
  }

  const running = run();
  function nudge(): void {
    nudged = true;
    if (!failing) wake();
  }
  return {
    nudge,
    drain: () =>
      stopping
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            waiters.push({ began, resolve, reject });
            nudge();
          }),
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
