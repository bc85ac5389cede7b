import { resolve } from 'node:path';
import { printable } from '../adapters/telemetry/printable.ts';
import { lostWebhook } from '../sandbox/lost-webhook.ts';
import { readOptionsFile } from '../sandbox/options-file.ts';
import type { AloneOptions } from '../sandbox/run-simulation.ts';
import { sentCode } from '../sandbox/sent-code.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';

/** The flags of `simulate`, as they were written. */
export type SimulateOptions = {
  host?: string;
  port?: string;
  webhook?: string;
  appSecret?: string;
  verifyToken?: string;
  accessToken?: string;
  seed?: string;
  speed?: string;
  batches?: boolean;
  throttle?: boolean;
  config?: string;
  json?: boolean;
};

/** What `simulate` starts and waits for. Tests give their own. */
export type SimulateParts = {
  runSimulation: typeof import('../sandbox/run-simulation.ts').runSimulation;
  untilStopped: () => Promise<void>;
};

const usualPort = 8090;

/** Runs a pretend Meta alone until it is told to stop, and says what to put into the `.env` of a receiver. */
export async function simulate(
  options: SimulateOptions,
  context: CommandContext,
  parts: SimulateParts,
): Promise<void> {
  const json = options.json === true;
  const say = json ? context.remark : context.print;
  const { simulation, handshake } = await parts.runSimulation(readOptions(options, context.folder));
  simulation.subscribe((change) => {
    const line = lostWebhook(change) ?? sentCode(change, simulation.simulator());
    if (line !== null) say(printable(line));
  });
  const { settings, accounts } = simulation.simulator();
  const { graphUrl, controlUrl } = simulation;
  const webhookUrl = accounts.app().subscription.callbackUrl;
  say(banner({ graphUrl, controlUrl, webhookUrl }));
  say(environmentOf(graphUrl, settings));
  if (webhookUrl !== null && handshake?.ok === false) {
    say(
      `\nThe receiver failed Meta's handshake (${handshake.status === null ? 'no answer' : `HTTP ${handshake.status}`}). Webhooks go to it all the same.\nStart it with the lines above at ${webhookUrl}.`,
    );
  }
  const stopped = parts.untilStopped();
  if (json) {
    context.print(JSON.stringify({ graphUrl, controlUrl, webhookUrl, ...settings, pid: process.pid }));
  }
  await stopped;
  await simulation.close();
}

function readOptions(options: SimulateOptions, folder: string): AloneOptions {
  const { host, seed, appSecret, verifyToken, accessToken } = options;
  const configured = options.config === undefined ? {} : readOptionsFile(resolve(folder, options.config));
  return {
    ...configured,
    port: readPort(options.port),
    speed: readSpeed(options.speed),
    webhookUrl: readWebhook(options.webhook) ?? configured.webhookUrl ?? null,
    ...(options.batches === true && { batching: 'elements' }),
    ...(options.throttle === true && { throttling: 'as-meta' }),
    ...(host !== undefined && { host }),
    ...(seed !== undefined && { seed }),
    ...(appSecret !== undefined && { appSecret }),
    ...(verifyToken !== undefined && { verifyToken }),
    ...(accessToken !== undefined && { accessToken }),
  };
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? usualPort : Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw wrongUsage(`--port takes a number from 0 to 65535; found "${text}".`, '0 takes any free port.');
}

function readSpeed(text: string | undefined): number {
  const speed = text === undefined ? 1 : Number(text);
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw wrongUsage(
    `--speed takes a number above 0; found "${text}".`,
    'With 60 an hour goes by in a minute: npx recado simulate --speed 60',
  );
}

function readWebhook(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw wrongUsage(
    `--webhook takes an address that begins with http:// or https://; found "${text}".`,
    'Write it like this: npx recado simulate --webhook http://127.0.0.1:8000/webhooks/whatsapp/',
  );
}

function banner(at: { graphUrl: string; controlUrl: string; webhookUrl: string | null }): string {
  const line = '═'.repeat(72);
  return [
    line,
    '  SIMULATOR: a pretend Meta. Nothing leaves this machine but webhooks to',
    '  the receiver that you name.',
    line,
    `  Graph API  ${at.graphUrl}/v25.0/…`,
    `  Webhooks   ${at.webhookUrl ?? 'go nowhere yet: give --webhook, or call POST /{app}/subscriptions'}`,
    `  Control    ${at.controlUrl}`,
    `             curl ${at.controlUrl}/people -H 'content-type: application/json' \\`,
    `               -d '{"waId": "558587654321", "name": "Ana Souza"}'`,
    `             curl ${at.controlUrl}/people/558587654321/writes \\`,
    `               -H 'content-type: application/json' -d '{"text": "Hi"}'`,
    '  Stop       Ctrl-C',
    line,
  ].join('\n');
}

/** The lines of a receiver's `.env`: Recado reads them as they are. */
function environmentOf(
  graphUrl: string,
  settings: {
    [Name in 'appSecret' | 'verifyToken' | 'accessToken' | 'phoneNumberId' | 'wabaId' | 'appId']: string;
  },
): string {
  return [
    'Put this into the .env of the receiver:',
    '',
    `META_GRAPH_URL=${graphUrl}`,
    `META_WEBHOOK_VERIFY_TOKEN=${settings.verifyToken}`,
    `META_APP_SECRET=${settings.appSecret}`,
    `META_ACCESS_TOKEN=${settings.accessToken}`,
    `META_APP_ID=${settings.appId}`,
    `META_WABA_ID=${settings.wabaId}`,
    `META_PHONE_NUMBER_ID=${settings.phoneNumberId}`,
  ].join('\n');
}

export const defineSimulate: DefineCommand = (command, context) => {
  command
    .option('--port <number>', `port of the Graph API and of the control; ${usualPort} when not told`)
    .option(
      '--host <address>',
      'address to listen on; 127.0.0.1 when not told. The control answers this machine only',
    )
    .option('--webhook <url>', 'where webhooks go: any receiver')
    .option('--app-secret <secret>', 'signs the webhooks')
    .option('--verify-token <token>', 'what the receiver knows in the handshake')
    .option('--access-token <token>', 'what the Graph API accepts')
    .option('--seed <text>', 'the same ids and the same chance in every run')
    .option('--speed <factor>', 'simulated seconds in a real one; 1 when not told')
    .option('--batches', 'several messages and statuses in one webhook, where they come together')
    .option('--throttle', 'limits of calls and messages as Meta has them')
    .option('--config <file>', 'a JSON file with more options of the simulator; flags go before it')
    .option('--json', 'one line of JSON when ready, with all that a receiver needs; the rest goes to stderr')
    .addHelpText(
      'after',
      examples(
        'npx recado simulate --webhook http://127.0.0.1:8000/webhooks/whatsapp/',
        'npx recado simulate --port 0 --seed nightly --speed 3600 --json',
      ),
    )
    .action(async (options: SimulateOptions) => {
      const { runSimulation } = await import('../sandbox/run-simulation.ts');
      const { untilStopped } = await import('./until-stopped.ts');
      await simulate(options, context, { runSimulation, untilStopped });
    });
};
