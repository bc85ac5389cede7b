import { Agent, request } from 'undici';
import { signBody } from '../../whatsapp/signature.ts';

/** What a receiver answered; `httpStatus` is null when nobody did, and `reason` says why it is no success. */
type WebhookAnswer = { httpStatus: number | null; reason: string | null };

/** What a receiver answered to Meta's GET. `status` is null when nobody did; `body` then says why. */
export type HandshakeAnswer = { ok: boolean; status: number | null; body: string };

/** Speaks to receivers as Meta does: HTTP with a signature, without following redirects. */
export type WebhookClient = {
  post(url: string, bytes: Buffer, secret: string): Promise<WebhookAnswer>;
  /** Meta's GET handshake: ok when answered 200 and the challenge, byte for byte (meta-facts §1). */
  verify(url: string, verifyToken: string, challenge: string): Promise<HandshakeAnswer>;
  /** Breaks off every connection. */
  close(): Promise<void>;
};

/** The most of an answer's body that is read, in bytes. */
const ANSWER_LIMIT = 64 * 1024;

/** @param patience how long a receiver has for its answer, in milliseconds of real time */
export function createWebhookClient(patience: number): WebhookClient {
  const agent = new Agent({
    connections: 64,
    connect: { timeout: patience },
    headersTimeout: patience,
    bodyTimeout: patience,
  });

  async function post(url: string, bytes: Buffer, secret: string): Promise<WebhookAnswer> {
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': signBody(bytes, secret),
        },
        body: bytes,
      });
      await answer.body.dump({ limit: ANSWER_LIMIT });
      return {
        httpStatus: answer.statusCode,
        reason: answer.statusCode === 200 ? null : `The receiver answered ${answer.statusCode}, not 200.`,
      };
    } catch (error) {
      return { httpStatus: null, reason: `Nobody answered: ${reasonOf(error)}` };
    }
  }

  async function verify(url: string, verifyToken: string, challenge: string): Promise<HandshakeAnswer> {
    try {
      const target = new URL(url);
      target.searchParams.append('hub.mode', 'subscribe');
      target.searchParams.append('hub.challenge', challenge);
      target.searchParams.append('hub.verify_token', verifyToken);
      const answer = await request(target, {
        dispatcher: agent,
        headers: { 'user-agent': 'facebookexternalua' },
      });
      const body = await readStart(answer.body);
      return { ok: answer.statusCode === 200 && body === challenge, status: answer.statusCode, body };
    } catch (error) {
      return { ok: false, status: null, body: `Nobody answered: ${reasonOf(error)}` };
    }
  }

  return { post, verify, close: () => agent.destroy() };
}

/** No network at all: everything is acknowledged, and every handshake succeeds. */
export const nobodyBehind: WebhookClient = {
  post: async () => ({ httpStatus: 200, reason: null }),
  verify: async (_url, _verifyToken, challenge) => ({ ok: true, status: 200, body: challenge }),
  close: async () => {},
};

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > ANSWER_LIMIT) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
