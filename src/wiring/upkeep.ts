import type { Store } from '../adapters/store/store.ts';
import { StoreFailure } from '../adapters/store/store-failure.ts';
import type { BusinessPhones } from '../flows/business-phone-contract.ts';
import { createPlaceEvent } from '../flows/inbound/place-event.ts';
import { createRereadRuns, type RereadRuns } from '../flows/inbound/reread-runs.ts';
import type { LiveSettings } from '../flows/live-settings.ts';
import { createRetention } from '../flows/upkeep/retention.ts';
import { startLoop } from '../runtime/loop.ts';
import type { EventKeys } from '../whatsapp/event-key.ts';
import { parseWebhook } from '../whatsapp/parse-webhook.ts';
import type { Watch } from './watch.ts';

/** What is done with the feed in the background: reading it again, and forgetting what is old. */
export type Upkeep = {
  rereads: RereadRuns;
  drain(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts the upkeep.
 *
 * @param options.mayForget whether it is this process that forgets
 * @param options.changed told when reading again has brought something new
 */
export function startUpkeep(options: {
  store: Store;
  keys: EventKeys;
  phones: Pick<BusinessPhones, 'vouchedBy'>;
  settings: Pick<LiveSettings, 'current'>;
  mayForget(): boolean;
  webhooksWait(): boolean;
  forgotten: Watch['metrics']['forgotten'];
  clock: { now(): number };
  changed(): void;
  failed(failure: unknown): void;
}): Upkeep {
  const { store, keys, phones, settings, clock, failed } = options;
  const rereads = createRereadRuns({
    store,
    parse: (body) => parseWebhook(body, keys).events,
    place: (event, secretFingerprint) => createPlaceEvent(phones.vouchedBy(secretFingerprint))(event),
    clock,
    isDataError: (failure) => failure instanceof StoreFailure && failure.kind === 'data',
    changed: options.changed,
    failed,
    keptSince() {
      const { retention } = settings.current();
      return retention === null ? 0 : clock.now() - retention;
    },
  });
  const forgetting = startLoop(
    createRetention({
      store,
      retention: () => settings.current().retention,
      mayWork: options.mayForget,
      webhooksWait: options.webhooksWait,
      clock,
      forgotten: options.forgotten,
    }),
    failed,
  );
  return {
    rereads,
    async drain() {
      await rereads.idle();
      await forgetting.drain();
    },
    async close() {
      await forgetting.stop();
      await rereads.stop();
    },
  };
}
