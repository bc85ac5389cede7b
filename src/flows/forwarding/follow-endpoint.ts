import type { EndpointStanding } from '../../domain/endpoint.ts';
import { afterFailure, afterSuccess, isHopeless } from '../../domain/endpoint-circuit.ts';
import { afterFailedAttempt } from '../../domain/endpoint-retry.ts';
import { eventId } from '../../domain/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Reached } from '../crash-points.ts';
import { composeDelivery, type ReadyEndpoint } from './compose-delivery.ts';
import type { Deliver, DeliveryResult } from './delivery.ts';
import type {
  DueEvent,
  EndpointFence,
  FollowStore,
  ForwardEvent,
  ForwardingCommit,
  ForwardingState,
} from './forwarding-store.ts';
import { judgeDelivery, keptExcerpt } from './judge-delivery.ts';

/** Works one endpoint: reads the feed from its cursor, delivers, and writes down what became of it. */
export type Follower = {
  /** One turn; true when there may be more to do at once. Rejects when something could not be read or written. */
  turn(work: { lanes: readonly { lane: Lane; folded: number }[]; due: boolean }): Promise<boolean>;
  inFlight(): number;
  /** Whether something that became of a delivery is not written down yet. */
  unwritten(): boolean;
  /** Whether it has disabled the endpoint: then it does nothing more. */
  isDisabled(): boolean;
  /** Begins nothing more, and writes down what became of what is on its way; that is broken off after a while. */
  stop(): Promise<void>;
};

/** What a follower needs. */
export type FollowerOptions = {
  fence: EndpointFence;
  /** The endpoint as it is configured at this moment; null when it is gone. */
  endpoint(): ReadyEndpoint | null;
  /** What is sent in our own format. */
  payload(event: ForwardEvent['event']): Uint8Array;
  state: ForwardingState;
  store: Pick<FollowStore, 'readToForward' | 'readDueToForward' | 'commitForwarding'>;
  deliver: Deliver;
  clock: { now(): number };
  /** From 0 to 1. */
  jitter(): number;
  /** How long a failing event may hold up its conversation, in milliseconds. */
  patience(): number;
  /** Something became of a delivery: a turn should come soon. */
  happened(): void;
  reached: Reached;
};

/** Events that are held in memory at most, waiting for a slot. */
const MOST_WAITING = 200;
const PAGE = 100;

/** How long the end of a follower waits for what is on its way, in milliseconds. */
const STOP_PATIENCE = 3_000;

/** An event of the feed, or a parked one. */
type Item = ForwardEvent & { parkedAs: DueEvent | null };

/** What has happened since the last commit. */
type Unwritten = Pick<
  ForwardingCommit,
  'parked' | 'delivered' | 'dead' | 'announced' | 'attempts' | 'disabled'
> & {
  deadParties: string[];
  standingChanged: boolean;
};

const nothingUnwritten = (): Unwritten => ({
  parked: [],
  delivered: [],
  dead: [],
  announced: [],
  attempts: [],
  disabled: null,
  deadParties: [],
  standingChanged: false,
});

/**
 * Follows the feed for an endpoint. Within a conversation one event is delivered after another; one that fails is
 * parked with whatever comes behind it, and the other conversations go on. Only what the store has committed is
 * relied on: a follower that is left in the middle begins again from its cursor, and delivers at most again.
 */
export function createFollower(options: FollowerOptions): Follower {
  const { store, clock, fence, state } = options;
  const ending = new AbortController();
  let stopped = false;
  let isDisabled = false;
  let standing: EndpointStanding = state.standing;
  /** Up to where each lane was read, and which of what was read is neither delivered nor parked. */
  const ahead = new Map<Lane, number>(state.cursors.map(({ lane, position }) => [lane, position]));
  const written = new Map<Lane, number>(ahead);
  const undone = new Map<Lane, Set<number>>();
  const queue: Item[] = [];
  let retries: Item[] = [];
  const busy = new Set<string>();
  const parked = new Set<string>(state.parked);
  const skipped = new Map<string, number>(state.skipped.map(({ party, count }) => [party, count]));
  /** Parked events that are on their way, or of which something is not written down yet. */
  const handled = new Set<number>();
  /** The conversations of the failures in a row; two are as good as many. */
  const failing = new Set<string>();
  let unwritten = nothingUnwritten();
  let flying = 0;
  let flyingRetries = 0;
  let lastWasRetry = false;
  let paceAt = 0;
  let paceTimer: NodeJS.Timeout | null = null;
  let landed: () => void = () => {};

  const isUnwritten = () =>
    unwritten.standingChanged ||
    unwritten.attempts.length > 0 ||
    unwritten.parked.length > 0 ||
    cursorsToWrite().length > 0;

  function cursorsToWrite(): { lane: Lane; position: number }[] {
    return [...ahead].flatMap(([lane, read]) => {
      const [first] = undone.get(lane) ?? [];
      const position = first === undefined ? read : first - 1;
      return position > (written.get(lane) ?? -1) ? [{ lane, position }] : [];
    });
  }

  async function write(): Promise<boolean> {
    if (!isUnwritten()) return false;
    const part = unwritten;
    const cursors = cursorsToWrite();
    unwritten = nothingUnwritten();
    const { deadParties, standingChanged, ...changes } = part;
    const { free } = await store.commitForwarding({
      fence,
      cursors,
      ...changes,
      standing: standingChanged ? standing : null,
      now: clock.now(),
    });
    for (const { lane, position } of cursors) written.set(lane, position);
    for (const position of [
      ...part.parked.map((row) => row.position),
      ...part.delivered,
      ...part.dead.map((row) => row.position),
    ])
      handled.delete(position);
    for (const party of deadParties) skipped.set(party, (skipped.get(party) ?? 0) + 1);
    // What was parked since then is not in the store yet.
    for (const party of free) {
      if (!unwritten.parked.some((row) => row.party === party)) parked.delete(party);
    }
    return true;
  }

  async function read(
    endpoint: ReadyEndpoint,
    lanes: readonly { lane: Lane; folded: number }[],
  ): Promise<boolean> {
    let more = false;
    for (const { lane, folded } of lanes) {
      const after = Math.max(ahead.get(lane) ?? 0, endpoint.from);
      if (folded <= after || queue.length >= MOST_WAITING) continue;
      const { events, upTo } = await store.readToForward({ ...endpoint, lane, after, limit: PAGE });
      ahead.set(lane, upTo);
      const open = undone.get(lane) ?? new Set();
      undone.set(lane, open);
      for (const found of events) {
        open.add(found.event.position);
        queue.push({ ...found, party: partyAt(endpoint, found), parkedAs: null });
      }
      more = true;
    }
    return more;
  }

  /** What is kept in order with it at this endpoint: where no order is kept, nothing. */
  function partyAt({ order }: ReadyEndpoint, { event, party }: ForwardEvent): string {
    return order === 'none' ? eventId(event.position) : party;
  }

  async function readRetries({ id, format }: ReadyEndpoint): Promise<void> {
    const due = await store.readDueToForward({ endpoint: id, format, now: clock.now(), limit: MOST_WAITING });
    retries = due
      .filter(({ event }) => !handled.has(event.position))
      .map((parkedAs) => ({ ...parkedAs, parkedAs }));
  }

  /** Takes the first event of the queue that may go; what belongs behind a parked one is parked. */
  function nextFresh(mayGo: (item: Item) => boolean): Item | null {
    for (let index = 0; index < queue.length; ) {
      const item = queue[index];
      if (item === undefined) return null;
      const { position } = item.event;
      if (parked.has(item.party)) {
        queue.splice(index, 1);
        undone.get(item.event.lane)?.delete(position);
        unwritten.parked.push({
          position,
          party: item.party,
          attempts: 0,
          firstFailedAt: null,
          dueAt: null,
          failure: null,
        });
      } else if (!busy.has(item.party) && mayGo(item)) {
        queue.splice(index, 1);
        return item;
      } else index += 1;
    }
    return null;
  }

  const nextRetry = () => {
    const index = retries.findIndex(({ party }) => !busy.has(party));
    return index < 0 ? null : (retries.splice(index, 1)[0] ?? null);
  };

  /**
   * The next to deliver. Retries have half of the slots at most, so that first tries never wait for what fails; and
   * while the endpoint is down one event at a time asks whether it is back: best one that has not failed there.
   */
  function next(endpoint: ReadyEndpoint): Item | null {
    if (standing.openUntil !== null) {
      if (flying > 0 || clock.now() < standing.openUntil) return null;
      return nextFresh(({ party }) => !failing.has(party)) ?? nextRetry() ?? nextFresh(() => true);
    }
    const share = Math.max(1, Math.floor(endpoint.concurrency / 2));
    const mayRetry = flyingRetries < share && !(endpoint.concurrency === 1 && lastWasRetry);
    const retry = mayRetry ? nextRetry() : null;
    if (retry !== null) return retry;
    const fresh = nextFresh(() => true);
    return fresh ?? (flyingRetries < share ? nextRetry() : null);
  }

  function pump(): void {
    const endpoint = options.endpoint();
    while (!stopped && !isDisabled && endpoint?.state === 'active') {
      if (flying >= endpoint.concurrency || !paced(endpoint)) return;
      const item = next(endpoint);
      if (item === null) return;
      if (endpoint.perSecond !== null) {
        paceAt = Math.max(paceAt, performance.now()) + 1000 / endpoint.perSecond;
      }
      void fly(endpoint, item);
    }
  }

  function paced({ perSecond }: ReadyEndpoint): boolean {
    const wait = perSecond === null ? 0 : paceAt - performance.now();
    if (wait <= 0) return true;
    paceTimer ??= setTimeout(() => {
      paceTimer = null;
      pump();
    }, wait);
    return false;
  }

  async function fly(endpoint: ReadyEndpoint, item: Item): Promise<void> {
    const { event, party, parkedAs } = item;
    flying += 1;
    lastWasRetry = parkedAs !== null;
    if (parkedAs !== null) {
      flyingRetries += 1;
      handled.add(event.position);
    }
    busy.add(party);
    const before = parkedAs?.skipped ?? skipped.get(party) ?? 0;
    const at = clock.now();
    const result = await options.deliver(
      composeDelivery(endpoint, {
        // Not its place in the feed: after a restore another event may stand there.
        id: event.key,
        body: item.body ?? options.payload(event),
        at,
        skipped: before,
      }),
      ending.signal,
    );
    flying -= 1;
    if (parkedAs !== null) flyingRetries -= 1;
    busy.delete(party);
    options.reached('after-forward');
    land(endpoint, item, result, { at, before });
    landed();
    pump();
    options.happened();
  }

  /** Takes in what became of a delivery. */
  function land(
    endpoint: ReadyEndpoint,
    { event, party, parkedAs }: Item,
    result: DeliveryResult,
    { at, before }: { at: number; before: number },
  ): void {
    const now = clock.now();
    const { position } = event;
    const { verdict, retryAfter, sentence } = judgeDelivery(result, now);
    unwritten.standingChanged = true;
    unwritten.attempts.push({
      position,
      at,
      took: result.took,
      status: result.outcome === 'answered' ? result.status : null,
      delivered: verdict === 'delivered',
      failure: sentence,
      excerpt: result.outcome === 'answered' ? keptExcerpt(result.excerpt) : '',
    });
    if (verdict === 'delivered') {
      standing = afterSuccess(standing, now);
      failing.clear();
      if (before > 0) {
        unwritten.announced.push(party);
        skipped.delete(party);
      }
      if (parkedAs === null) undone.get(event.lane)?.delete(position);
      else unwritten.delivered.push(position);
      return;
    }
    if (failing.size < 2) failing.add(party);
    standing = afterFailure(standing, {
      verdict,
      parties: failing.size,
      retryAfter,
      sentence: sentence ?? '',
      now,
      jitter: options.jitter(),
    });
    const isGone = verdict === 'gone';
    if (isGone || isHopeless(standing, now)) {
      isDisabled = true;
      unwritten.disabled = { because: isGone ? 'gone' : 'failing', at: now };
    }

    const attempts = (parkedAs?.attempts ?? 0) + 1;
    const firstFailedAt = parkedAs?.firstFailedAt ?? now;
    const isAlone = endpoint.order === 'none' || party.startsWith('again:');
    const decision = afterFailedAttempt({
      attempts,
      firstFailedAt,
      standing,
      patience: isAlone ? null : options.patience(),
      retryAfter,
      now,
      jitter: options.jitter(),
    });
    undone.get(event.lane)?.delete(position);
    handled.add(position);
    if (decision.givenUp && parkedAs !== null) {
      unwritten.dead.push({ position, attempts, failure: sentence, at: now });
      unwritten.deadParties.push(party);
      return;
    }
    parked.add(party);
    unwritten.parked.push({
      position,
      party,
      attempts,
      firstFailedAt,
      dueAt: decision.givenUp ? now : decision.at,
      failure: sentence,
    });
  }

  return {
    async turn({ lanes, due }) {
      const wrote = await write();
      const endpoint = options.endpoint();
      if (stopped || isDisabled || endpoint?.state !== 'active') return wrote;
      const more = await read(endpoint, lanes);
      if (due) await readRetries(endpoint);
      pump();
      return wrote || more;
    },
    inFlight: () => flying,
    unwritten: isUnwritten,
    isDisabled: () => isDisabled,
    async stop() {
      stopped = true;
      if (paceTimer !== null) clearTimeout(paceTimer);
      const patience = setTimeout(() => ending.abort(), STOP_PATIENCE);
      while (flying > 0) {
        await new Promise<void>((resolve) => {
          landed = resolve;
        });
      }
      clearTimeout(patience);
      // What cannot be written, because the endpoint is in other hands, is delivered again there.
      await write().catch(() => {});
    },
  };
}
