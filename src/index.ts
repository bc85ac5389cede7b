/**
 * What a program may import as `recado`: a gateway in its own process, and its configuration.
 *
 *   import { createGateway, readConfig } from 'recado';
 *
 *   const reading = readConfig({ environment: process.env, dotenv: null, readFile: (path) => readFileSync(path, 'utf8') });
 *   if (!reading.ok) throw new Error(reading.mistakes.map(mistakeSentence).join('\n'));
 *   const gateway = await createGateway(reading.config);
 *   …
 *   await gateway.close();
 *
 * What is not exported here, or by `recado/webhooks`, `recado/client` and `recado/simulator`, may change any day.
 */
import './runtime/required-node.ts';

export { createGateway, type Gateway, type GatewayOverrides } from './app.ts';
export type { Config } from './config/config.ts';
export type { ConfigSources } from './config/find-values.ts';
export { type Mistake, mistakeSentence } from './config/mistake.ts';
export { type ConfigReading, readConfig } from './config/read-config.ts';
export type { Clock } from './runtime/clock.ts';
export { StartError } from './runtime/start-error.ts';
