import type { Clock } from '../../runtime/clock.ts';

/**
 * What happens later. Steps that follow by themselves (a status after an acceptance) come `soon`, after a
 * short real latency; steps that wait for the clock (a redelivery) come `at` a moment of the simulated time.
 */
export type Scheduler = {
  /** Runs the job after the latency, in the order in which jobs were given. */
  soon(job: () => void): void;
  /** Runs the job once the clock has reached `time`, in milliseconds. */
  at(time: number, job: () => void): void;
  /** Counts work as under way until it has ended. */
  track(work: Promise<void>): void;
  /**
   * Runs all that is soon, and all that the clock has reached, without waiting for the latency, and awaits
   * what is under way, until nothing is left. Jobs in the future of the clock stay.
   */
  drain(): Promise<void>;
  /** Forgets every job, takes no more, and awaits what is under way. */
  close(): Promise<void>;
};

type Job = { at: number; run: () => void };

/** How often a clock that may jump is looked at while jobs wait for it, in milliseconds. */
const CLOCK_CHECK_INTERVAL = 250;

/**
 * An empty scheduler.
 *
 * @param latency how soon `soon` is, in milliseconds of real time
 */
export function createScheduler(clock: Clock, latency: number): Scheduler {
  const soonJobs = new Map<NodeJS.Timeout, () => void>();
  let laterJobs: Job[] = [];
  let clockCheck: NodeJS.Timeout | null = null;
  const underWay = new Set<Promise<void>>();
  let closed = false;

  function soon(job: () => void): void {
    if (closed) return;
    const timer = setTimeout(() => startSoon(timer, job), latency);
    soonJobs.set(timer, job);
  }

  function startSoon(timer: NodeJS.Timeout, job: () => void): void {
    clearTimeout(timer);
    soonJobs.delete(timer);
    job();
  }

  function at(time: number, job: () => void): void {
    if (closed) return;
    laterJobs.push({ at: time, run: job });
    clockCheck ??= setInterval(startDue, CLOCK_CHECK_INTERVAL);
  }

  function startDue(): boolean {
    const now = clock.now();
    const due = laterJobs.filter((job) => job.at <= now).sort((one, other) => one.at - other.at);
    laterJobs = laterJobs.filter((job) => job.at > now);
    for (const job of due) job.run();
    if (laterJobs.length === 0) stopClockCheck();
    return due.length > 0;
  }

  function stopClockCheck(): void {
    if (clockCheck !== null) clearInterval(clockCheck);
    clockCheck = null;
  }

  function track(work: Promise<void>): void {
    const counted = work.finally(() => underWay.delete(counted));
    underWay.add(counted);
  }

  async function drain(): Promise<void> {
    for (;;) {
      const next = soonJobs.entries().next().value;
      if (next !== undefined) startSoon(...next);
      else if (!startDue()) {
        if (underWay.size === 0) return;
        await Promise.allSettled(underWay);
      }
    }
  }

  async function close(): Promise<void> {
    closed = true;
    for (const timer of soonJobs.keys()) clearTimeout(timer);
    soonJobs.clear();
    laterJobs = [];
    stopClockCheck();
    await Promise.allSettled(underWay);
  }

  return { soon, at, track, drain, close };
}
