/** The one source of time. Tests and the simulator give their own. */
export type Clock = {
  /** Milliseconds since the epoch; never runs backwards. */
  now(): number;
  /**
   * Hears when time has been moved by hand, so that who rests until a moment looks again. Call the result to stop.
   * A clock that nobody can move has none.
   */
  onJump?(listener: () => void): () => void;
};

/** A clock that several processes share. */
export type SharedClock = Clock & {
  /** How far the clock of this machine is ahead of it, in milliseconds; negative when it is behind. */
  skew(): number;
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
