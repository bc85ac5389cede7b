import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeed } from '../../test/support/in-memory-feed.ts';
import { type EventKind, eventId, eventPosition } from '../domain/event.ts';
import { streamEvents } from './stream-events.ts';

const timings = { heartbeat: 60_000, poll: 60_000, retry: 2_000, recheck: 60_000 };

describe('a stream of events', () => {
  it('gives what is there, then what comes, each as id, kind and data', async () => {
    const feed = createFeed();
    feed.append('message');
    const reader = read(feed, 0);
    await reader.until((text) => text.includes('event: message'));
    feed.append('status');
    const text = await reader.until((so) => so.includes('event: status'));
    await reader.stop();

    const blocks = text.split('\n\n').filter((block) => block !== '');
    expect(blocks[0]).toBe('retry: 2000\nid: ev_0000000000');
    const lines = blocks[1]?.split('\n') ?? [];
    expect(lines.slice(0, 2)).toEqual(['id: ev_0000000001', 'event: message']);
    expect(JSON.parse(lines[2]?.replace('data: ', '') ?? '')).toMatchObject({
      id: 'ev_0000000001',
      kind: 'message',
      receivedAt: '2026-11-20T12:00:00.000Z',
    });
    expect(blocks[2]).toMatch(/^id: ev_0000000002\nevent: status\ndata: /);
    expect(feed.listeners()).toBe(0);
  });

  it('misses and repeats nothing, wherever it is cut off and resumed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom<EventKind[] | null>(null, ['message'], ['call']),
        async (steps, kinds) => {
          const feed = createFeed();
          const seen: string[] = [];
          let last = 0;
          for (const step of steps) {
            const reader = read(feed, last, kinds);
            const appending = feed.appendSoon(step);
            const wanted = Math.floor(step / 2);
            await reader.until(
              (text) => dispatched(text).length >= Math.min(wanted, count(feed, last, kinds)),
            );
            const text = await reader.stop();
            await appending;
            seen.push(...dispatched(text));
            last = eventPosition(lastIdOf(text)) ?? Number.NaN;
          }
          const reader = read(feed, last, kinds);
          const rest = count(feed, last, kinds);
          await reader.until((text) => dispatched(text).length >= rest);
          seen.push(...dispatched(await reader.stop()));
          expect(seen).toEqual(feed.matching(0, kinds).map((event) => eventId(event.position)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([[null], [['message' as const]]])(
    'misses nothing that comes while it reads (kinds %j)',
    async (kinds) => {
      const feed = createFeed();
      let reading = 0;
      const busy: Feed = {
        ...feed,
        async listEvents(query) {
          const page = await feed.listEvents(query);
          reading += 1;
          if (reading === 1) feed.append('message');
          return page;
        },
      };
      const reader = read(busy, 0, kinds);
      await reader.until((text) => text.includes('event: message'));
      await reader.stop();
    },
  );

  it('reads at most a page ahead of a reader that does not read', async () => {
    const feed = createFeed();
    feed.appendMany(1_000);
    const output = new PassThrough({ highWaterMark: 1 });
    const leaving = new AbortController();
    const streaming = streamEvents(output, {
      ports: feed,
      after: 0,
      kinds: null,
      language: 'en',
      timings: { ...timings, heartbeat: 1 },
      signal: leaving.signal,
    });
    await feed.readings(1);
    // Give a stream that ignored the full buffer every chance to go on.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(output.readableLength + output.writableLength).toBeLessThan(2_000);
    expect(feed.readingsSoFar()).toBe(1);
    leaving.abort();
    await streaming;
  });

  it('with a filter does not read the same events again, and tells where it is', async () => {
    const feed = createFeed();
    feed.appendMany(300, 'status');
    const reader = read(feed, 0, ['message'], { ...timings, heartbeat: 1 });
    await reader.until((text) => text.includes(`: \nid: ${eventId(300)}\n\n`));
    feed.append('message');
    await reader.until((text) => text.includes('event: message'));
    await reader.stop();
    expect(feed.starts()).toContain(300);
    expect(feed.starts().filter((start) => start === 0)).toHaveLength(1);
  });

  it('rests when nothing comes', async () => {
    const feed = createFeed();
    const reader = read(feed, 0);
    await feed.readings(1);
    feed.append('message');
    await reader.until((text) => text.includes('event: message'));
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(feed.readingsSoFar()).toBeLessThanOrEqual(3);
    await reader.stop();
  });

  it('shows signs of life', async () => {
    const reader = read(createFeed(), 0, null, { ...timings, heartbeat: 1 });
    await reader.until((text) => text.includes('\n\n: \n\n: \n\n'));
    await reader.stop();
  });

  it('looks by itself when a nudge is lost', async () => {
    const feed = createFeed();
    const reader = read(feed, 0, null, { ...timings, poll: 1 });
    await feed.readings(1);
    feed.appendUnnoticed('message');
    await reader.until((text) => text.includes('event: message'));
    await reader.stop();
  });

  it('breaks off when the feed cannot be read, and listens no longer', async () => {
    const feed = createFeed();
    const broken = { ...feed, listEvents: () => Promise.reject(new Error('disk gone')) };
    const leaving = new AbortController();
    const output = new PassThrough();
    const options = {
      ports: broken,
      after: 0,
      kinds: null,
      language: 'en' as const,
      timings,
      signal: leaving.signal,
    };
    await expect(streamEvents(output, options)).rejects.toThrow('disk gone');
    expect(feed.listeners()).toBe(0);
  });
});

type Feed = ReturnType<typeof createFeed>;

function read(feed: Feed, after: number, kinds: EventKind[] | null = null, times = timings) {
  const output = new PassThrough();
  const leaving = new AbortController();
  let text = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const streaming = streamEvents(output, {
    ports: feed,
    after,
    kinds,
    language: 'en',
    timings: times,
    signal: leaving.signal,
  });
  return {
    async until(enough: (text: string) => boolean): Promise<string> {
      while (!enough(text)) await once(output, 'data');
      return text;
    },
    async stop(): Promise<string> {
      leaving.abort();
      await streaming;
      output.end();
      await once(output, 'end');
      return text;
    },
  };
}

function dispatched(text: string): string[] {
  return [...text.matchAll(/^id: (\S+)\nevent: /gm)].map((match) => match[1] ?? '');
}

function lastIdOf(text: string): string {
  return [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? '';
}

function count(feed: Feed, after: number, kinds: EventKind[] | null): number {
  return feed.matching(after, kinds).length;
}
