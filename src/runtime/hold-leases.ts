import type { Lease, LeasePicture, LeaseStore } from './lease.ts';
import type { StepResult } from './loop.ts';
import { planLeases } from './plan-leases.ts';

/** The leases of one worker. */
export type HeldLeases = {
  /** The fence under which a unit is in this worker's hands at this moment; null when it is not. */
  fenceOf(unit: string): number | null;
  /** What is in its hands at this moment. */
  held(): Lease[];
  /** What has come into its hands since the last call. */
  newlyHeld(): Lease[];
  /** There is work on a unit: when it seems to be nobody's, the next turn takes it, whatever the shares. */
  want(unit: string): void;
  /** The store has refused a fence: the unit is not in these hands any more. */
  lost(lease: Lease): void;
  /** One turn of a loop: renews, takes and gives back, where that is due. */
  step(): Promise<StepResult>;
  /** What is known of all workers, as of the last renewal; null before the first. */
  picture(): LeasePicture | null;
  /** Gives everything back. The loop has to be stopped before. */
  close(): Promise<void>;
};

/**
 * How long a lease lasts, and how often all are renewed and shared, in milliseconds: after both together the work of
 * a worker that crashed is in other hands.
 */
export const leaseTimes: LeaseTimes = { duration: 15_000, renewEvery: 5_000 };

/** In milliseconds. */
export type LeaseTimes = { duration: number; renewEvery: number };

/**
 * Holds leases for one worker. Whether one is still good is counted here from the moment before it was asked for,
 * by a clock that nobody sets: so it ends here before it ends in the store, also when the process has slept, or no
 * answer comes any more.
 */
export function holdLeases(options: {
  store: LeaseStore;
  /** Unique among all workers, and never used again. */
  worker: string;
  /** Every unit that there is. */
  units(): Promise<string[]>;
  /** Ends what this worker has in flight on a unit that it gives back, and resolves when nothing is left. */
  leave(unit: string): Promise<void>;
  /** Units have come into its hands. */
  taken(): void;
  /** A unit could not be given back; it comes free when its lease ends. */
  failed(failure: unknown): void;
  /** There is something to do: the next turn should come at once. */
  nudge(): void;
  times: LeaseTimes;
  /** Milliseconds that only grow; the process's own when left out. */
  elapsed?: () => number;
}): HeldLeases {
  const { store, worker, elapsed = () => performance.now() } = options;
  const leases = new Map<string, { fence: number; until: number }>();
  /** Units on their way out: no new work begins on them. */
  const leaving = new Map<string, Promise<void>>();
  const wanted = new Set<string>();
  /** Units that others were quicker to take, as the next picture will show. */
  const missed = new Set<string>();
  let fresh: Lease[] = [];
  let picture: LeasePicture | null = null;
  let renewAt = 0;

  function keep({ unit, fence }: Lease, until: number): void {
    const known = leases.get(unit);
    if (known?.fence !== fence) {
      fresh = [...fresh.filter((lease) => lease.unit !== unit), { unit, fence }];
    }
    leases.set(unit, { fence, until });
  }

  async function renew(): Promise<LeasePicture> {
    const asked = elapsed();
    const now = await store.renewLeases(worker, options.times.duration);
    const still = new Set(now.held.map(({ unit }) => unit));
    for (const unit of leases.keys()) if (!still.has(unit)) leases.delete(unit);
    for (const lease of now.held) keep(lease, asked + options.times.duration);
    renewAt = asked + options.times.renewEvery;
    picture = now;
    missed.clear();
    return now;
  }

  async function take(units: readonly string[]): Promise<void> {
    if (units.length === 0) return;
    const asked = elapsed();
    const taken = await store.acquireLeases(worker, units, options.times.duration);
    for (const lease of taken) keep(lease, asked + options.times.duration);
    for (const unit of units) if (!taken.some((lease) => lease.unit === unit)) missed.add(unit);
    if (fresh.length > 0) options.taken();
  }

  function giveBack(unit: string): void {
    const fence = fenceOf(unit);
    if (fence === null) return;
    const left = options
      .leave(unit)
      .then(() => store.releaseLeases(worker, [{ unit, fence }]))
      .then(() => {
        leases.delete(unit);
      })
      .catch(options.failed)
      .finally(() => leaving.delete(unit));
    leaving.set(unit, left);
  }

  function fenceOf(unit: string): number | null {
    const lease = leases.get(unit);
    return lease === undefined || leaving.has(unit) || elapsed() >= lease.until ? null : lease.fence;
  }

  const held = () =>
    [...leases.keys()].flatMap((unit) => {
      const fence = fenceOf(unit);
      return fence === null ? [] : [{ unit, fence }];
    });

  return {
    fenceOf,
    held,
    newlyHeld() {
      const news = fresh.filter(({ unit, fence }) => fenceOf(unit) === fence);
      fresh = [];
      return news;
    },
    want(unit) {
      const owner = picture?.units.find((known) => known.unit === unit)?.owner ?? null;
      if (owner !== null && owner !== worker) return;
      if (wanted.has(unit) || missed.has(unit) || leaving.has(unit)) return;
      wanted.add(unit);
      options.nudge();
    },
    lost({ unit, fence }) {
      if (leases.get(unit)?.fence === fence) leases.delete(unit);
      // How things stand is asked at once, and what is held is taken from there.
      renewAt = 0;
      options.nudge();
    },
    async step() {
      if (elapsed() >= renewAt) {
        const units = await options.units();
        const plan = planLeases(worker, await renew(), units);
        for (const unit of plan.giveBack) if (!leaving.has(unit)) giveBack(unit);
        await take(plan.take);
      }
      const asked = [...wanted].filter((unit) => fenceOf(unit) === null && !leaving.has(unit));
      wanted.clear();
      await take(asked);
      return { more: false, restFor: Math.max(0, renewAt - elapsed()) };
    },
    picture: () => picture,
    async close() {
      await Promise.all(leaving.values());
      leases.clear();
      await store.retireWorker(worker);
    },
  };
}
