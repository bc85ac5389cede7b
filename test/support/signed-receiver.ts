import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { webhookFault } from '../../src/flows/forwarding/standard-webhooks.ts';

/** One signed event as it arrived. */
type ReceivedEvent = {
  id: string;
  headers: IncomingHttpHeaders;
  body: JsonObject;
  /** Why the signature is not believed; null when it is. */
  fault(secret: string): string | null;
};

/** An application of the user's own that a test looks into. */
export type SignedReceiver = {
  url: string;
  received: ReceivedEvent[];
  /** Resolves once so many events have arrived. */
  has(count: number): Promise<void>;
  /** What the next posts are answered, in order; `hang` for never. 204 when all are used up. */
  answerNext(...answers: (number | 'hang')[]): void;
  /** What every other post is answered, by what is in it; 204 until it is said. */
  answerWith(decide: (event: ReceivedEvent) => number): void;
};

/** Starts a receiver of signed events on the loopback; it ends with the test. */
export async function startSignedReceiver(): Promise<SignedReceiver> {
  const answers: (number | 'hang')[] = [];
  let decide: (event: ReceivedEvent) => number = () => 204;
  const received: ReceivedEvent[] = [];
  const watchers = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const header = (name: string) => String(request.headers[name]);
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    const headers = Object.fromEntries(names.map((name) => [name, header(name)]));
    const event: ReceivedEvent = {
      id: header('webhook-id'),
      headers: request.headers,
      body: JSON.parse(bytes.toString()),
      fault: (secret) => webhookFault(bytes, headers, [secret], Date.now()),
    };
    received.push(event);
    for (const watcher of watchers) watcher();
    const answer = answers.shift() ?? decide(event);
    if (answer !== 'hang') response.writeHead(answer, { 'content-type': 'text/plain' }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver listens on no port.');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    has: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    answerNext: (...next) => {
      answers.push(...next);
    },
    answerWith: (next) => {
      decide = next;
    },
  };
}
