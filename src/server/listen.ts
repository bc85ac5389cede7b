import type { Server } from 'node:http';
import { StartError } from '../runtime/start-error.ts';

/**
 * Begins to listen.
 *
 * @param port 0 for any free one
 * @returns the port that was taken
 * @throws StartError when the address cannot be used
 */
export async function listenOn(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(explained(error, host, port));
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const explain = explanations[error.code ?? ''];
  if (explain === undefined) return error;
  const { found, remedy } = explain(host, port);
  return new StartError(found, remedy, { cause: error });
}

type Explanation = (host: string, port: number) => { found: string; remedy: string };

const explanations: Record<string, Explanation> = {
  EADDRINUSE: (host, port) => ({
    found: `Port ${port} on ${host} is in use by another program.`,
    remedy: `Stop that program, or take another port: set PORT=${port + 1} in .env and start again.`,
  }),
  EACCES: (host, port) => ({
    found: `This user may not listen on port ${port} of ${host}.`,
    remedy: 'Take a port from 1024 on: set PORT=8000 in .env and start again.',
  }),
  EADDRNOTAVAIL: (host) => ({
    found: `This machine has no address ${host}.`,
    remedy:
      'Set HOST to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all, and start again.',
  }),
  ENOTFOUND: (host) => ({
    found: `The name ${host} is not known.`,
    remedy:
      'Set HOST to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all, and start again.',
  }),
};
