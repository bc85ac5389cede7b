import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { webhookServerSettings } from './webhook-route.ts';

/** An HTTP server that closes without cutting off an answer. */
export type GracefulServer = {
  server: Server;
  /**
   * Stops listening, lets requests in flight finish, and closes their connections behind them. After the
   * grace, in milliseconds, what is left is cut off.
   */
  close(grace: number): Promise<void>;
};

/** A server that does not listen yet. */
export function createGracefulServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): GracefulServer {
  let closing = false;
  // Node counts a connection that never carried a request as busy until its headers are overdue; browsers
  // open such connections in advance, and each would hold the end up.
  const unused = new Set<Socket>();
  const unanswered = new Set<ServerResponse>();

  const server = createServer(webhookServerSettings, (request, response) => {
    unused.delete(request.socket);
    unanswered.add(response);
    if (closing) announceEnd(response);
    response.once('close', () => {
      unanswered.delete(response);
      if (closing) server.closeIdleConnections();
    });
    answer(request, response);
  });
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });

  return {
    server,
    async close(grace) {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of unused) socket.destroy();
      for (const response of unanswered) announceEnd(response);
      const cutOff = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/** Tells the client not to send another request on this connection, unless it is too late to say so. */
function announceEnd(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
