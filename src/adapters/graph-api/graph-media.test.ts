import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createGraphApi } from './graph-api.ts';

const signal = new AbortController().signal;

/** A server that answers everything as it is told, and remembers what was asked. */
async function startServer(status: number, headers: Record<string, string> = {}) {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    response.writeHead(status, headers).end('bytes');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}` };
}

function graphAt(baseUrl: string) {
  const graph = createGraphApi({ baseUrl, version: 'v25.0' });
  onTestFinished(() => graph.close());
  return graph.media;
}

it('brings the access token to the Graph API’s own origin', async () => {
  const server = await startServer(200);
  const download = await graphAt(server.url).download({
    url: `${server.url}/file?a=1`,
    accessToken: 'EAA',
    signal,
  });
  expect(download.got).toBe('bytes');
  const parts: Uint8Array[] = [];
  if (download.got === 'bytes') for await (const part of download.bytes) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('bytes');
  expect(server.asked).toEqual([{ path: '/file?a=1', authorization: 'Bearer EAA' }]);
});

it.each([
  ['http elsewhere', (url: string) => url.replace('127.0.0.1', 'localhost'), 'not https'],
  ['this very machine', () => 'https://127.0.0.1:1/file', 'forbidden: 127.0.0.1 is this very machine'],
  ['a name of this machine', () => 'https://localhost:1/file', 'forbidden'],
  ['where clouds keep their secrets', () => 'https://169.254.169.254/latest', 'forbidden'],
  ['a private network', () => 'https://[::ffff:10.0.0.1]/', 'forbidden'],
  ['a file of this machine', () => 'file:///etc/passwd', 'not https'],
  ['no address', () => '//', 'not https'],
])('brings it nowhere else: %s', async (_, addressFor, reason) => {
  const server = await startServer(200);
  const url = addressFor(server.url);
  const download = await graphAt(server.url).download({ url, accessToken: 'EAA', signal });
  expect(download).toEqual({ got: 'nothing', reason: expect.stringContaining(reason) });
  expect(server.asked).toEqual([]);
});

it('follows no redirect, and says what the file server answered', async () => {
  const target = await startServer(200);
  const server = await startServer(302, { location: target.url });
  const download = await graphAt(server.url).download({ url: server.url, accessToken: 'EAA', signal });
  expect(download).toEqual({ got: 'nothing', reason: 'Meta’s file server answered HTTP 302' });
  expect(target.asked).toEqual([]);
});
