import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { serve } from './serve.ts';

const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const orders = {
  /** Answers every piece of data without reading it: what is left is the load generator's own limit. */
  sockets: () => {
    const server = createSocketServer({ noDelay: true }, (socket) => {
      socket.on('data', () => socket.write(answer));
      socket.on('error', () => {});
    });
    return listen(server);
  },
  /** A bare handler: answers every request at once and looks at nothing. */
  http: () => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(200, ['Content-Length', '0']);
      response.end();
    });
    server.keepAliveTimeout = 75_000;
    return listen(server);
  },
};

export type NoOpServers = typeof orders;

serve(orders);
