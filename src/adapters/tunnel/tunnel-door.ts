import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** The paths that a tunnel lets through: nothing else of Recado is meant for everybody. */
const openPaths: readonly string[] = ['/webhooks/whatsapp', '/webhooks/whatsapp/'];

/** How long the gateway may take to answer, in milliseconds. */
const PATIENCE = 30_000;

/** The most connections at once. */
const CONNECTIONS = 256;

/** Headers that belong to one connection (RFC 9110 §7.6.1), and are not passed on. */
const hopByHop: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** A door of this machine behind which is the webhook address alone. */
export type TunnelDoor = {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  close(): Promise<void>;
};

/**
 * Opens a door on a free port of the loopback that passes the webhook path on to the gateway, byte for byte, and
 * answers everything else with 404: what a tunnel makes public is this door, and never the API.
 */
export async function openTunnelDoor(gatewayUrl: string): Promise<TunnelDoor> {
  const server = createServer((incoming, response) => {
    // A connection may break at any time; the end of the response sees to it.
    incoming.on('error', ignore);
    response.on('error', ignore);
    const path = incoming.url?.split('?', 1)[0] ?? '';
    if (!openPaths.includes(path))
      return refuse(incoming, response, 404, 'This tunnel leads to the webhook address alone.');
    if (incoming.method !== 'GET' && incoming.method !== 'POST') {
      return refuse(incoming, response, 405, 'Only GET and POST are passed on.');
    }
    passOn(incoming, response, gatewayUrl);
  });
  server.maxConnections = CONNECTIONS;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(incoming: IncomingMessage, response: ServerResponse, gatewayUrl: string): void {
  const target = new URL(gatewayUrl);
  const outgoing = forward(
    {
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      headers: withoutHopByHop(incoming.rawHeaders),
      timeout: PATIENCE,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.rawHeaders));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  outgoing.on('timeout', () => outgoing.destroy());
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy();
    // Meta tries a 503 again; nothing is lost meanwhile.
    else refuse(incoming, response, 503, 'The gateway does not answer.');
  });
  response.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** Pairs of name and value, doubled ones kept, as `rawHeaders` has them. */
function withoutHopByHop(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    if (!hopByHop.includes(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

function refuse(incoming: IncomingMessage, response: ServerResponse, status: number, sentence: string): void {
  incoming.unpipe();
  incoming.resume();
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(`${sentence}\n`);
}

function ignore(): void {}
