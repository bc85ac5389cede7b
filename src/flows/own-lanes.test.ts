import { describe, expect, it } from 'vitest';
import { type Lane, phoneLane } from '../domain/lane.ts';
import type { Fence } from './lane-state.ts';
import { createOwnLanes, type LaneWork, ownEveryLane } from './own-lanes.ts';

const [one, other] = [phoneLane('1'), phoneLane('2')];

class Refused extends Error {}

function workIn(lane: Lane, steps: Partial<LaneWork>): LaneWork {
  return {
    lane,
    fold: false,
    refold: false,
    settle: false,
    obey: false,
    send: false,
    overdue: false,
    ...steps,
  };
}

/** An owner of lanes, with what it did. `fails` says what happens in a step of a lane. */
function owner(work: LaneWork[], fences: Map<Lane, number>) {
  const done: string[] = [];
  const fails = new Map<string, Error>();
  let fresh: Fence[] = [...fences].map(([lane, number]) => ({ lane, number }));
  const step = (name: string) => async (fence: Fence) => {
    const what = `${name} ${fence.lane} ${fence.number}`;
    const failure = fails.get(`${name} ${fence.lane}`);
    if (failure !== undefined) throw failure;
    done.push(what);
    return true;
  };
  const turn = createOwnLanes(
    { readWork: async () => work },
    {
      mayOwn: true,
      async newlyOwned() {
        const news = fresh;
        fresh = [];
        return news;
      },
      fenceOf(lane) {
        const number = fences.get(lane);
        return number === undefined ? null : { lane, number };
      },
      wasLost(fence, failure) {
        if (!(failure instanceof Refused)) return false;
        fences.delete(fence.lane);
        return true;
      },
    },
    {
      adopt: async (fence) => {
        await step('adopt')(fence);
      },
      fold: step('fold'),
      refold: step('refold'),
      settle: step('settle'),
      obey: step('obey'),
      send: step('send'),
      endOverdue: step('end'),
    },
    { now: () => 0 },
    { unknownPatience: () => 0, sendingStopped: () => false, webhooksWait: () => false },
  );
  return { turn, done, fails, gain: (fence: Fence) => fresh.push(fence) };
}

describe('the owner of lanes', () => {
  it('adopts what has come into its hands before anything else, and works on nothing of others', async () => {
    const { turn, done } = owner(
      [workIn(one, { fold: true, send: true }), workIn(other, { fold: true })],
      new Map([[one, 7]]),
    );
    await turn();
    expect(done).toEqual(['adopt phone:1 7', 'fold phone:1 7', 'send phone:1 7']);
  });

  it('does nothing in a lane that it could not adopt, and tries that again', async () => {
    const { turn, done, fails } = owner([workIn(one, { send: true })], new Map([[one, 7]]));
    fails.set('adopt phone:1', new Error('The store is busy.'));
    await expect(turn()).rejects.toThrow('busy');
    expect(done).toEqual([]);
    fails.clear();
    await turn();
    expect(done).toEqual(['adopt phone:1 7', 'send phone:1 7']);
  });

  it('leaves a lane at once when its fence is refused, and goes on with the others', async () => {
    const { turn, done, fails } = owner(
      [workIn(one, { fold: true, settle: true, send: true }), workIn(other, { fold: true })],
      new Map([
        [one, 7],
        [other, 3],
      ]),
    );
    fails.set('settle phone:1', new Refused());
    await turn();
    expect(done).toEqual(['adopt phone:1 7', 'adopt phone:2 3', 'fold phone:1 7', 'fold phone:2 3']);
  });

  it('adopts a lane anew that it lost and has again', async () => {
    const fences = new Map([[one, 7]]);
    const { turn, done, gain } = owner([workIn(one, { send: true })], fences);
    await turn();
    fences.set(one, 9);
    gain({ lane: one, number: 9 });
    await turn();
    expect(done.slice(2)).toEqual(['adopt phone:1 9', 'send phone:1 9']);
  });

  it('does not hold up other lanes when one fails', async () => {
    const { turn, done, fails } = owner(
      [workIn(one, { fold: true }), workIn(other, { fold: true })],
      new Map([
        [one, 0],
        [other, 0],
      ]),
    );
    fails.set('fold phone:1', new Error('A strange event.'));
    await expect(turn()).rejects.toThrow('strange');
    expect(done).toContain('fold phone:2 0');
  });

  it('owns every lane where it is alone, those that come later too', async () => {
    const ownership = ownEveryLane({ readLanes: async () => [one] });
    expect(await ownership.newlyOwned()).toEqual([{ lane: one, number: 0 }]);
    expect(await ownership.newlyOwned()).toEqual([]);
    expect(ownership.fenceOf(other)).toEqual({ lane: other, number: 0 });
  });
});
