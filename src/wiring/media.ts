import { type ClosableShelf, createMediaBucket } from '../adapters/media/media-bucket.ts';
import { createMediaFolder, mediaFolderBeside } from '../adapters/media/media-folder.ts';
import type { Store } from '../adapters/store/store.ts';
import type { BusinessEvents } from '../adapters/telemetry/business-events.ts';
import type { Config } from '../config/config.ts';
import { MOST_BYTES } from '../domain/media-file.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import type { LiveSettings } from '../flows/live-settings.ts';
import type { GraphMedia } from '../flows/media/graph-media.ts';
import type { MediaShelf } from '../flows/media/media-shelf.ts';
import { createMediaWorker } from '../flows/media/media-worker.ts';
import { createUploadFile, type UploadFile } from '../flows/media/upload-file.ts';
import { startLoop } from '../runtime/loop.ts';
import { reportMedia } from './reports.ts';
import type { Watch } from './watch.ts';

/** The files of messages: fetched in the background, and read from where they are kept. */
export type MediaFiles = {
  read: MediaShelf['read'];
  upload: UploadFile;
  /** Some may have been forgotten. */
  forgotten(): void;
  /** Resolves once every file that is due was fetched, or tried. */
  drain(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts to fetch.
 *
 * @param options.mayFetch whether it is this process that fetches
 */
export function startMedia(options: {
  config: Pick<Config, 'media' | 'database'>;
  store: Store;
  graph: GraphMedia;
  phones: Pick<BusinessPhones, 'senderOf' | 'defaultId' | 'isOurs'>;
  settings: Pick<LiveSettings, 'current'>;
  events: BusinessEvents;
  metrics: Pick<Watch['metrics'], 'mediaFetched' | 'forgotten'>;
  mayFetch(): boolean;
  clock: { now(): number };
  jitter(): number;
  failed(failure: unknown): void;
}): MediaFiles {
  const { config, settings, events, metrics } = options;
  const shelf = openShelf(config);
  const worker = createMediaWorker({
    store: options.store,
    graph: options.graph,
    shelf,
    senderOf: options.phones.senderOf,
    mayWork: options.mayFetch,
    mostBytes() {
      const { mediaMegabytes } = settings.current();
      return mediaMegabytes === null ? MOST_BYTES : mediaMegabytes * 1024 * 1024;
    },
    retention: () => settings.current().mediaRetention,
    clock: options.clock,
    jitter: options.jitter,
    settled(file, settled) {
      const { failure, size } = settled;
      reportMedia(events, file, settled);
      metrics.mediaFetched(failure === null ? { bytes: size ?? 0 } : { failure: failure.code });
    },
    forgotten: (count) => metrics.forgotten('files', count),
    failed: options.failed,
    notRemoved: (reason) => events.mediaFolderFailed({ reason }),
    nudge: () => loop.nudge(),
  });
  const loop = startLoop(worker.step, options.failed);
  return {
    read: shelf.read,
    upload: createUploadFile({
      store: options.store,
      graph: options.graph,
      shelf,
      phones: options.phones,
      clock: options.clock,
    }),
    forgotten() {
      worker.lookAgain();
      loop.nudge();
    },
    async drain() {
      do await loop.drain();
      while (await worker.idle());
    },
    async close() {
      await loop.stop();
      await worker.stop();
      await shelf.close();
    },
  };
}

/** Where files are kept: a bucket where one is named, else a folder. */
function openShelf({ media, database }: Pick<Config, 'media' | 'database'>): ClosableShelf {
  const folder = media.folder ?? mediaFolderBeside(database.file);
  const { bucket } = media;
  // A store of objects goes by the time of the world, not by that of the database or of a test.
  if (bucket !== null) return createMediaBucket({ bucket, folder, now: Date.now });
  return { ...createMediaFolder(folder), close: async () => {} };
}
