import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Json } from '../../src/domain/json.ts';

/** A receiver of webhooks that a test looks into. */
export type WebhookReceiver = {
  url: string;
  /** What was posted, in the order in which it came. */
  deliveries: { bytes: Buffer; signature: string; body: Json }[];
  /** The challenges that were asked for. */
  handshakes: number;
  /** What a post is answered; 200 when left alone. */
  answerWith(status: number): void;
};

/** Starts a receiver on the loopback that knows one verify token; it ends with the test. */
export async function startWebhookReceiver(verifyToken: string): Promise<WebhookReceiver> {
  let answer = 200;
  const receiver: WebhookReceiver = {
    url: '',
    deliveries: [],
    handshakes: 0,
    answerWith: (status) => {
      answer = status;
    },
  };
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      receiver.handshakes += 1;
      const query = new URL(request.url ?? '', 'http://receiver.invalid').searchParams;
      const known = query.get('hub.verify_token') === verifyToken;
      response.writeHead(known ? 200 : 403).end(known ? query.get('hub.challenge') : 'no');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const signature = String(request.headers['x-hub-signature-256']);
    receiver.deliveries.push({ bytes, signature, body: JSON.parse(bytes.toString()) });
    response.writeHead(answer).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver listens on no port.');
  receiver.url = `http://127.0.0.1:${address.port}/hook`;
  return receiver;
}
