import type { LeasePicture } from './lease.ts';

/** What a worker should do for every worker to hold its share. */
export type LeasePlan = { take: string[]; giveBack: string[] };

/**
 * Plans what a worker takes and gives back, so that no worker holds two units more than another. Every worker
 * plans alike from the same picture, and where the shares are even nobody moves anything: what is held stays where
 * it is.
 *
 * @param all every unit that there is, held or not
 */
export function planLeases(worker: string, picture: LeasePicture, all: readonly string[]): LeasePlan {
  const owners = new Map(picture.units.map(({ unit, owner }) => [unit, owner]));
  const units = [...new Set(all)].sort();
  const held = units.filter((unit) => owners.get(unit) === worker);
  const free = units.filter((unit) => (owners.get(unit) ?? null) === null);
  const share = shareOf(worker, picture.workers, units, owners);
  if (held.length > share) return { take: [], giveBack: held.slice(share) };
  // Where several would take the same, each begins elsewhere, so that they seldom meet.
  const begin = free.length === 0 ? 0 : positionOf(worker, picture.workers) % free.length;
  const wanted = [...free.slice(begin), ...free.slice(0, begin)];
  return { take: wanted.slice(0, share - held.length), giveBack: [] };
}

/** How many units a worker should hold. Of an uneven rest those get one more who hold most already. */
function shareOf(
  worker: string,
  workers: readonly string[],
  units: readonly string[],
  owners: ReadonlyMap<string, string | null>,
): number {
  const counts = new Map([...workers, worker].map((name) => [name, 0]));
  for (const unit of units) {
    const owner = owners.get(unit) ?? null;
    const count = owner === null ? undefined : counts.get(owner);
    if (owner !== null && count !== undefined) counts.set(owner, count + 1);
  }
  const ranked = [...counts].sort(
    ([one, oneHolds], [other, otherHolds]) => otherHolds - oneHolds || (one < other ? -1 : 1),
  );
  const rank = ranked.findIndex(([name]) => name === worker);
  const even = Math.floor(units.length / ranked.length);
  return even + (rank < units.length % ranked.length ? 1 : 0);
}

function positionOf(worker: string, workers: readonly string[]): number {
  return Math.max(0, [...workers].sort().indexOf(worker));
}
