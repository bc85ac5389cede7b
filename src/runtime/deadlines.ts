/** Deadlines of one length, for many at once. */
export type Deadlines = {
  /**
   * Calls `overdue` once when the time is over, unless it is met first.
   *
   * @returns meets the deadline; again does nothing
   */
  set(overdue: () => void): () => void;
};

/**
 * Deadlines that are all `milliseconds` long, so that the oldest is the next: one timer of Node's serves them all.
 * A timer for each request cost 3 µs, a thirtieth of the request. They keep no process running.
 */
export function createDeadlines(milliseconds: number): Deadlines {
  /** In the order of their ends. */
  const open = new Set<Deadline>();
  let ticking = false;

  function tickIn(rest: number): void {
    ticking = true;
    setTimeout(look, rest).unref();
  }

  function look(): void {
    ticking = false;
    const now = performance.now();
    for (const deadline of open) {
      if (deadline.end > now) {
        tickIn(deadline.end - now);
        return;
      }
      open.delete(deadline);
      deadline.overdue();
    }
  }

  return {
    set(overdue) {
      const deadline = { end: performance.now() + milliseconds, overdue };
      open.add(deadline);
      if (!ticking) tickIn(milliseconds);
      return () => {
        open.delete(deadline);
      };
    },
  };
}

type Deadline = { end: number; overdue: () => void };
