import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One Graph API in front of several pretend Metas, each for its own business phone. */
export type GraphRelay = {
  url: string;
  /** From now on calls about this business phone go to that Graph API. */
  serve(phoneNumberId: string, graphUrl: string): void;
};

/** Starts a relay on the loopback; it ends with the test. */
export async function startGraphRelay(): Promise<GraphRelay> {
  const targets = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = targets.get((request.url ?? '').split('/')[2] ?? '');
    if (target === undefined) {
      response.writeHead(404).end();
      return;
    }
    const answer = await fetch(target + request.url, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    serve: (phoneNumberId, graphUrl) => targets.set(phoneNumberId, graphUrl),
  };
}
