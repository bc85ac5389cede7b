import { type Loop, startLoop } from '../runtime/loop.ts';

/** What a process does to hear of what others have changed. */
export type FollowOthers = Pick<Loop, 'nudge' | 'drain' | 'stop'>;

/** How often settings and business phones are read again, in milliseconds: a change elsewhere is in force after it. */
const RELOAD_EVERY = 1_000;

/** How often it looks whether the feed grew, in milliseconds, when no hint comes. */
const LOOK_EVERY = 250;

/**
 * Starts to follow what other processes on the same database change: the feed, and what is kept at hand of the
 * configuration. A nudge makes it look at the feed at once.
 *
 * @param options.feedGrew events were committed since the last look, here or elsewhere
 * @param options.failed told of every look that failed; what is kept at hand stays in force
 */
export function followOthers(options: {
  lastPosition(): Promise<number>;
  feedGrew(): void;
  reload: readonly (() => Promise<void>)[];
  failed(failure: unknown): void;
}): FollowOthers {
  let seen: number | null = null;
  let reloadAt = 0;
  return startLoop(async () => {
    const position = await options.lastPosition();
    if (seen !== null && position > seen) options.feedGrew();
    seen = position;
    if (performance.now() >= reloadAt) {
      await Promise.all(options.reload.map((reload) => reload()));
      reloadAt = performance.now() + RELOAD_EVERY;
    }
    return { more: false, restFor: LOOK_EVERY };
  }, options.failed);
}
