/** How often doctor looks by itself, in milliseconds: some fifty calls of the two hundred that Meta allows an hour (meta-facts §6). */
const EVERY = 15 * 60_000;

/** How long it waits at first, so that a gateway that has just started serves before it looks. */
const FIRST = 60_000;

/** Doctor, looking by itself. */
export type ContinuousDoctor = { start(): void; stop(): Promise<void> };

/**
 * Looks again and again. Times are spread by chance, so that many gateways do not ask Meta at once. Real time counts,
 * not that of a clock which tests move.
 *
 * @param options.jitter numbers from 0 to 1
 */
export function createContinuousDoctor(options: {
  look(): Promise<unknown>;
  jitter(): number;
  failed(failure: unknown): void;
}): ContinuousDoctor {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  function wait(time: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = options
        .look()
        .then(() => {}, options.failed)
        .then(() => wait(EVERY * (0.75 + options.jitter() / 2)));
    }, time);
    timer.unref();
  }

  return {
    start: () => wait(FIRST * (1 + options.jitter())),
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
    },
  };
}
