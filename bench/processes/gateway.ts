import { createGateway, type Gateway } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { gatewayEnvironment } from '../gateway-environment.ts';
import { type LongestBlock, watchLoop } from './loop-watch.ts';
import { residentMegabytes, serve } from './serve.ts';

let gateway: Gateway | null = null;
let endWatch: (() => LongestBlock) | null = null;

const orders = {
  /** Starts the real gateway on a database, named as DATABASE_URL does. Gives its port. */
  async start(options: { database: string; graphUrl?: string }): Promise<number> {
    const reading = readConfig({
      environment: gatewayEnvironment(options),
      dotenv: null,
      readFile: () => '',
    });
    if (!reading.ok) throw new Error(JSON.stringify(reading.mistakes));
    gateway = await createGateway(reading.config);
    return Number(new URL(gateway.url).port);
  },
  drain: async () => gateway?.drain(),
  watchLoop(): void {
    endWatch = watchLoop();
  },
  /** Ends the watch. */
  longestBlock(): LongestBlock {
    if (endWatch === null) throw new Error('Nobody watches the event loop.');
    return endWatch();
  },
  memory: () => residentMegabytes(),
  close: async () => gateway?.close(),
};

export type GatewayProcess = typeof orders;

serve(orders);
