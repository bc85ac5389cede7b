import type { Server } from 'node:http';
import { StartError } from '../runtime/start-error.ts';

/**
 * Begins to listen.
 *
 * @param port 0 for any free one
 * @param settings the names of the settings that host and port come from
 * @returns the port that was taken
 * @throws StartError when the address cannot be used
 */
export async function listenOn(
  server: Server,
  host: string,
  port: number,
  settings: AddressSettings = { host: 'HOST', port: 'PORT' },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(explained(error, host, port, settings));
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function explained(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  settings: AddressSettings,
): Error {
  const explain = explanations[error.code ?? ''];
  if (explain === undefined) return error;
  const { found, remedy } = explain(host, port, settings);
  return new StartError(found, remedy, { cause: error });
}

type AddressSettings = { host: string; port: string };

type Explanation = (
  host: string,
  port: number,
  settings: AddressSettings,
) => { found: string; remedy: string };

const explanations: Record<string, Explanation> = {
  EADDRINUSE: (host, port, settings) => ({
    found: `Port ${port} on ${host} is in use by another program.`,
    remedy: `Stop that program, or take another port: set ${settings.port}=${port + 1} in .env and start again.`,
  }),
  EACCES: (host, port, settings) => ({
    found: `This user may not listen on port ${port} of ${host}.`,
    remedy: `Take a port from 1024 on: set ${settings.port}=8000 in .env and start again.`,
  }),
  EADDRNOTAVAIL: (host, _port, settings) => ({
    found: `This machine has no address ${host}.`,
    remedy: `Set ${settings.host} to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all, and start again.`,
  }),
  ENOTFOUND: (host, _port, settings) => ({
    found: `The name ${host} is not known.`,
    remedy: `Set ${settings.host} to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all, and start again.`,
  }),
};
