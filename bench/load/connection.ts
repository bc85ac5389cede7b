import { connect } from 'node:net';
import { createResponseParser } from './response-parser.ts';

/** A kept connection that carries one request at a time. */
export type Connection = {
  /** Writes a request; `answered` gets the status, 0 when the connection broke. */
  send(request: Buffer, answered: (status: number) => void): void;
  close(): void;
};

/** Opens so many connections to a port of this machine. */
export async function openConnections(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => openConnection(port)));
}

function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const ignore = () => {};
    let waiting: (status: number) => void = ignore;
    const answer = (status: number) => {
      const answered = waiting;
      waiting = ignore;
      answered(status);
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.on('data', createResponseParser(answer));
    socket.on('error', reject);
    socket.on('close', () => answer(0));
    socket.on('connect', () =>
      resolve({
        send(request, answered) {
          waiting = answered;
          if (socket.writable) socket.write(request);
          else answer(0);
        },
        close: () => socket.destroy(),
      }),
    );
  });
}
