import { once } from 'node:events';
import { createServer } from 'node:http';

/** A Graph API that takes its time, so that messages are on their way when something happens. */
export type SlowGraph = {
  /** The base address for a caller of this name. */
  urlFor(caller: string): string;
  /** How many messages of a caller have reached Meta and are not answered yet. */
  unanswered(caller: string): number;
  close(): Promise<void>;
};

/** The longest time before a call is passed on, and before its answer is, in milliseconds. */
const ON_THE_WAY = 300;
const ON_THE_WAY_BACK = 900;

/**
 * Starts a relay before a pretend Graph API. A call that has come in is passed on whatever becomes of who made it, as
 * Meta would.
 *
 * @param random gives numbers from 0 to 1
 */
export async function startSlowGraph(graphUrl: string, random: () => number): Promise<SlowGraph> {
  const unanswered = new Map<string, number>();
  const count = (caller: string, change: number) =>
    unanswered.set(caller, (unanswered.get(caller) ?? 0) + change);

  const server = createServer(async (request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const [, caller = '', ...rest] = (request.url ?? '/').split('/');
      await pause(random() * ON_THE_WAY);
      const answer = await fetch(`${graphUrl}/${rest.join('/')}`, {
        method: request.method ?? 'GET',
        headers: {
          authorization: request.headers.authorization ?? '',
          'content-type': request.headers['content-type'] ?? '',
        },
        ...(request.method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
      });
      const text = await answer.text();
      count(caller, 1);
      await pause(random() * ON_THE_WAY_BACK).finally(() => count(caller, -1));
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(text);
    } catch {
      // Whoever called is gone, or the round is over.
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    urlFor: (caller) => `http://127.0.0.1:${address.port}/${caller}`,
    unanswered: (caller) => unanswered.get(caller) ?? 0,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
