import { createBusinessEvents } from '../adapters/telemetry/business-events.ts';
import { createLog } from '../adapters/telemetry/log.ts';
import type { Config } from '../config/config.ts';
import { missingSettings } from '../config/missing-settings.ts';
import { settingNamed } from '../config/settings.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';
import type { OpenGateway } from './open-gateway.ts';
import { type SandboxParts, sandbox } from './sandbox.ts';
import { addServeOptions, type ServeOptions, settingsOf } from './serve-options.ts';
import { addTunnelOptions, endedByItself } from './tunnel-options.ts';

/** The flags that make what `serve` runs public. */
type ServeTunnelOptions = { tunnel?: boolean; agent?: string; domain?: string; connect?: boolean };

/** What `serve` opens and waits for. Tests give their own. */
export type ServeParts = SandboxParts & {
  openGateway: OpenGateway;
  /** Standard output when left out. */
  writeLog?: (line: string) => void;
};

/**
 * Runs the gateway until it is told to stop. Where nothing of Meta is configured, and this is not production,
 * runs the sandbox instead and says so.
 */
export async function serve(
  options: ServeOptions & ServeTunnelOptions,
  context: CommandContext,
  parts: ServeParts,
): Promise<void> {
  const { config, warnings } = loadConfig(context, { envFile: options.dotenv, flags: settingsOf(options) });
  if (!config.metaConfigured && !config.production) {
    if (options.tunnel === true) {
      throw wrongUsage(
        'Nothing of Meta is configured, and the sandbox is made public by nothing.',
        'Run `npx recado init` first.',
      );
    }
    context.remark(
      'Nothing of Meta is configured, so this is the sandbox. For the real gateway: npx recado init',
    );
    return sandbox(options, context, parts);
  }
  const writeLog = parts.writeLog ?? (options.json === true ? context.remark : undefined);
  const gateway = await parts.openGateway(config, writeLog === undefined ? {} : { writeLog });
  const events = createBusinessEvents(
    createLog({ ...config.log, ...(writeLog === undefined ? {} : { write: writeLog }) }),
  );
  for (const sentence of [...warnings, ...missingSentences(config)]) events.configurationWarning(sentence);
  // Listening for signals first: a script may stop it as soon as it has read the line.
  const stopped = parts.untilStopped();
  if (options.json === true) {
    const { url, adminUrl, webhookUrl } = gateway;
    context.print(JSON.stringify({ url, adminUrl, webhookUrl, pid: process.pid }));
  }
  try {
    const reason =
      options.tunnel === true
        ? await serveTunnel(gateway, config, options, context, stopped)
        : await stopped.then(() => null);
    if (reason !== null) throw endedByItself(reason);
  } finally {
    await gateway.close();
  }
}

/** Keeps a tunnel open to a gateway of this process. The reason when it ended by itself; null when it was told to. */
async function serveTunnel(
  gateway: { url: string; adminUrl: string },
  config: Config,
  options: ServeOptions & ServeTunnelOptions,
  context: CommandContext,
  stopped: Promise<void>,
): Promise<string | null> {
  const { openFor, stayOpen } = await import('./tunnel.ts');
  const opened = await openFor(config, gateway.url, options, context);
  try {
    // What is connected is this very gateway, whatever its port.
    const environment = {
      ...context.environment,
      RECADO_URL: gateway.adminUrl,
      RECADO_ADMIN_KEY: config.adminKey ?? undefined,
    };
    return await stayOpen(opened, config, options, { ...context, environment }, stopped);
  } finally {
    await opened.close();
  }
}

export const defineServe: DefineCommand = (command, context) => {
  addTunnelOptions(addServeOptions(command))
    .option('--tunnel', 'make the webhook address public as well, to try it with Meta: `recado help tunnel`')
    .option('--connect', 'with --tunnel: tell Meta the address at once')
    .option('--roles <list>', 'receive, work, or both with a comma: one of several processes (RECADO_ROLES)')
    .addHelpText(
      'after',
      examples(
        'npx recado serve',
        'npx recado serve --tunnel --connect',
        'npx recado serve --host 127.0.0.1 --port 8001',
        'npx recado serve --roles receive',
        'npx recado serve --set ADMIN_PORT=8001 --set DATABASE_URL=sqlite:./data/other.db',
      ),
    )
    .action(async (options: ServeOptions & ServeTunnelOptions) => {
      const { openGateway, openSandbox } = await import('./open-gateway.ts');
      const { untilStopped } = await import('./until-stopped.ts');
      await serve(options, context, { openGateway, openSandbox, untilStopped });
    });
};

function missingSentences(config: Config): string[] {
  const missing = missingSettings(config);
  return missing.map(({ name, consequence }) => {
    const found = settingNamed(name)?.foundAt;
    const where = found === undefined ? '' : ` Found at: ${found}.`;
    return `${name} is not set. ${consequence} Cure: run \`npx recado init\`, then restart.${where}`;
  });
}
