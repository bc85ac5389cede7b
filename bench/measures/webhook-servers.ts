import { join } from 'node:path';
import type { ExpressTutorial } from '../processes/express-tutorial.ts';
import type { GatewayProcess } from '../processes/gateway.ts';
import type { LoadGenerator } from '../processes/load-generator.ts';
import type { NoOpServers } from '../processes/no-op-servers.ts';
import type { NoStoreServer } from '../processes/no-store-server.ts';
import { type BenchProcess, startProcess } from '../processes/start-process.ts';
import type { BenchRun } from './measure.ts';

/** A server that webhooks are posted to. */
export type WebhookServer = {
  port: number;
  /** Resolves once it has nothing left to do in the background, so that it does not disturb the next one. */
  rest(): Promise<unknown>;
  stop(): Promise<void>;
};

/** The real gateway, in a process of its own. */
export type GatewayUnderTest = WebhookServer & { process: BenchProcess<GatewayProcess> };

/** Starts the load generator. */
export function startLoadGenerator(): BenchProcess<LoadGenerator> {
  return startProcess<LoadGenerator>('load-generator');
}

/** The real gateway on an embedded database of its own. */
export async function startGateway(
  run: BenchRun,
  name: string,
  nodeOptions: string[] = [],
): Promise<GatewayUnderTest & { file: string }> {
  const file = join(run.folder, `${name}.db`);
  return { ...(await startGatewayOn(`sqlite:${file}`, nodeOptions)), file };
}

/** The real gateway on a database, named as DATABASE_URL does. */
export async function startGatewayOn(
  database: string,
  nodeOptions: string[] = [],
): Promise<GatewayUnderTest> {
  const process = startProcess<GatewayProcess>('gateway', nodeOptions);
  const port = await process.order('start', { database });
  return {
    port,
    process,
    rest: () => process.order('drain'),
    async stop() {
      await process.order('close');
      await process.stop();
    },
  };
}

/** The gateway's door, verification and reading, without a store. */
export async function startNoStore(): Promise<WebhookServer> {
  const process = startProcess<NoStoreServer>('no-store-server');
  return withoutRest(process, await process.order('listen'));
}

/** The Express handler of tutorials. */
export async function startExpress(): Promise<WebhookServer> {
  const process = startProcess<ExpressTutorial>('express-tutorial');
  return withoutRest(process, await process.order('listen'));
}

/** A bare node:http handler, or one of sockets that does not even read. */
export async function startNoOp(kind: 'http' | 'sockets'): Promise<WebhookServer> {
  const process = startProcess<NoOpServers>('no-op-servers');
  return withoutRest(process, await process.order(kind));
}

function withoutRest({ stop }: { stop(): Promise<void> }, port: number): WebhookServer {
  return { port, rest: async () => {}, stop };
}
