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
  readLanes(): Promise<Lane[]>;
  /** The lanes with work at this moment; `silentSince` is when an unknown outcome becomes overdue. */
  readWork(now: number, silentSince: number): Promise<LaneWork[]>;
};

/** The steps of a lane, each true when there may be more. */
export type LaneSteps = {
  adopt(lane: Lane): Promise<void>;
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
 * The owner's turn: for every lane with work, fold, settle, obey, send and end, one after another, so that no two
 * changes of one lane's state ever cross. A lane that fails does not hold up the others.
 *
 * @returns the step of a loop; it reports `more` until a turn finds nothing to do
 */
export function createOwnLanes(
  store: WorkStore,
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
  let adopted = false;
  return async () => {
    if (!adopted) {
      for (const lane of await store.readLanes()) await steps.adopt(lane);
      adopted = true;
    }
    const began = performance.now();
    const now = clock.now();
    let changed = false;
    const failures: unknown[] = [];
    for (const work of await store.readWork(now, now - options.unknownPatience())) {
      const fence: Fence = { lane: work.lane, number: 0 };
      try {
        if (work.fold) changed = (await steps.fold(fence)) || changed;
        if (work.refold) changed = (await steps.refold(fence)) || changed;
        if (work.settle) changed = (await steps.settle(fence)) || changed;
        if (work.obey) changed = (await steps.obey(fence)) || changed;
        if (work.send && !options.sendingStopped()) changed = (await steps.send(fence)) || changed;
        if (work.overdue) changed = (await steps.endOverdue(fence)) || changed;
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
    if (!changed) return { more: false, restFor: REST };
    return { more: true, pause: options.webhooksWait() ? PAUSE * (performance.now() - began) : 0 };
  };
}
