import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type EventKind, eventId } from '../domain/event.ts';
import type { Language } from '../domain/language.ts';
import { eventBody } from './representations/event.ts';
import type { EventPorts } from './routes/events.ts';

/** Times of a stream in milliseconds. */
export type StreamTimings = {
  /** Between two signs of life. */
  heartbeat: number;
  /** How long to rest before looking by itself, should a nudge be lost. */
  poll: number;
  /** What a browser is told to wait before it connects again. */
  retry: number;
  /** Between two looks whether the key or session that opened the stream is still good. */
  recheck: number;
};

/** Proxies commonly cut a connection that is silent for 30 or 60 seconds. */
export const defaultStreamTimings: StreamTimings = {
  heartbeat: 15_000,
  poll: 5_000,
  retry: 2_000,
  recheck: 1_000,
};

/** Events in one reading of the feed: what a reader that does not read keeps in memory. */
const PAGE = 100;

/**
 * Writes the events behind a position as server-sent events, in order, each once, until the signal. At most
 * one page is read ahead of a slow reader.
 *
 * @throws whatever reading the feed throws; the reader then resumes from the last id it has seen
 */
export async function streamEvents(
  output: Writable,
  options: {
    ports: EventPorts;
    after: number;
    kinds: EventKind[] | null;
    language: Language;
    timings: StreamTimings;
    signal: AbortSignal;
  },
): Promise<void> {
  const { ports, kinds, language, timings, signal } = options;
  let position = options.after;
  let told = position;
  const appended = createNudge();
  const stopListening = ports.onAppended(appended.nudge);
  const heart = setInterval(() => {
    if (output.writableNeedDrain) return;
    output.write(position > told ? `: \nid: ${eventId(position)}\n\n` : ': \n\n');
    told = position;
  }, timings.heartbeat);

  try {
    // The id alone is dispatched to nobody, but a reader that is cut off before its first event resumes here.
    output.write(`retry: ${timings.retry}\nid: ${eventId(position)}\n\n`);
    while (!signal.aborted) {
      appended.forget();
      // With a filter the end of the feed lies behind the last event that passes: what is known to hold
      // nothing for this reader is not read again at every nudge.
      const end = kinds === null ? position : await ports.lastPosition();
      const events = await ports.listEvents({ after: position, kinds, limit: PAGE });
      for (const event of events) {
        if (signal.aborted) return;
        const body = eventBody(event, language);
        const more = output.write(`id: ${body.id}\nevent: ${body.kind}\ndata: ${JSON.stringify(body)}\n\n`);
        position = event.position;
        told = position;
        if (!more) await once(output, 'drain', { signal });
      }
      if (events.length === PAGE) continue;
      position = Math.max(position, end);
      await appended.wait(timings.poll, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heart);
    stopListening();
  }
}

/** A hint that may come while nobody waits: the next wait then ends at once. */
function createNudge() {
  let nudged = false;
  let wake = () => {};
  return {
    nudge: () => {
      nudged = true;
      wake();
    },
    forget: () => {
      nudged = false;
    },
    wait: (longest: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (nudged || signal.aborted) {
          resolve();
          return;
        }
        const timer = setTimeout(done, longest);
        signal.addEventListener('abort', done, { once: true });
        wake = done;
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        }
      }),
  };
}
