import { expect, it } from 'vitest';
import { phoneLane } from '../../domain/lane.ts';
import type { MediaFile } from '../../domain/media-file.ts';
import { type MediaShelf, ShelfFailure } from './media-shelf.ts';
import { createMediaWorker, type MediaWorkStore } from './media-worker.ts';

const lane = phoneLane('200');

const waiting: MediaFile = {
  id: '7',
  lane,
  position: 1,
  receivedAt: 0,
  mimeType: 'image/jpeg',
  filename: null,
  state: 'waiting',
  sha256: null,
  size: null,
  failure: null,
  tries: 0,
  nextTryAt: 0,
  endedAt: null,
};

/** A worker among parts that remember what was asked of them; what is given takes their place. */
function workerWith(parts: { store?: Partial<MediaWorkStore>; shelf?: Partial<MediaShelf> } = {}) {
  const seen: string[] = [];
  const clock = { time: 1_000 };
  const works = { now: true };
  const note = (what: string) => {
    seen.push(what);
  };
  const store: MediaWorkStore = {
    mediaPlace: async () => 5,
    noteMedia: async () => note('note'),
    readMediaWork: async () => ({ due: [waiting], forgotten: [] }),
    settleMedia: async ({ state }) => note(`settle ${state}`),
    forgetMedia: async (before) => note(`forget ${before}`),
    deleteMedia: async (ids) => {
      note(`delete ${ids}`);
      return ids.length;
    },
    readMediaBacklog: async () => null,
    findMedia: async () => null,
    listMedia: async () => [],
    listEvents: async () => [],
    lastPosition: async () => 5,
    ...parts.store,
  };
  const shelf: MediaShelf = {
    receive: async () => ({
      sha256: 'a',
      size: 1,
      keep: async () => note('keep'),
      discard: async () => note('discard'),
      async *bytes() {},
    }),
    read: async () => null,
    remove: async (sha256) => note(`remove ${sha256}`),
    ...parts.shelf,
  };
  const found = { call: '', answer: '', metaTime: null };
  const worker = createMediaWorker({
    store,
    shelf,
    graph: {
      async findFile() {
        note('fetch');
        return { ...found, got: 'value', value: { url: '', mimeType: null, sha256: null, size: null } };
      },
      download: async () => ({ got: 'bytes', bytes: (async function* () {})() }),
      uploadFile: async () => ({ outcome: 'unanswered', reason: '' }),
    },
    senderOf: () => ({ ready: true, phoneNumberId: '200', accessToken: 'EAA' }),
    mayWork: () => works.now,
    mostBytes: () => 10,
    retention: () => null,
    clock: { now: () => clock.time },
    jitter: () => 0,
    settled: () => {},
    forgotten: (count) => note(`forgotten ${count}`),
    failed: () => note('failed'),
    notRemoved: (reason) => note(`not removed ${reason}`),
    nudge: () => {},
  });
  return {
    worker,
    seen,
    clock,
    works,
    async turn() {
      await worker.step();
      await worker.idle();
    },
  };
}

it('keeps the bytes before it says so, and not twice at once', async () => {
  const { worker, seen } = workerWith();
  await worker.step();
  await worker.step();
  await worker.idle();
  expect(seen).toEqual(['fetch', 'keep', 'settle kept']);
});

it('does not fetch again and again what the store cannot note', async () => {
  const { seen, clock, turn } = workerWith({
    store: { settleMedia: async () => Promise.reject(new Error('disk full')) },
  });
  await turn();
  await turn();
  expect(seen).toEqual(['fetch', 'keep', 'failed']);
  clock.time += 31_000;
  await turn();
  expect(seen).toEqual(['fetch', 'keep', 'failed', 'fetch', 'keep', 'failed']);
});

it('throws away what cannot be kept, and tries again later', async () => {
  const { seen, turn } = workerWith({
    shelf: {
      receive: async () => ({
        sha256: 'a',
        size: 1,
        keep: async () => Promise.reject(new ShelfFailure('ENOSPC')),
        discard: async () => {},
        async *bytes() {},
      }),
    },
  });
  await turn();
  expect(seen).toEqual(['fetch', 'settle waiting']);
});

it('deletes bytes before rows, shared ones not at all, and neither when that fails', async () => {
  const forgotten = [
    { id: '1', sha256: 'a' },
    { id: '2', sha256: null },
  ];
  const readMediaWork = async () => ({ due: [], forgotten });
  const { seen, turn } = workerWith({ store: { readMediaWork } });
  await turn();
  expect(seen).toEqual(['remove a', 'delete 1,2', 'forgotten 2']);

  const refusing = workerWith({
    store: { readMediaWork },
    shelf: { remove: async () => Promise.reject(new ShelfFailure('EACCES')) },
  });
  await refusing.turn();
  refusing.clock.time += 6_000;
  await refusing.turn();
  expect(refusing.seen).toEqual(['not removed EACCES']);
});

it('leaves everything to another process that works, and asks how far that one has come', async () => {
  const places: number[] = [];
  const { seen, works, turn, worker } = workerWith({
    store: {
      readMediaWork: async () => ({ due: [], forgotten: [] }),
      async mediaPlace() {
        places.push(5);
        return 5;
      },
    },
  });
  await turn();
  works.now = false;
  await turn();
  works.now = true;
  await turn();
  await turn();
  expect(places).toEqual([5, 5]);
  await worker.stop();
  await turn();
  expect(seen).toEqual([]);
});
