import { createClient, ErrorReply } from '@redis/client';
import type { Delivery } from '../../flows/forwarding/delivery.ts';
import type { Destination } from '../../flows/forwarding/destination.ts';
import { brokerAnswered, brokerTimeouts, brokerUnanswered, TooLate, withinTime } from './broker-result.ts';

/** A connection. */
type Line = { append(fields: Record<string, string | Buffer>): Promise<string>; cut(): void };

/** Which stream, and about how many entries it keeps; null for all. */
type Stream = { name: string; length: number | null };

/**
 * Appends deliveries to a stream of Redis: one entry each, with the headers of the delivery and `body` as fields. Taken
 * is what Redis has answered; whether it survives a loss of power is decided by its `appendfsync`.
 *
 * @param address `redis://user:password@host:6379/0?stream=name`, with `&length=100000` to keep about so many entries;
 *   without it the stream grows until somebody trims it
 * @throws TypeError for an address without a stream
 */
export function createRedisDestination(address: string, timeouts = brokerTimeouts): Destination {
  const { stream, server } = readRedisAddress(address);
  let current: Promise<Line> | null = null;

  function line(): Promise<Line> {
    if (current !== null) return current;
    const opening = openLine(server, stream, timeouts.connect, () => {
      if (current === opening) current = null;
    });
    current = opening;
    return opening;
  }

  /** @returns the id of the entry */
  async function append({ headers, body }: Delivery, signal?: AbortSignal): Promise<string> {
    const { append, cut } = await withinTime(line(), {
      time: timeouts.connect,
      awaited: 'connection',
      signal,
    });
    try {
      const entry = append({ ...headers, body: Buffer.from(body) });
      return await withinTime(entry, { time: timeouts.confirm, awaited: 'confirmation', signal });
    } catch (error) {
      if (error instanceof TooLate) cut();
      throw error;
    }
  }

  return {
    async deliver(delivery, signal) {
      const began = performance.now();
      const took = () => Math.round(performance.now() - began);
      try {
        return brokerAnswered(200, await append(delivery, signal), took());
      } catch (error) {
        if (!(error instanceof ErrorReply)) return brokerUnanswered(error, took());
        const isForbidden = /^(NOAUTH|WRONGPASS|NOPERM)\b/.test(error.message);
        return brokerAnswered(isForbidden ? 403 : 500, error.message, took());
      }
    },
    async close() {
      const open = await current?.catch(() => null);
      current = null;
      open?.cut();
    },
  };
}

/** @param ended is called once nothing can be appended on it any more, also when it was never opened */
async function openLine(server: string, stream: Stream, time: number, ended: () => void): Promise<Line> {
  const client = createClient({
    url: server,
    // What old servers and those of other makers speak too.
    RESP: 2,
    // Whether and when to try again is decided by whoever delivers.
    disableOfflineQueue: true,
    socket: { connectTimeout: time, reconnectStrategy: false },
  });
  // Without a listener an error would end the process; whoever waits for an answer hears of it by that.
  client.on('error', ended);
  const cut = () => {
    ended();
    client.destroy();
  };
  try {
    await withinTime(client.connect(), { time, awaited: 'connection' });
  } catch (error) {
    cut();
    throw error;
  }
  const { length } = stream;
  const trim =
    length === null
      ? {}
      : { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: length } as const };
  return { append: async (fields) => String(await client.xAdd(stream.name, '*', fields, trim)), cut };
}

/** @throws TypeError for an address that names no stream */
function readRedisAddress(address: string): { stream: Stream; server: string } {
  const url = new URL(address);
  const name = url.searchParams.get('stream');
  const length = url.searchParams.get('length');
  const isLength = length === null || /^[1-9]\d{0,11}$/.test(length);
  if (name === null || name === '' || !isLength || !/^\/?\d{0,4}$/.test(url.pathname)) {
    throw new TypeError(
      'An address of Redis ends with the number of its database, ?stream=name and, to keep about so many entries, &length=100000.',
    );
  }
  url.search = '';
  return { stream: { name, length: length === null ? null : Number(length) }, server: url.href };
}
