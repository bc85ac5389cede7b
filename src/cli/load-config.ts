import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { type Mistake, mistakeParagraph } from '../config/mistake.ts';
import { type ConfigReading, readConfig } from '../config/read-config.ts';
import type { SettingName } from '../config/settings.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, errorCode } from './command-error.ts';
import { readSettingFile } from './read-setting-file.ts';

/** What a command wants of the configuration. */
export type LoadOptions = {
  /** `.env` when left out. One that is named must exist. */
  envFile?: string | undefined;
  /** Flags by the setting's name. */
  flags?: Readonly<Record<string, string | undefined>>;
  defaults?: Partial<Record<SettingName, string>>;
  /** Settings to look at; all when left out. */
  only?: readonly SettingName[];
};

/**
 * The configuration from flags, process environment and `.env` of the working folder, with warnings.
 *
 * @throws CommandError with every mistake and warning at once
 */
export function loadConfig(
  context: CommandContext,
  options: LoadOptions = {},
): { config: Config; warnings: string[] } {
  const reading = readAll(context, options);
  if (reading.ok) return { config: reading.config, warnings: reading.warnings };
  const { mistakes, warnings } = reading;
  const count = mistakes.length === 1 ? 'One mistake' : `${mistakes.length} mistakes`;
  throw new CommandError(
    [
      `${count} in the configuration.`,
      ...mistakes.map(mistakeParagraph),
      ...warnings.map((sentence) => `Warning: ${sentence}`),
    ]
      .join('\n\n')
      .concat('\n'),
    'Correct this and run the command again.',
    { code: 'configuration-wrong' },
  );
}

/** The configuration, or everything that is wrong with it. */
export function mistakesOrConfig(context: CommandContext): { config: Config } | { mistakes: Mistake[] } {
  const reading = readAll(context, {});
  return reading.ok ? { config: reading.config } : { mistakes: reading.mistakes };
}

function readAll(context: CommandContext, { envFile, ...options }: LoadOptions): ConfigReading {
  return readConfig({
    environment: context.environment,
    dotenv: readEnvFile(context.folder, envFile),
    readFile: (path) => readSettingFile(resolve(context.folder, path)),
    terminal: context.terminal,
    ...options,
  });
}

/** The text of `.env`; null when there is none. @throws CommandError when it cannot be read */
function readEnvFile(folder: string, envFile: string | undefined): string | null {
  const path = resolve(folder, envFile ?? '.env');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && envFile === undefined) return null;
    throw new CommandError(
      `${path} cannot be read (${code ?? 'unknown reason'}).`,
      'Check that it is a file and that you may read it.',
      { cause: error },
    );
  }
}
