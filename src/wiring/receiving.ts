import type { Store } from '../adapters/store/store.ts';
import { StoreFailure } from '../adapters/store/store-failure.ts';
import type { BusinessEvents } from '../adapters/telemetry/business-events.ts';
import type { Reached } from '../flows/crash-points.ts';
import type { OurPhones } from '../flows/inbound/place-event.ts';
import {
  type AppendedWebhook,
  createReceiveWebhook,
  type IncomingWebhook,
  rawOnlyWebhook,
  type VerifiedWebhook,
} from '../flows/inbound/receive-webhook.ts';
import { createGroupCommit } from '../runtime/group-commit.ts';
import type { EventKeys } from '../whatsapp/event-key.ts';

/** The way in: verified bytes become kept events, in group commits. */
export type Receiving = {
  /** Keeps a webhook; resolves once it is on the disk. */
  receive(webhook: VerifiedWebhook): Promise<void>;
  /** Whether webhooks wait to be kept. */
  busy(): boolean;
  idle(): Promise<void>;
};

/**
 * Makes the way in.
 *
 * @param options.appended told of each webhook that was kept, before Meta is
 */
export function createReceiving(options: {
  store: Pick<Store, 'appendWebhooks'>;
  keys: EventKeys;
  phones: {
    isOurs(businessPhoneId: string): boolean;
    vouchedBy(secretFingerprint: string): OurPhones;
  };
  events: BusinessEvents;
  appended(webhook: IncomingWebhook, result: AppendedWebhook): void;
  reached: Reached;
}): Receiving {
  const { store, keys, phones, events, reached } = options;
  const webhooks = createGroupCommit<IncomingWebhook, AppendedWebhook>({
    commit: (batch) => store.appendWebhooks(batch),
    size: (webhook) => webhook.body.byteLength,
    maxItems: 128,
    maxBytes: 1024 * 1024,
    isDataError: (failure) => failure instanceof StoreFailure && failure.kind === 'data',
    salvage: (webhook) => rawOnlyWebhook(webhook, keys),
  });
  const parts = {
    keys,
    append: async (webhook: IncomingWebhook) => {
      const result = await webhooks.add(webhook);
      options.appended(webhook, result);
      return result;
    },
    report: {
      ...events,
      foreignWebhook(facts: { businessPhoneId: string }) {
        if (phones.isOurs(facts.businessPhoneId)) events.unvouchedWebhook(facts);
        else events.foreignWebhook(facts);
      },
    },
    reached,
  };
  return {
    // For each webhook anew: which phones are ours depends on the app secret that signed it.
    receive: (webhook) =>
      createReceiveWebhook({ ...parts, phones: phones.vouchedBy(webhook.secretFingerprint) })(webhook),
    busy: webhooks.busy,
    idle: webhooks.idle,
  };
}
