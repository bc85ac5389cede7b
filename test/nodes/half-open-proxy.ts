import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a node and its database, and can stop forwarding without closing anything. */
export type HalfOpenProxy = {
  port: number;
  /** From now on nothing passes either way, and nobody is told: as when a cable is pulled. */
  hang(): void;
  /** New connections pass again; those from before stay as dead as they are. */
  mend(): void;
  /** Breaks off every connection; new ones lead elsewhere, as after a failover. */
  leadTo(port: number): void;
  close(): Promise<void>;
};

/** Starts a proxy on a free port of the loopback. */
export async function startHalfOpenProxy(targetPort: number): Promise<HalfOpenProxy> {
  const sockets = new Set<Socket>();
  const state = { hanging: false, port: targetPort };
  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  }

  const server = createServer((near) => {
    keep(near);
    if (state.hanging) {
      near.pause();
      return;
    }
    const far = connect(state.port, '127.0.0.1');
    keep(far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    port: address.port,
    hang() {
      state.hanging = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    mend() {
      state.hanging = false;
    },
    leadTo(port) {
      state.port = port;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
