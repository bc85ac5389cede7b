import type { Clock } from '../../runtime/clock.ts';
import type { SimulatedClock } from './simulated-clock.ts';

/**
 * What happens later. Steps that follow by themselves (a status after an acceptance) come `soon`, after a
 * short real latency; steps that wait for the clock (a redelivery) come `at` a moment of the simulated time.
 */
export type Scheduler = {
  /** Runs the job after the latency, in the order in which jobs were given. */
  soon(job: () => void): void;
  /** Runs the job once the clock has reached `time`, in milliseconds. */
  at(time: number, job: () => void): void;
  /** When the next job is due that waits for the clock, in milliseconds; infinite without any. */
  nextAt(): number;
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

/** The longest time without a look at the clock while jobs wait for it, in milliseconds: it may be moved unheard. */
const LONGEST_REST = 250;

/**
 * An empty scheduler. A clock that tells of its jumps is obeyed at once; another one is looked at.
 *
 * @param latency how soon `soon` is, in milliseconds of real time
 */
export function createScheduler(
  clock: Clock & Partial<Pick<SimulatedClock, 'realTimeUntil' | 'stopAt'>>,
  latency: number,
): Scheduler {
  const soonJobs = new Map<NodeJS.Timeout, () => void>();
  let laterJobs: Job[] = [];
  /** When the timer thinks that the next job is due; infinite for no job. */
  let nextAt = Number.POSITIVE_INFINITY;
  let clockCheck: NodeJS.Timeout | null = null;
  const stopListening = clock.onJump?.(startDueByItself) ?? (() => {});
  // What is soon comes before what a jump skips; then the jump stops where the next job is due.
  const stopStopping = clock.stopAt?.(() => {
    startAllSoon();
    return nextDue();
  });
  const underWay = new Set<Promise<void>>();
  let closed = false;

  function soon(job: () => void): void {
    if (closed) return;
    const timer = setTimeout(() => startSoon(timer, job), latency).unref();
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
    if (clockCheck === null || time < nextAt) lookAgain(Math.min(time, nextAt));
  }

  /** Sets the one timer for the job that is due next. It keeps no process alive. */
  function lookAgain(next: number): void {
    stopClockCheck();
    nextAt = next;
    if (next === Number.POSITIVE_INFINITY) return;
    const rest = clock.realTimeUntil?.(next) ?? next - clock.now();
    clockCheck = setTimeout(startDueByItself, Math.min(LONGEST_REST, Math.max(0, rest))).unref();
  }

  function startAllSoon(): void {
    for (let next = soonJobs.entries().next(); next.done !== true; next = soonJobs.entries().next()) {
      startSoon(...next.value);
    }
  }

  function nextDue(): number {
    return laterJobs.reduce((soonest, job) => Math.min(soonest, job.at), Number.POSITIVE_INFINITY);
  }

  function startDueByItself(): void {
    startDue();
    lookAgain(nextDue());
  }

  function startDue(): boolean {
    const now = clock.now();
    const due = laterJobs.filter((job) => job.at <= now).sort((one, other) => one.at - other.at);
    laterJobs = laterJobs.filter((job) => job.at > now);
    for (const job of due) job.run();
    return due.length > 0;
  }

  function stopClockCheck(): void {
    if (clockCheck !== null) clearTimeout(clockCheck);
    clockCheck = null;
  }

  function track(work: Promise<void>): void {
    const counted = work.finally(() => underWay.delete(counted));
    underWay.add(counted);
  }

  async function drain(): Promise<void> {
    for (;;) {
      startAllSoon();
      if (startDue()) continue;
      if (underWay.size === 0) return;
      await Promise.allSettled(underWay);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    for (const timer of soonJobs.keys()) clearTimeout(timer);
    soonJobs.clear();
    laterJobs = [];
    stopClockCheck();
    stopListening();
    stopStopping?.();
    await Promise.allSettled(underWay);
  }

  return { soon, at, nextAt: nextDue, track, drain, close };
}
