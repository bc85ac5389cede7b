import type { Lane } from '../domain/lane.ts';
import type { Fence } from './lane-state.ts';

/** Which lanes have something to do, and what. */
export type LaneWork = {
  lane: Lane;
  fold: boolean;
  refold: boolean;
  settle: boolean;
  obey: boolean;
  send: boolean;
  overdue: boolean;
};

/** What owning lanes asks of the store. */
export type WorkStore = {
  /** The lanes with work at this moment; `silentSince` is when an unknown outcome becomes overdue. */
  readWork(now: number, silentSince: number): Promise<LaneWork[]>;
};

/** Which lanes are this process's to work on. */
export type LaneOwnership = {
  /** False when no lane can ever come into its hands: then there is nothing to look for. */
  mayOwn: boolean;
  /** Lanes that have come into its hands since the last call; the first thing is to adopt them. */
  newlyOwned(): Promise<Fence[]>;
  /**
   * The proof that a lane with work is in its hands at this moment; null when it is not. Asked before each step,
   * because it may be lost at any time. A lane that is nobody's may come into its hands by being asked for.
   */
  fenceOf(lane: Lane): Fence | null;
  /** Whether a failure means that the store has refused the fence; then the lane is in these hands no more. */
  wasLost(fence: Fence, failure: unknown): boolean;
};

/** The steps of a lane, each true when there may be more. */
export type LaneSteps = {
  adopt(fence: Fence): Promise<void>;
  fold(fence: Fence): Promise<boolean>;
  refold(fence: Fence): Promise<boolean>;
  settle(fence: Fence): Promise<boolean>;
  obey(fence: Fence): Promise<boolean>;
  send(fence: Fence): Promise<boolean>;
  endOverdue(fence: Fence): Promise<boolean>;
};

/**
 * How long the owner pauses after a turn while webhooks wait to be kept, in turns: Meta's question is answered
 * before anything else, and what is kept can be folded later. So at least a third of the time is the owner's.
 */
const PAUSE = 2;

/** How long the owner rests when nobody nudges it, in milliseconds. */
const REST = 250;

/**
 * The owner's turn: for every lane in its hands that has work, fold, settle, obey, send and end, one after another,
 * so that no two changes of one lane's state ever cross. A lane that fails does not hold up the others; one that is
 * lost is left at once.
 *
 * @returns the step of a loop; it reports `more` until a turn finds nothing to do
 */
export function createOwnLanes(
  store: WorkStore,
  ownership: LaneOwnership,
  steps: LaneSteps,
  clock: { now(): number },
  options: {
    /** How long an outcome may stay unknown at this moment, in milliseconds. */
    unknownPatience(): number;
    /** Whether somebody has stopped all sending. */
    sendingStopped(): boolean;
    /** Whether webhooks wait to be kept. */
    webhooksWait(): boolean;
  },
): () => Promise<{ more: true; pause: number } | { more: false; restFor: number }> {
  /** Lanes that are owned, but that nobody has adopted yet: nothing else may happen in them. */
  const toAdopt = new Map<Lane, Fence>();

  /** Runs work on a lane; false when the lane was lost. */
  async function inHands(fence: Fence, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (failure) {
      if (!ownership.wasLost(fence, failure)) throw failure;
      return false;
    }
  }

  /** Whether a step changed anything; every step asks anew whether the lane is still in these hands. */
  async function work(found: LaneWork): Promise<boolean> {
    const { lane } = found;
    const chosen: (keyof Omit<LaneSteps, 'adopt'>)[] = [];
    if (found.fold) chosen.push('fold');
    if (found.refold) chosen.push('refold');
    if (found.settle) chosen.push('settle');
    if (found.obey) chosen.push('obey');
    if (found.send && !options.sendingStopped()) chosen.push('send');
    if (found.overdue) chosen.push('endOverdue');
    let changed = false;
    for (const step of chosen) {
      const fence = ownership.fenceOf(lane);
      if (fence === null || toAdopt.has(lane)) return changed;
      const kept = await inHands(fence, async () => {
        changed = (await steps[step](fence)) || changed;
      });
      if (!kept) return changed;
    }
    return changed;
  }

  return async () => {
    const failures: unknown[] = [];
    async function attempt(what: () => Promise<void>): Promise<void> {
      try {
        await what();
      } catch (failure) {
        failures.push(failure);
      }
    }

    if (!ownership.mayOwn) return { more: false, restFor: REST };
    for (const fence of await ownership.newlyOwned()) toAdopt.set(fence.lane, fence);
    for (const [lane, fence] of toAdopt) {
      await attempt(async () => {
        await inHands(fence, () => steps.adopt(fence));
        toAdopt.delete(lane);
      });
    }
    const began = performance.now();
    const now = clock.now();
    let changed = false;
    for (const found of await store.readWork(now, now - options.unknownPatience())) {
      await attempt(async () => {
        changed = (await work(found)) || changed;
      });
    }
    if (failures.length > 0) throw failures[0];
    if (!changed) return { more: false, restFor: REST };
    return { more: true, pause: options.webhooksWait() ? PAUSE * (performance.now() - began) : 0 };
  };
}

/** The ownership of the only process there is: every lane is its own, for as long as it lives. */
export function ownEveryLane(store: { readLanes(): Promise<Lane[]> }): LaneOwnership {
  let begun = false;
  return {
    mayOwn: true,
    async newlyOwned() {
      if (begun) return [];
      const lanes = await store.readLanes();
      begun = true;
      return lanes.map((lane) => ({ lane, number: 0 }));
    },
    fenceOf: (lane) => ({ lane, number: 0 }),
    wasLost: () => false,
  };
}
