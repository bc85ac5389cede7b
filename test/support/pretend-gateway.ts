import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port of the loopback on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** One request that the pretend gateway got. */
type GatewayCall = {
  method: string;
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: unknown;
};

/** What it answers: a JSON value, or plain text. */
export type GatewayReply = { status: number; body: unknown } | { status: number; text: string };

/** A tiny server in the gateway's place: it notes every call and gives the replies in turn, the last one for ever. */
export async function pretendGateway(replies: readonly GatewayReply[]) {
  const calls: GatewayCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '', headers } = request;
      calls.push({ method, path: url, headers, body: text === '' ? null : JSON.parse(text) });
      const reply = replies[Math.min(calls.length, replies.length) - 1];
      if (reply === undefined) throw new Error('no reply was prepared');
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end('text' in reply ? reply.text : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, calls };
}
