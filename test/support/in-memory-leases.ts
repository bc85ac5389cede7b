import type { Lease, LeaseStore } from '../../src/runtime/lease.ts';

/** Leases in memory, by the rules of the store, and what every change of them was. */
export function inMemoryLeases(now: () => number) {
  const rows = new Map<string, { owner: string | null; fence: number; until: number }>();
  const workers = new Map<string, number>();
  const takeovers: { worker: string; unit: string; fence: number }[] = [];
  let reachable = true;

  const ownerOf = (unit: string): string | null => {
    const row = rows.get(unit);
    return row !== undefined && row.until > now() ? row.owner : null;
  };

  async function reach(): Promise<void> {
    if (!reachable) throw new Error('The store cannot be reached.');
  }

  const store: LeaseStore = {
    async renewLeases(worker, duration) {
      await reach();
      workers.set(worker, now() + duration);
      const held: Lease[] = [];
      for (const [unit, row] of rows) {
        if (ownerOf(unit) !== worker) continue;
        row.until = now() + duration;
        held.push({ unit, fence: row.fence });
      }
      return {
        held,
        workers: [...workers].filter(([, until]) => until > now()).map(([name]) => name),
        units: [...rows.keys()].map((unit) => ({ unit, owner: ownerOf(unit) })),
      };
    },
    async acquireLeases(worker, units, duration) {
      await reach();
      return units.flatMap((unit) => {
        if (ownerOf(unit) !== null) return [];
        const fence = (rows.get(unit)?.fence ?? 0) + 1;
        rows.set(unit, { owner: worker, fence, until: now() + duration });
        takeovers.push({ worker, unit, fence });
        return [{ unit, fence }];
      });
    },
    async releaseLeases(worker, leases) {
      await reach();
      for (const { unit, fence } of leases) {
        const row = rows.get(unit);
        if (row?.owner === worker && row.fence === fence) row.owner = null;
      }
    },
    async retireWorker(worker) {
      await reach();
      for (const row of rows.values()) if (row.owner === worker) row.owner = null;
      workers.delete(worker);
    },
  };

  return {
    store,
    ownerOf,
    takeovers,
    /** Whether a change under this fence would be taken. */
    admits: (worker: string, { unit, fence }: Lease) =>
      ownerOf(unit) === worker && rows.get(unit)?.fence === fence,
    reach(possible: boolean) {
      reachable = possible;
    },
  };
}
