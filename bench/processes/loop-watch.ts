/** How long one turn of the event loop took at most, in milliseconds. */
export type LongestBlock = {
  /** Of the thread's own processor time, so that a neighbour on the machine does not count. */
  processor: number;
  /** By the clock. */
  clock: number;
};

/**
 * Watches the event loop of this thread from a timer that is due each millisecond: whatever passes between two of
 * its turns beyond that, the loop was blocked. Returns what ends the watch and tells the longest block.
 */
export function watchLoop(): () => LongestBlock {
  const longest: LongestBlock = { processor: 0, clock: 0 };
  let usage = process.threadCpuUsage();
  let moment = performance.now();
  const timer = setInterval(look, 1);

  function look(): void {
    const { user, system } = process.threadCpuUsage(usage);
    const now = performance.now();
    longest.processor = Math.max(longest.processor, (user + system) / 1000);
    longest.clock = Math.max(longest.clock, now - moment - 1);
    usage = process.threadCpuUsage();
    moment = now;
  }

  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}
