import type { Command } from 'commander';
import { nearestName } from '../config/nearest-name.ts';
import { settingNamed, settings } from '../config/settings.ts';
import { wrongUsage } from './command-error.ts';

/** The flags of `serve` and `sandbox`. */
export type ServeOptions = {
  host?: string;
  port?: string;
  dotenv?: string;
  roles?: string;
  logLevel?: string;
  logFormat?: string;
  /** Each `NAME=value`. */
  set?: string[];
  /** One line of JSON on the standard output once it is ready; the log goes to the error output. */
  json?: boolean;
};

/**
 * Adds the flags of `serve` and `sandbox` to a command. The file has no flag `--env-file`, because Node takes that
 * one for itself wherever it stands, and ends when the file is missing (tried with Node 26.8).
 */
export function addServeOptions(command: Command): Command {
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  return command
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .option('--dotenv <file>', 'read this file instead of .env')
    .option('--log-level <level>', 'debug, info, warn or error (LOG_LEVEL)')
    .option('--log-format <format>', 'pretty or json (LOG_FORMAT)')
    .option('--set <NAME=value>', 'any setting that is no secret, beating .env; repeat it', collect)
    .option('--json', 'one line of JSON when ready: url, adminUrl, webhookUrl, pid; the log goes to stderr');
}

/**
 * Flags by the name of the setting that they set.
 *
 * @throws CommandError when `--set` names no setting, a secret, or one that is given twice
 */
export function settingsOf({
  host,
  port,
  roles,
  logLevel,
  logFormat,
  set = [],
}: ServeOptions): Record<string, string | undefined> {
  const flags: Record<string, string | undefined> = {
    HOST: host,
    PORT: port,
    RECADO_ROLES: roles,
    LOG_LEVEL: logLevel,
    LOG_FORMAT: logFormat,
  };
  for (const text of set) {
    const { name, value } = readSet(text);
    if (flags[name] !== undefined) {
      throw wrongUsage(`${name} is given twice on the command line.`, 'Give it once.');
    }
    flags[name] = value;
  }
  return flags;
}

/** The names of settings that `--set` gives, without the `_FILE` of those that come from a file. */
export function namesSet({ set = [] }: ServeOptions): string[] {
  return set.map((text) => readSet(text).name.replace(/_FILE$/, ''));
}

/** One `NAME=value`, or `NAME_FILE=path`. */
function readSet(text: string): { name: string; value: string } {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const setting = settingNamed(name.replace(/_FILE$/, ''));
  if (setting === null) {
    const near = nearestName(
      name,
      settings.map((one) => one.name),
      1,
    );
    throw wrongUsage(
      `--set takes NAME=value with the name of a setting. ${JSON.stringify(name)} is none.`,
      near === null ? 'docs/configuration.md lists every setting.' : `Did you mean ${near}?`,
    );
  }
  if (equals === -1 || equals === text.length - 1) {
    throw wrongUsage(`--set ${name} has no value.`, `Write --set ${name}=${setting.example}`);
  }
  if (setting.secret && name === setting.name) {
    throw wrongUsage(
      `${name} is a secret and is not taken from the command line, which \`ps\` shows to every user of this machine.`,
      `Put it into .env, or into a file of its own: --set ${name}_FILE=/path/of/the/file`,
    );
  }
  return { name, value: text.slice(equals + 1) };
}
