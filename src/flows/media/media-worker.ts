import type { Event, EventKind } from '../../domain/event.ts';
import type { Lane } from '../../domain/lane.ts';
import { filesOf, GIVEN_OUT_FOR, kindsWithMedia, type MediaFile } from '../../domain/media-file.ts';
import { afterFailedTry } from '../../domain/media-tries.ts';
import type { Sender } from '../outbound/send-due.ts';
import { fetchFile, notKept } from './fetch-file.ts';
import type { GraphMedia } from './graph-media.ts';
import { type MediaShelf, ShelfFailure } from './media-shelf.ts';
import type { MediaStore, SettledMedia } from './media-store.ts';

/** What the worker asks of the store. */
export type MediaWorkStore = MediaStore & {
  listEvents(query: { after: number; kinds: EventKind[] | null; limit: number }): Promise<Event[]>;
  lastPosition(): Promise<number>;
};

/** Fetches the files of messages in the background. */
export type MediaWorker = {
  /** One turn of its loop; `restFor` in milliseconds. */
  step(): Promise<{ more: true } | { more: false; restFor: number }>;
  /** Something may be forgotten now: the next turn looks. */
  lookAgain(): void;
  /** Resolves once nothing is being fetched: true when something was. */
  idle(): Promise<boolean>;
  /** Breaks off what is being fetched; the next start fetches it again. */
  stop(): Promise<void>;
};

/** Files that are fetched at once. */
const AT_ONCE = 4;

/** Events that are looked through in a turn, and positions after which the place is kept though no file was found. */
const EVENTS_AT_ONCE = 100;
const PLACE_EVERY = 10_000;

/** The longest that one file may take, in milliseconds: 100 MB at 2 Mbit/s. */
const LONGEST_FETCH = 7 * 60_000;

/** How often it is looked which files are too old, in milliseconds. */
const FORGET_EVERY = 60 * 60_000;

/** How long nothing is tried where the store or the place of files has just failed, in milliseconds. */
const AFTER_FAILURE = 30_000;

/** How often the store is asked what is due when nothing tells that something is, in milliseconds. */
const LOOK_EVERY = 5_000;

/** Between two looks at the feed: nobody waits for a file as for an answer. */
const REST = 250;

/**
 * Makes the worker. It follows the feed with a place of its own: what it finds it notes in the store, fetches soon
 * after, and tries again while Meta gives the file out. What it deletes it deletes when no other file has the same
 * bytes.
 *
 * @param options.mayWork whether it is this process that fetches
 * @param options.retention how long files are kept, in milliseconds; null: as long as the events that told of them
 */
export function createMediaWorker(options: {
  store: MediaWorkStore;
  graph: GraphMedia;
  shelf: MediaShelf;
  senderOf(lane: Lane): Sender;
  mayWork(): boolean;
  mostBytes(): number;
  retention(): number | null;
  clock: { now(): number };
  jitter(): number;
  /** A try ended. */
  settled(file: MediaFile, settled: SettledMedia): void;
  forgotten(files: number): void;
  /** What a try came to could not be kept in the store; the file is tried again. */
  failed(failure: unknown): void;
  /** Files could not be deleted where they are kept; it is tried again. `reason`: a code of the system. */
  notRemoved(reason: string): void;
  /** There is more to do. */
  nudge(): void;
}): MediaWorker {
  const { store, shelf, clock } = options;
  const fetching = new Map<string, Promise<void>>();
  const ended = new AbortController();
  const inTurn = createTurns();
  let place: number | null = null;
  let keptPlace = 0;
  let forgetAt = 0;
  let fetchAt = 0;
  let removeAt = 0;
  let lookAt = 0;

  /** Notes the files of the next events. True when there may be more. */
  async function look(): Promise<boolean> {
    if (place === null) {
      place = await store.mediaPlace(clock.now() - GIVEN_OUT_FOR);
      keptPlace = place;
    }
    const last = await store.lastPosition();
    if (last <= place) return false;
    const events = await store.listEvents({ after: place, kinds: kindsWithMedia, limit: EVENTS_AT_ONCE });
    const isAll = events.length < EVENTS_AT_ONCE;
    const reached = Math.max(isAll ? last : 0, events.at(-1)?.position ?? 0);
    // Read again by a newer version, or long gone at Meta: nothing is fetched.
    const files = events.filter((event) => !event.replayed && isGivenOut(event)).flatMap(filesOf);
    if (files.length > 0 || reached > keptPlace + PLACE_EVERY) {
      await store.noteMedia({ files, place: reached });
      keptPlace = reached;
      if (files.length > 0) lookAt = 0;
    }
    place = reached;
    return !isAll;
  }

  function isGivenOut({ receivedAt }: Event): boolean {
    return receivedAt > clock.now() - GIVEN_OUT_FOR;
  }

  async function fetchOne(file: MediaFile): Promise<void> {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(LONGEST_FETCH)]);
    const parts = {
      graph: options.graph,
      shelf,
      sender: options.senderOf(file.lane),
      mostBytes: options.mostBytes(),
      signal,
    };
    const fetched = await fetchFile(file, parts);
    if ('failure' in fetched) {
      if (!ended.signal.aborted) await settle(file, failedTry(file, fetched));
      return;
    }
    const { mimeType } = fetched;
    const { sha256, size } = fetched.file;
    // Nothing is deleted meanwhile: the same bytes may be another file's last ones.
    await inTurn(async () => {
      try {
        await fetched.file.keep();
      } catch (failure) {
        await fetched.file.discard().catch(() => {});
        if (!(failure instanceof ShelfFailure)) throw failure;
        await settle(file, failedTry(file, notKept(failure)));
        return;
      }
      const { id, tries } = file;
      const none = { failure: null, nextTryAt: null };
      const endedAt = clock.now();
      await settle(file, { ...none, id, state: 'kept', mimeType, sha256, size, tries: tries + 1, endedAt });
    });
  }

  function failedTry(
    file: MediaFile,
    { failure }: { failure: NonNullable<MediaFile['failure']> },
  ): SettledMedia {
    const { id, mimeType, sha256, size } = file;
    const after = afterFailedTry(file, failure, { now: clock.now(), jitter: options.jitter() });
    return { id, mimeType, sha256, size, ...after };
  }

  async function settle(file: MediaFile, settled: SettledMedia): Promise<void> {
    await store.settleMedia(settled);
    options.settled(file, settled);
  }

  function start(file: MediaFile): void {
    const run = fetchOne(file)
      .catch((failure) => {
        // Else the same bytes would be fetched again and again, only to be thrown away.
        fetchAt = clock.now() + AFTER_FAILURE;
        options.failed(failure);
      })
      .finally(() => {
        fetching.delete(file.id);
        lookAt = 0;
        if (!ended.signal.aborted) options.nudge();
      });
    fetching.set(file.id, run);
  }

  /** Deletes what is forgotten: first the bytes, so that a crash in between leaves a row that is seen again. */
  async function remove(forgotten: readonly { id: string; sha256: string | null }[]): Promise<number> {
    const free = forgotten.filter(({ id }) => !fetching.has(id));
    if (free.length === 0 || clock.now() < removeAt) return 0;
    try {
      for (const { sha256 } of free) if (sha256 !== null) await shelf.remove(sha256);
    } catch (failure) {
      if (!(failure instanceof ShelfFailure)) throw failure;
      removeAt = clock.now() + AFTER_FAILURE;
      options.notRemoved(failure.reason);
      return 0;
    }
    return store.deleteMedia(free.map(({ id }) => id));
  }

  return {
    async step() {
      if (ended.signal.aborted) return { more: false, restFor: REST };
      if (!options.mayWork()) {
        // Whoever works meanwhile gets further.
        place = null;
        return { more: false, restFor: REST };
      }
      const now = clock.now();
      const retention = options.retention();
      if (retention !== null && now >= forgetAt) {
        await store.forgetMedia(now - retention);
        forgetAt = now + FORGET_EVERY;
        lookAt = 0;
      }
      const hasMore = await look();
      if (now < lookAt) return hasMore ? { more: true } : { more: false, restFor: REST };
      lookAt = now + LOOK_EVERY;
      const removed = await inTurn(async () => {
        const { due, forgotten } = await store.readMediaWork({ now, limit: 2 * AT_ONCE });
        const fresh = now < fetchAt ? [] : due.filter(({ id }) => !fetching.has(id));
        for (const file of fresh.slice(0, AT_ONCE - fetching.size)) start(file);
        return remove(forgotten);
      });
      if (removed > 0) {
        lookAt = 0;
        options.forgotten(removed);
      }
      return hasMore || removed > 0 ? { more: true } : { more: false, restFor: REST };
    },
    lookAgain() {
      lookAt = 0;
    },
    async idle() {
      const fetches = [...fetching.values()];
      await Promise.all(fetches);
      return fetches.length > 0;
    },
    async stop() {
      ended.abort();
      await Promise.all(fetching.values());
    },
  };
}

/** Runs one piece of work after the other. */
function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
