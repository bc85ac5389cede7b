import type { ReadyEndpoint } from './compose-delivery.ts';
import type { Follower, FollowerOptions } from './follow-endpoint.ts';
import { createFollower } from './follow-endpoint.ts';
import type { EndpointFence, FollowStore } from './forwarding-store.ts';

/** Which endpoints are this process's to work on. */
export type EndpointOwnership = {
  /** The number under which it is in these hands at this moment; null when it is not. */
  fenceOf(endpoint: string): number | null;
  /** Whether a failure means that the store has refused the fence; then it is in these hands no more. */
  wasLost(fence: EndpointFence, failure: unknown): boolean;
};

/** All followers of this process. */
export type Followers = {
  /** One turn: the step of a loop. */
  step(): Promise<{ more: true } | { more: false; restFor: number }>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  /** Whether something that became of a delivery is not written down yet. */
  unwritten(): boolean;
  /** Ends the work on an endpoint, or on all. */
  leave(endpoint: string): Promise<void>;
  leaveAll(): Promise<void>;
};

/** How long to rest when nobody nudges, in milliseconds. */
const REST = 250;

/**
 * Works every active endpoint that is in these hands, each by a follower of its own, so that one that is slow or down
 * holds up no other.
 */
export function createFollowers(
  options: Omit<FollowerOptions, 'fence' | 'endpoint' | 'state'> & {
    store: FollowStore;
    ownership: EndpointOwnership;
    /** The endpoints as they are configured at this moment. */
    endpoints(): readonly ReadyEndpoint[];
    /** An endpoint was disabled: what is configured has changed. */
    disabled(): Promise<void>;
  },
): Followers {
  const { store, ownership } = options;
  const followers = new Map<string, { follower: Follower; fence: EndpointFence }>();
  const leaving = new Map<string, Promise<void>>();
  let waiters: (() => void)[] = [];

  function leave(id: string): Promise<void> {
    const known = followers.get(id);
    if (known !== undefined) {
      followers.delete(id);
      const left = known.follower.stop().finally(() => leaving.delete(id));
      leaving.set(id, left);
    }
    return leaving.get(id) ?? Promise.resolve();
  }

  const inFlight = () => [...followers.values()].reduce((sum, { follower }) => sum + follower.inFlight(), 0);

  async function followerOf(endpoint: ReadyEndpoint): Promise<Follower | null> {
    const number = ownership.fenceOf(endpoint.id);
    const known = followers.get(endpoint.id);
    if (known !== undefined && known.fence.number === number) return known.follower;
    void leave(endpoint.id);
    if (number === null || leaving.has(endpoint.id)) return null;
    const fence = { endpoint: endpoint.id, number };
    const follower = createFollower({
      ...options,
      fence,
      endpoint: () => options.endpoints().find(({ id }) => id === endpoint.id) ?? null,
      state: await store.readForwardingState(endpoint.id),
      happened() {
        options.happened();
        if (inFlight() > 0) return;
        for (const waiter of waiters) waiter();
        waiters = [];
      },
    });
    followers.set(endpoint.id, { follower, fence });
    return follower;
  }

  return {
    async step() {
      const active = options.endpoints().filter(({ state }) => state === 'active');
      for (const id of followers.keys()) if (!active.some((endpoint) => endpoint.id === id)) void leave(id);
      if (active.length === 0) return { more: false, restFor: REST };
      const { lanes, due } = await store.readForwardingWork(options.clock.now());
      const failures: unknown[] = [];
      let more = false;
      await Promise.all(
        active.map(async (endpoint) => {
          try {
            const follower = await followerOf(endpoint);
            if (follower === null) return;
            more = (await follower.turn({ lanes, due: due.includes(endpoint.id) })) || more;
            if (follower.isDisabled() && !follower.unwritten()) {
              await leave(endpoint.id);
              await options.disabled();
            }
          } catch (failure) {
            const fence = followers.get(endpoint.id)?.fence;
            // What it remembers cannot be relied on any more: the next one begins from what is kept.
            void leave(endpoint.id);
            if (fence === undefined || !ownership.wasLost(fence, failure)) failures.push(failure);
          }
        }),
      );
      if (failures.length > 0) throw failures[0];
      return more ? { more: true } : { more: false, restFor: REST };
    },
    async idle() {
      await Promise.all(leaving.values());
      if (inFlight() === 0) return;
      await new Promise<void>((resolve) => waiters.push(resolve));
    },
    unwritten: () => [...followers.values()].some(({ follower }) => follower.unwritten()),
    leave,
    async leaveAll() {
      for (const id of followers.keys()) void leave(id);
      await Promise.all(leaving.values());
    },
  };
}
