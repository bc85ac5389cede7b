import type { ParsedEvent } from '../../whatsapp/parse-webhook.ts';
import {
  type PlaceAgain,
  type RereadCounts,
  type RereadScope,
  type RereadStore,
  rereadWebhooks,
} from './reread.ts';

/** A re-reading, as far as it has come. Times in milliseconds. */
export type RereadRun = RereadScope &
  RereadCounts & {
    /** `stopped`: the gateway was stopped before its end. */
    state: 'running' | 'done' | 'failed' | 'stopped';
    dryRun: boolean;
    /** Webhooks in the scope when it began. */
    total: number;
    startedAt: number;
    finishedAt: number | null;
  };

/** What became of the wish to start one. */
export type RereadStart =
  | { outcome: 'started'; run: RereadRun }
  /** One runs already. */
  | { outcome: 'busy' }
  /** There is no such webhook. */
  | { outcome: 'unknown-webhook' };

/** The re-readings of a gateway: one at a time, in the background. */
export type RereadRuns = {
  start(scope: RereadScope & { dryRun: boolean }): Promise<RereadStart>;
  /** The one that runs or ran last; null when there was none since the start. */
  latest(): RereadRun | null;
  /** Resolves once none runs. */
  idle(): Promise<void>;
  /** Ends the one that runs after its present batch. */
  stop(): Promise<void>;
};

/**
 * Re-readings over a store.
 *
 * @param options.keptSince what was received before this time, in milliseconds, is on its way out and not read again
 * @param options.changed told after every batch that wrote something
 * @param options.failed told why one ended early
 */
export function createRereadRuns(options: {
  store: RereadStore;
  parse(body: Uint8Array): ParsedEvent[];
  place: PlaceAgain;
  clock: { now(): number };
  keptSince(): number;
  isDataError(failure: unknown): boolean;
  changed(): void;
  failed(failure: unknown): void;
}): RereadRuns {
  const { store, clock, changed, failed } = options;
  const ended = new AbortController();
  let latest: RereadRun | null = null;
  let running: Promise<void> = Promise.resolve();
  let starting = false;

  const scopeOf = ({ since, webhookId }: RereadScope): RereadScope => {
    const from = Math.max(since ?? 0, options.keptSince());
    return { since: from === 0 ? null : from, webhookId };
  };

  async function run(first: RereadRun, last: number): Promise<void> {
    let now = first;
    let state: RereadRun['state'] = 'done';
    const { dryRun } = first;
    try {
      await rereadWebhooks({ ...scopeOf(first), last }, store, {
        ...options,
        dryRun,
        signal: ended.signal,
        progress(counts) {
          const wrote = counts.upgraded + counts.found > now.upgraded + now.found;
          now = { ...now, ...counts };
          latest = now;
          if (wrote && !dryRun) changed();
        },
      });
      if (ended.signal.aborted) state = 'stopped';
    } catch (failure) {
      state = 'failed';
      failed(failure);
    }
    latest = { ...now, state, finishedAt: clock.now() };
  }

  return {
    async start({ since, webhookId, dryRun }) {
      if (starting || latest?.state === 'running' || ended.signal.aborted) return { outcome: 'busy' };
      starting = true;
      try {
        const { count, last } = await store.countWebhooks(scopeOf({ since, webhookId }));
        if (webhookId !== null && count === 0) return { outcome: 'unknown-webhook' };
        const first: RereadRun = {
          since,
          webhookId,
          dryRun,
          state: 'running',
          total: count,
          webhooks: 0,
          upgraded: 0,
          found: 0,
          skipped: 0,
          kinds: {},
          startedAt: clock.now(),
          finishedAt: null,
        };
        latest = first;
        running = run(first, last);
        return { outcome: 'started', run: first };
      } finally {
        starting = false;
      }
    },
    latest: () => latest,
    idle: () => running,
    async stop() {
      ended.abort();
      await running;
    },
  };
}
