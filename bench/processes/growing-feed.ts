import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../src/adapters/store/store.ts';
import { createPlaceEvent } from '../../src/flows/inbound/place-event.ts';
import type { IncomingWebhook } from '../../src/flows/inbound/receive-webhook.ts';
import { createEventKeys } from '../../src/whatsapp/event-key.ts';
import { parseWebhook } from '../../src/whatsapp/parse-webhook.ts';
import { benchPhone, createBodies } from '../bodies.ts';
import { serve } from './serve.ts';

const BATCH = 64;
const place = createPlaceEvent({ defaultId: () => benchPhone.phoneNumberId, isForeign: () => false });
const keys = createEventKeys(randomBytes(32));
const bodyAt = createBodies();

type Feed = { file: string; store: Store; size: number; rawBytes: number };
const feeds = new Map<string, Feed>();

const orders = {
  async open({ name, file }: { name: string; file: string }): Promise<void> {
    feeds.set(name, { file, store: await openSqliteStore(file), size: 0, rawBytes: 0 });
  },
  /** Appends until the feed has so many events or the time is over. Gives its size. */
  async grow({
    name,
    size,
    milliseconds,
  }: {
    name: string;
    size: number;
    milliseconds: number;
  }): Promise<number> {
    const feed = feedNamed(name);
    const until = performance.now() + milliseconds;
    let committed: Promise<unknown> = Promise.resolve();
    while (feed.size < size && performance.now() < until) {
      const batch = nextBatch(feed);
      await committed;
      committed = feed.store.appendWebhooks(batch);
    }
    await committed;
    return feed.size;
  },
  /** Appends so many batches of 64 webhooks, prepared beforehand. Gives events per second. */
  async append({ name, batches }: { name: string; batches: number }): Promise<number> {
    const feed = feedNamed(name);
    const prepared = Array.from({ length: batches }, () => nextBatch(feed));
    const began = performance.now();
    for (const batch of prepared) await feed.store.appendWebhooks(batch);
    return (batches * BATCH * 1000) / (performance.now() - began);
  },
  /** Closes the feed, which writes its log back into the file, and says how large that is. */
  async close(name: string): Promise<{ size: number; rawBytes: number; fileBytes: number }> {
    const { store, file, size, rawBytes } = feedNamed(name);
    await store.close();
    return { size, rawBytes, fileBytes: statSync(file).size };
  },
};

function feedNamed(name: string): Feed {
  const feed = feeds.get(name);
  if (feed === undefined) throw new Error(`There is no feed ${name}.`);
  return feed;
}

function nextBatch(feed: Feed): IncomingWebhook[] {
  return Array.from({ length: BATCH }, () => {
    const body = new Uint8Array(Buffer.from(JSON.stringify(bodyAt(feed.size))));
    feed.size += 1;
    feed.rawBytes += body.byteLength;
    const events = parseWebhook(body, keys).events.map(place);
    return { body, secretFingerprint: 'benchmrk', receivedAt: Date.now(), events };
  });
}

export type GrowingFeed = typeof orders;

serve(orders);
