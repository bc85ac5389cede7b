import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { EventBody, EventPageBody } from '../../client/generated.ts';
import { ask, type Problem } from '../ask.ts';
import { language } from '../language.ts';
import { onEvent } from '../live.ts';

/** Events beyond this many are let go from the end of the list; they can be asked for again. */
const MOST = 500;
const PAGE = 50;

type Feed = {
  events: readonly EventBody[];
  /** Came while the list stood still. */
  waiting: readonly EventBody[];
  next: string | null;
  problem: Problem | null;
};

/** The end of the feed and what comes, the newest first. Paused, it stands still and counts what waits. */
export function useFeed(
  kind: string,
  paused: boolean,
): { feed: Feed | null; older: () => void; again: () => void } {
  const feed = useSignal<Feed | null>(null);
  const spoken = language.value;

  async function read(after: string | null, signal?: AbortSignal): Promise<void> {
    const query = new URLSearchParams({
      order: 'newest',
      limit: String(PAGE),
      language: spoken,
      ...(kind === '' ? {} : { kind }),
      ...(after === null ? {} : { after }),
    });
    const answer = await ask<EventPageBody>(`/v1/events?${query}`, signal === undefined ? {} : { signal });
    if (signal?.aborted === true) return;
    const before = feed.value ?? { events: [], waiting: [], next: null, problem: null };
    feed.value = answer.ok
      ? {
          ...before,
          events: merged(before.events, answer.body.data),
          next: answer.body.next,
          problem: null,
        }
      : { ...before, problem: answer.problem };
  }

  useEffect(() => {
    const left = new AbortController();
    feed.value = null;
    void read(null, left.signal);
    return () => left.abort();
  }, [kind, spoken]);

  useEffect(() => {
    if (!paused && feed.value !== null && feed.value.waiting.length > 0) {
      feed.value = { ...feed.value, events: merged(feed.value.events, feed.value.waiting), waiting: [] };
    }
    return onEvent((event) => {
      const now = feed.value;
      if (now === null || (kind !== '' && event.kind !== kind)) return;
      feed.value = paused
        ? { ...now, waiting: [event, ...now.waiting].slice(0, MOST) }
        : { ...now, events: merged(now.events, [event]).slice(0, MOST) };
    });
  }, [kind, paused]);

  return {
    feed: feed.value,
    older: () => {
      if (feed.value?.next != null) void read(feed.value.next);
    },
    again: () => void read(null),
  };
}

/** Each event once, the newest first: ids grow with the feed. */
function merged(some: readonly EventBody[], others: readonly EventBody[]): EventBody[] {
  const byId = new Map([...some, ...others].map((event) => [event.id, event]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
}
