import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { signBody } from '../whatsapp/signature.ts';

/** What a receiver answered. */
export type Answer = {
  /** Null when nobody answered. */
  status: number | null;
  /** The first 64 KiB of the body. */
  body: string;
  contentType: string | null;
  milliseconds: number;
  /** Why nobody answered; null when somebody did. */
  silence: string | null;
};

/** A webhook receiver, seen as Meta sees it: through its URL alone. */
export type Receiver = {
  /** Meta's GET with these query parameters. */
  shakeHands(parameters: Readonly<Record<string, string>>): Promise<Answer>;
  /** Posts a body with the headers given and no signature of its own. */
  post(body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Answer>;
  /** Posts a body with the signature that Meta gives it. */
  deliver(body: string | Uint8Array): Promise<Answer>;
  /** The signature header of a body, by another secret when one is given. */
  sign(body: Uint8Array, secret?: string): string;
  /** Begins a signed delivery, sends half of it, and hangs up. */
  breakOff(body: string): Promise<void>;
  close(): Promise<void>;
};

const ANSWER_LIMIT = 64 * 1024;

/**
 * The receiver at a URL.
 *
 * @param options.patience how long an answer may take, in milliseconds
 */
export function createReceiver(options: { url: string; appSecret: string; patience: number }): Receiver {
  const { url, appSecret, patience } = options;
  const agent = new Agent({ connections: 64, connect: { timeout: patience } });

  async function ask(target: string | URL, init: Parameters<typeof request>[1]): Promise<Answer> {
    const began = performance.now();
    try {
      const answer = await request(target, {
        ...init,
        dispatcher: agent,
        signal: AbortSignal.timeout(patience),
      });
      const body = await readStart(answer.body);
      const contentType = [answer.headers['content-type'] ?? null].flat()[0] ?? null;
      const milliseconds = performance.now() - began;
      return { status: answer.statusCode, body, contentType, milliseconds, silence: null };
    } catch (error) {
      const milliseconds = performance.now() - began;
      return { status: null, body: '', contentType: null, milliseconds, silence: reasonOf(error, patience) };
    }
  }

  const sign = (body: Uint8Array, secret: string = appSecret): string => signBody(body, secret);

  function post(body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return ask(url, { method: 'POST', headers: { ...standing, ...headers }, body });
  }

  return {
    shakeHands(parameters) {
      const target = new URL(url);
      for (const [name, value] of Object.entries(parameters)) target.searchParams.append(name, value);
      return ask(target, { method: 'GET', headers: { 'user-agent': standing['user-agent'] } });
    },
    post,
    deliver(body) {
      const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
      return post(bytes, { 'x-hub-signature-256': sign(bytes) });
    },
    sign,
    async breakOff(body) {
      const bytes = Buffer.from(body, 'utf8');
      const half = bytes.subarray(0, bytes.length / 2);
      const hangUp = new AbortController();
      async function* begin(): AsyncGenerator<Uint8Array> {
        yield half;
        hangUp.abort();
      }
      await request(url, {
        method: 'POST',
        headers: {
          ...standing,
          'content-length': String(bytes.length),
          'x-hub-signature-256': sign(bytes),
        },
        body: Readable.from(begin()),
        dispatcher: agent,
        signal: AbortSignal.any([hangUp.signal, AbortSignal.timeout(patience)]),
      }).then(
        (answer) => answer.body.dump({ limit: ANSWER_LIMIT }),
        // Hanging up is the point.
        () => {},
      );
    },
    close: () => agent.destroy(),
  };
}

/** Headers of every delivery (meta-facts §2.1). */
const standing = { 'content-type': 'application/json', 'user-agent': 'facebookexternalua' } as const;

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > ANSWER_LIMIT) break;
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, ANSWER_LIMIT);
}

function reasonOf(error: unknown, patience: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${patience / 1000} s`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.message : 'unknown reason';
}
