import type { EventBody } from './generated.ts';
import { RecadoProblem } from './recado-problem.ts';
import { readServerSentEvents } from './server-sent-events.ts';

/** How following goes on when the gateway is away, in milliseconds. */
export type FollowTimings = {
  /** The first wait before connecting again; it doubles up to `longestWait`. */
  firstWait: number;
  longestWait: number;
  /** A stream that is silent for longer is dead: the gateway gives a sign of life every 15 s. */
  silence: number;
};

/** How long to follow, and how. */
export type StreamOptions = {
  /** Ends the stream, without an error. */
  signal?: AbortSignal | undefined;
  timings?: Partial<FollowTimings> | undefined;
};

const defaultTimings: FollowTimings = { firstWait: 250, longestWait: 10_000, silence: 45_000 };

/**
 * Events over every disconnection, each once and in order: a new stream begins behind the last id seen.
 *
 * @param open opens a stream behind an event, or at the end of the feed
 * @throws RecadoProblem when the first stream cannot be opened, and later when it is refused
 */
export async function* followEvents(
  options: StreamOptions & {
    open(after: string | undefined, signal: AbortSignal): Promise<Response>;
    after: string | undefined;
  },
): AsyncGenerator<EventBody, void, undefined> {
  const { open, signal } = options;
  const timings = { ...defaultTimings, ...options.timings };
  let { after } = options;
  let connected = false;
  let wait = timings.firstWait;

  while (!isAborted(signal)) {
    const left = new AbortController();
    const leave = () => left.abort();
    signal?.addEventListener('abort', leave, { once: true });
    try {
      const response = await open(after, left.signal);
      for await (const { id, data } of readServerSentEvents(response.body, timings.silence)) {
        connected = true;
        wait = timings.firstWait;
        after = id ?? after;
        if (data !== null) yield JSON.parse(data);
      }
    } catch (error) {
      if (isAborted(signal)) return;
      const refused = error instanceof RecadoProblem && !mayPass(error);
      if (refused || !connected) throw error;
    } finally {
      signal?.removeEventListener('abort', leave);
      left.abort();
    }
    await pause(wait, signal);
    wait = Math.min(wait * 2, timings.longestWait);
  }
}

/** A function, because the compiler takes what it has seen of a signal for what stays. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function mayPass({ code, status }: RecadoProblem): boolean {
  return code === 'unreachable' || status === 429 || status >= 500;
}

function pause(time: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, time);
    signal?.addEventListener('abort', done, { once: true });
    if (isAborted(signal)) done();
  });
}
