import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Store } from '../adapters/store/store.ts';
import type { Config } from '../config/config.ts';
import type { Lane } from '../domain/lane.ts';
import type { EndpointOwnership } from '../flows/forwarding/follow-endpoints.ts';
import { endpointUnit } from '../flows/forwarding/forwarding-store.ts';
import type { Fence } from '../flows/lane-state.ts';
import { type LaneOwnership, ownEveryLane } from '../flows/own-lanes.ts';
import { holdLeases, type LeaseTimes } from '../runtime/hold-leases.ts';
import { LeaseLost, type LeaseStore } from '../runtime/lease.ts';
import { type Loop, startLoop } from '../runtime/loop.ts';

/** Which work is this process's: all of it, its share, or none. */
export type WorkShare = {
  ownership: LaneOwnership;
  endpoints: EndpointOwnership;
  /** Whether it is this process that does what must be done once in the whole installation. */
  isWatcher(): boolean;
  /** How many lanes are in its hands; null when there is no sharing. */
  lanesHeld(): number | null;
  /** Whether its share can be relied on, with a sentence. */
  health(): { ok: boolean; detail: string };
  /** Begins to take its share. `leaveLane` and `leaveEndpoint` end what is in flight there; `taken` is told of new ones. */
  start(parts: {
    leaveLane(lane: Lane): Promise<void>;
    leaveEndpoint(id: string): Promise<void>;
    taken(): void;
  }): void;
  /** Resolves once everything that is free was looked at. */
  drain(): Promise<void>;
  /** Takes nothing more, and gives everything back. */
  close(): Promise<void>;
};

/** The unit whose holder does what must be done once: alarms are looked for and told there. */
const WATCH = 'watch';

function isLane(unit: string): boolean {
  return unit !== WATCH && !unit.startsWith('endpoint/');
}

/** Which work is this process's: a share where others may be, else all of it; none without the role. */
export function shareOf(
  { roles }: Pick<Config, 'roles'>,
  store: Pick<Store, 'leases' | 'readLanes' | 'readEndpoints'>,
  times: LeaseTimes,
  failed: (failure: unknown) => void,
): WorkShare {
  const { leases } = store;
  if (leases === null) return allWork(store);
  return roles.work ? sharedWork({ store, leases, times, failed }) : noWork();
}

/** The share of the only process there is. */
function allWork(store: { readLanes(): Promise<Lane[]> }): WorkShare {
  return {
    ...nothingToShare,
    ownership: ownEveryLane(store),
    endpoints: { fenceOf: () => 0, wasLost: () => false },
    isWatcher: () => true,
    health: () => ({ ok: true, detail: 'All work is done by this process.' }),
  };
}

/** The share of a process that leaves all work to others. */
function noWork(): WorkShare {
  return {
    ...nothingToShare,
    ownership: { mayOwn: false, newlyOwned: async () => [], fenceOf: () => null, wasLost: () => false },
    endpoints: { fenceOf: () => null, wasLost: () => false },
    isWatcher: () => false,
    lanesHeld: () => 0,
    health: () => ({ ok: true, detail: 'Other processes do the work; this one receives and answers.' }),
  };
}

/**
 * The share of a worker among others: it holds leases on lanes, and perhaps the one on watching.
 *
 * @param options.failed told of every turn that failed
 */
function sharedWork(options: {
  store: { readLanes(): Promise<Lane[]>; readEndpoints(): Promise<readonly { id: string }[]> };
  leases: LeaseStore;
  times: LeaseTimes;
  failed(failure: unknown): void;
}): WorkShare {
  const { store } = options;
  const worker = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  const lanes = new Map<string, Lane>();
  /** By their units, the ids of endpoints. */
  let endpoints = new Map<string, string>();
  let parts: Parameters<WorkShare['start']>[0] | null = null;
  let loop: Loop | null = null;
  let renewedAt: number | null = null;

  const leases = holdLeases({
    store: options.leases,
    times: options.times,
    worker,
    async units() {
      for (const lane of await store.readLanes()) lanes.set(lane, lane);
      endpoints = new Map((await store.readEndpoints()).map(({ id }) => [endpointUnit(id), id]));
      return [WATCH, ...lanes.keys(), ...endpoints.keys()];
    },
    async leave(unit) {
      const lane = lanes.get(unit);
      if (lane !== undefined) await parts?.leaveLane(lane);
      const endpoint = endpoints.get(unit);
      if (endpoint !== undefined) await parts?.leaveEndpoint(endpoint);
    },
    taken: () => parts?.taken(),
    failed: options.failed,
    nudge: () => loop?.nudge(),
  });

  function fenceOf(lane: Lane): Fence | null {
    const number = leases.fenceOf(lane);
    if (number !== null) return { lane, number };
    lanes.set(lane, lane);
    leases.want(lane);
    return null;
  }

  const lanesHeld = () => leases.held().filter(({ unit }) => isLane(unit)).length;

  return {
    ownership: {
      mayOwn: true,
      async newlyOwned() {
        return leases.newlyHeld().flatMap(({ unit, fence }) => {
          const lane = lanes.get(unit);
          return lane === undefined ? [] : [{ lane, number: fence }];
        });
      },
      fenceOf,
      wasLost({ lane, number }, failure) {
        if (!(failure instanceof LeaseLost)) return false;
        leases.lost({ unit: lane, fence: number });
        return true;
      },
    },
    endpoints: {
      fenceOf(id) {
        const number = leases.fenceOf(endpointUnit(id));
        if (number !== null) return number;
        endpoints.set(endpointUnit(id), id);
        leases.want(endpointUnit(id));
        return null;
      },
      wasLost({ endpoint, number }, failure) {
        if (!(failure instanceof LeaseLost)) return false;
        leases.lost({ unit: endpointUnit(endpoint), fence: number });
        return true;
      },
    },
    isWatcher: () => leases.fenceOf(WATCH) !== null,
    lanesHeld,
    health() {
      const picture = leases.picture();
      if (picture === null || renewedAt === null || performance.now() - renewedAt > options.times.duration) {
        return { ok: false, detail: 'Leases cannot be renewed, so other processes take over the work.' };
      }
      const { units, workers } = picture;
      const all = units.filter(({ unit }) => isLane(unit)).length;
      return {
        ok: true,
        detail: `Works on ${lanesHeld()} of ${all} lanes, among ${workers.length} workers.`,
      };
    },
    start(given) {
      parts = given;
      loop = startLoop(async () => {
        const result = await leases.step();
        renewedAt = performance.now();
        return result;
      }, options.failed);
    },
    drain: async () => loop?.drain(),
    async close() {
      await loop?.stop();
      await leases.close();
    },
  };
}

const nothingToShare = {
  lanesHeld: () => null,
  start() {},
  drain: async () => {},
  close: async () => {},
};
