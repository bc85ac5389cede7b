import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A listening port whose owner may change. */
export type HttpDoor = {
  /** As it can be reached from this machine, without a slash at the end. */
  url: string;
  /** From now on requests go to this handler; null turns them away with 503. */
  serve(handler: RequestHandler | null): void;
  close(): Promise<void>;
};

/** Starts to listen. Throws what `listen` throws, such as EADDRINUSE. */
export async function openHttpDoor(host: string, port: number): Promise<HttpDoor> {
  let handler: RequestHandler | null = null;
  const server = createServer((request, response) => {
    if (handler === null) response.writeHead(503).end();
    else handler(request, response);
  });
  // Longer than any client keeps an idle connection, so that only a test's own switch breaks one.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  return {
    url: urlOf(server.address()),
    serve: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The simulator listens on no port.');
  const { address: host, family, port } = address;
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return family === 'IPv6' ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}
