import { Buffer } from 'node:buffer';
import type { Store } from '../../src/adapters/store/store.ts';
import { phoneLane } from '../../src/domain/lane.ts';
import { foldLane } from '../../src/flows/inbound/fold-lane.ts';
import type { IncomingWebhook } from '../../src/flows/inbound/receive-webhook.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { businessPhoneId } from '../support/test-config.ts';

/** The lane of the tests' business phone. */
export const lane = phoneLane(businessPhoneId);

/** When the suites' webhooks come, in milliseconds. */
export const receivedAt = 1_790_000_000_000;

/** A body of Meta as the receiving flow hands it to the store. */
export function incoming(store: Store, body: object): IncomingWebhook {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
  const events = parseWebhook(bytes, createEventKeys(store.installationKey)).events;
  return {
    body: bytes,
    secretFingerprint: 'abcd1234',
    receivedAt,
    events: events.map(({ facts: _, ...event }) => ({ ...event, foreign: false })),
  };
}

/** Appends bodies one after the other and folds the lane to its end. */
export async function hear(store: Store, ...bodies: object[]): Promise<void> {
  for (const body of bodies) await store.appendWebhooks([incoming(store, body)]);
  while (await foldLane({ lane, number: 0 }, store, { reached: () => {}, settled: () => {} })) {
    // Until the cursor stands at the end.
  }
}
