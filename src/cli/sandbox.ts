import { resolve } from 'node:path';
import type { SettingName } from '../config/settings.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { loadConfig } from './load-config.ts';
import type { OpenSandbox, PretendMeta } from './open-gateway.ts';
import { addServeOptions, namesSet, type ServeOptions, settingsOf } from './serve-options.ts';

/** What `sandbox` opens and waits for. Tests give their own. */
export type SandboxParts = { openSandbox: OpenSandbox; untilStopped: () => Promise<void> };

/** All that the sandbox is told. The real secrets and the real database are none of its business. */
const sandboxSettings: readonly SettingName[] = [
  'HOST',
  'PORT',
  'ADMIN_PORT',
  'ADMIN_HOST',
  'RATE_LIMIT',
  'RECADO_ADMIN_KEY',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_PERSONAL_DATA',
  'NODE_ENV',
];

/** The flags of `sandbox`: those of `serve`, and how the pretend Meta is. */
export type SandboxOptions = ServeOptions & { throttle?: boolean; config?: string };

/** Runs the sandbox until it is told to stop: gateway, pretend Meta and page in one process. */
export async function sandbox(
  options: SandboxOptions,
  context: CommandContext,
  parts: SandboxParts,
): Promise<void> {
  refuseUnread(options);
  const { config } = loadConfig(
    { ...context, terminal: true },
    {
      envFile: options.dotenv,
      flags: settingsOf(options),
      only: sandboxSettings,
      defaults: { HOST: '127.0.0.1', DATABASE_URL: 'sqlite:./data/sandbox.db' },
    },
  );
  const json = options.json === true;
  const opened = await parts.openSandbox(config, {
    ...(json && { writeLog: context.remark }),
    simulator: await pretendMetaOf(options, context.folder),
  });
  // Standard output stays pure JSON where that was asked for.
  const say = json || config.log.format === 'json' ? context.remark : context.print;
  say(banner(opened));
  // Listening for signals first: a script may stop it as soon as it has read the line.
  const stopped = parts.untilStopped();
  if (json) {
    const { url: adminUrl, webhookUrl, graphUrl } = opened;
    const { origin: url } = new URL(webhookUrl);
    context.print(JSON.stringify({ url, adminUrl, webhookUrl, graphUrl, pid: process.pid }));
  }
  await stopped;
  await opened.close();
}

async function pretendMetaOf({ config, throttle }: SandboxOptions, folder: string): Promise<PretendMeta> {
  const { readOptionsFile } = await import('../sandbox/options-file.ts');
  return {
    ...(config !== undefined && readOptionsFile(resolve(folder, config))),
    ...(throttle === true && { throttling: 'as-meta' }),
  };
}

/** @throws CommandError when `--set` names what the sandbox does not read, so that nothing is silently ignored */
function refuseUnread(options: ServeOptions): void {
  const unread = namesSet(options).find((name) => !sandboxSettings.some((known) => known === name));
  if (unread === undefined) return;
  throw wrongUsage(
    `The sandbox does not read ${unread}; it has a database, secrets and a Meta of its own.`,
    `Leave it out. The sandbox reads ${sandboxSettings.join(', ')}.`,
  );
}

function banner(opened: { url: string; graphUrl: string }): string {
  const line = '═'.repeat(72);
  return [
    line,
    '  SANDBOX: nothing leaves this machine. Meta and the phone are pretended.',
    line,
    `  Open      ${opened.url}`,
    '            and write "Hi" on the phone.',
    '  Answer    npx recado send --to 558587654321 --text "Hello from Recado"',
    `  Meta      is pretended at ${opened.graphUrl}`,
    '  For real  npx recado init',
    '  Stop      Ctrl-C',
    line,
  ].join('\n');
}

export const defineSandbox: DefineCommand = (command, context) => {
  addServeOptions(command)
    .option('--throttle', 'the pretend Meta has limits of calls and messages as Meta has them')
    .option('--config <file>', 'a JSON file with more options of the pretend Meta, as `simulate` takes it')
    .addHelpText(
      'after',
      examples('npx recado sandbox', 'npx recado sandbox --port 8001', 'npx recado sandbox --throttle'),
    )
    .action(async (options: SandboxOptions) => {
      const { openSandbox } = await import('./open-gateway.ts');
      const { untilStopped } = await import('./until-stopped.ts');
      await sandbox(options, context, { openSandbox, untilStopped });
    });
};
