import { once } from 'node:events';
import { connect } from 'node:net';

/** An HTTP answer as it came over the wire; header names in lower case, `body` one character a byte. */
export type RawAnswer = { status: number; headers: Record<string, string>; body: string };

/** A TCP connection that sends exactly what it is told, for senders that no HTTP client would be. */
export type RawConnection = {
  /**
   * Writes bytes; text is taken as latin1. True when all were handed over, false when the connection is gone.
   * `deaf`: reads nothing meanwhile, like a client that writes its whole request first.
   */
  send(bytes: string | Uint8Array, options?: { deaf: boolean }): Promise<boolean>;
  /** The next whole answer; rejects when the connection ends before it. `bodiless` for the answer to a HEAD. */
  answer(options?: { bodiless: boolean }): Promise<RawAnswer>;
  /** What arrived and was not taken as an answer yet. */
  pending(): string;
  /** Resolves when the other side has closed. */
  closed: Promise<void>;
  /** Breaks the connection off. */
  abort(): void;
};

/** Connects to a server on 127.0.0.1. */
export async function connectRaw(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  let ended = false;
  let wake = () => {};
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    wake();
  });
  // The server may well reset such a connection.
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    const end = () => {
      ended = true;
      wake();
      resolve();
    };
    socket.on('end', end);
    socket.on('close', end);
  });
  await once(socket, 'connect');

  async function answer(options = { bodiless: false }): Promise<RawAnswer> {
    for (;;) {
      const parsed = parseAnswer(received, options.bodiless);
      if (parsed !== null) {
        received = received.slice(parsed.length);
        return parsed.answer;
      }
      if (ended) throw new Error(`The connection ended without a whole answer: ${JSON.stringify(received)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    send: (bytes, options = { deaf: false }) =>
      new Promise((resolve) => {
        if (options.deaf) socket.pause();
        const sent = (error?: Error | null) => {
          socket.resume();
          // After a turn of the event loop, so that a sender in a loop lets a server in this process read.
          setImmediate(() => resolve(error === undefined || error === null));
        };
        socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, sent);
      }),
    answer,
    pending: () => received,
    closed,
    abort: () => socket.resetAndDestroy(),
  };
}

function parseAnswer(text: string, bodiless: boolean): { answer: RawAnswer; length: number } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const start = end + 4;
  const length = start + (bodiless ? 0 : Number(headers['content-length'] ?? 0));
  if (text.length < length) return null;
  return {
    answer: { status: Number(first.split(' ')[1]), headers, body: text.slice(start, length) },
    length,
  };
}
