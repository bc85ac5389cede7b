import { createBusinessEvents } from '../adapters/telemetry/business-events.ts';
import { createLog } from '../adapters/telemetry/log.ts';
import type { Config } from '../config/config.ts';
import { missingSettings } from '../config/missing-settings.ts';
import { settingNamed } from '../config/settings.ts';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';
import type { OpenGateway } from './open-gateway.ts';
import { type SandboxParts, sandbox } from './sandbox.ts';
import { addServeOptions, type ServeOptions, settingsOf } from './serve-options.ts';

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
  options: ServeOptions,
  context: CommandContext,
  parts: ServeParts,
): Promise<void> {
  const { config, warnings } = loadConfig(context, { envFile: options.dotenv, flags: settingsOf(options) });
  if (!config.metaConfigured && !config.production) {
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
  await stopped;
  await gateway.close();
}

export const defineServe: DefineCommand = (command, context) => {
  addServeOptions(command)
    .option('--roles <list>', 'receive, work, or both with a comma: one of several processes (RECADO_ROLES)')
    .addHelpText(
      'after',
      examples(
        'npx recado serve',
        'npx recado serve --host 127.0.0.1 --port 8001',
        'npx recado serve --roles receive',
        'npx recado serve --set ADMIN_PORT=8001 --set DATABASE_URL=sqlite:./data/other.db',
      ),
    )
    .action(async (options: ServeOptions) => {
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
