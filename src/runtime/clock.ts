/** The one source of time. Tests and the simulator give their own. */
export type Clock = {
  /** Milliseconds since the epoch; never runs backwards. */
  now(): number;
};

/** The process clock, held still while the machine's clock is set back. */
export function processClock(): Clock {
  let latest = 0;
  return {
    now: () => {
      latest = Math.max(latest, Date.now());
      return latest;
    },
  };
}
