/**
 * Two signals within this time, in milliseconds, are one: after Ctrl-C, `npm start` passes on the SIGINT that
 * the terminal has already sent to the whole group.
 */
const SAME_SIGNAL = 500;

/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | null = null;
    const onSignal = () => {
      if (first === null) {
        first = performance.now();
        resolve();
      } else if (performance.now() - first > SAME_SIGNAL) {
        process.exit(1);
      }
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
