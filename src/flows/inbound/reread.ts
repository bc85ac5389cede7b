import type { EventKind } from '../../domain/event.ts';
import type { ParsedEvent } from '../../whatsapp/parse-webhook.ts';
import type { IncomingEvent } from './receive-webhook.ts';

/** Which stored webhooks to read again; null for no bound. */
export type RereadScope = {
  /** Received at or after this, in milliseconds. */
  since: number | null;
  webhookId: number | null;
};

/** A stored webhook. */
export type StoredWebhook = {
  id: number;
  receivedAt: number;
  /** Which app secret signed it. */
  secretFingerprint: string;
  body: Uint8Array;
  /** A person was erased from it: what stands in the place of their elements is no event. */
  redacted: boolean;
};

/** A stored webhook as it is read today. */
export type Reading = { webhookId: number; receivedAt: number; events: ReadAgain[] };

/** One element as it is read today. */
export type ReadAgain = IncomingEvent & {
  /** It is a message that names whoever wrote it. */
  namesSender: boolean;
};

/** An event that is better understood today. */
export type Understood = {
  /** Hex. */
  key: string;
  kind: EventKind;
  /** The kind it was kept as; null when it was not in the feed. */
  was: EventKind | null;
};

/** Gives an element of a stored webhook its place in the feed, as far as the secret that signed it vouches. */
export type PlaceAgain = (event: ParsedEvent, secretFingerprint: string) => IncomingEvent;

/** What re-reading asks of the store. */
export type RereadStore = {
  /** How many webhooks there are to read, and the id of the newest. */
  countWebhooks(scope: RereadScope): Promise<{ count: number; last: number }>;
  /** The next ones behind an id, ascending; few enough to be held and written in one go. */
  readWebhooks(scope: RereadScope, after: number): Promise<StoredWebhook[]>;
  /** What would be better understood; writes nothing. */
  compareReadings(readings: Reading[]): Promise<Understood[]>;
  /** Upgrades in place and appends what was found, in one transaction. `now` in milliseconds. */
  applyReadings(readings: Reading[], now: number): Promise<Understood[]>;
};

/** What a re-reading has found so far. */
export type RereadCounts = {
  webhooks: number;
  upgraded: number;
  found: number;
  /** Webhooks that the store could not take as they are read today; they stay as they were. */
  skipped: number;
  /** Upgraded and found ones, by the kind they have now. */
  kinds: Partial<Record<EventKind, number>>;
};

/**
 * Reads stored bodies again with today's parser. The event of a key that is better understood is upgraded in
 * place; a key that is new becomes an event at the end of the feed. The state follows when the lane's owner folds
 * them. Reading twice with the same parser changes nothing the second time.
 *
 * @param context.dryRun finds out without writing
 * @param context.progress told after every batch
 * @param context.signal ends it between two batches
 */
export async function rereadWebhooks(
  scope: RereadScope & { last: number },
  store: RereadStore,
  context: {
    parse(body: Uint8Array): ParsedEvent[];
    place: PlaceAgain;
    dryRun: boolean;
    /** Whether a failure of the store is the fault of the values and not of the store. */
    isDataError(failure: unknown): boolean;
    clock: { now(): number };
    progress(counts: RereadCounts): void;
    signal: AbortSignal;
  },
): Promise<void> {
  const { parse, place, dryRun, isDataError, clock, progress, signal } = context;
  const counts: RereadCounts = { webhooks: 0, upgraded: 0, found: 0, skipped: 0, kinds: {} };
  // A dry run writes nothing by which the store would know that it has seen a new key before.
  const known = new Set<string>();
  for (let after = 0; !signal.aborted; ) {
    const webhooks = (await store.readWebhooks(scope, after)).filter(({ id }) => id <= scope.last);
    if (webhooks.length === 0) return;
    const readings = webhooks.map((webhook) => readingOf(webhook, parse, place));
    const understood = await understand(readings);
    for (const { key, kind, was } of understood) {
      if (dryRun && known.has(key)) continue;
      if (dryRun) known.add(key);
      if (was === null) counts.found += 1;
      else counts.upgraded += 1;
      counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
    }
    counts.webhooks += webhooks.length;
    after = webhooks.at(-1)?.id ?? scope.last;
    progress({ ...counts, kinds: { ...counts.kinds } });
  }

  async function understand(readings: Reading[]): Promise<Understood[]> {
    try {
      return await (dryRun ? store.compareReadings(readings) : store.applyReadings(readings, clock.now()));
    } catch (failure) {
      if (!isDataError(failure)) throw failure;
      if (readings.length > 1) {
        const apart: Understood[] = [];
        for (const reading of readings) apart.push(...(await understand([reading])));
        return apart;
      }
      counts.skipped += 1;
      return [];
    }
  }
}

function readingOf(
  webhook: StoredWebhook,
  parse: (body: Uint8Array) => ParsedEvent[],
  place: PlaceAgain,
): Reading {
  const parsed = parse(webhook.body).filter(({ kind }) => !webhook.redacted || kind !== 'unrecognised');
  return {
    webhookId: webhook.id,
    receivedAt: webhook.receivedAt,
    events: parsed.map((event) => ({
      ...place(event, webhook.secretFingerprint),
      namesSender: event.facts.fact === 'message' && event.facts.sender.identifiers.length > 0,
    })),
  };
}
