import { CommanderError } from 'commander';
import { maskErrorMessage } from '../adapters/telemetry/mask.ts';
import { StartError } from '../runtime/start-error.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';

/** An error as it is printed, in words or as JSON. */
type ReportedError = { code: string; message: string; next: string; exitCode: 1 | 2 };

const words = {
  en: { error: 'Error', next: 'Next' },
  'pt-BR': { error: 'Erro', next: 'Próximo passo' },
} as const;

/**
 * Prints an error once: what was found, then the next step; with `json` as one object with `code`, `message` and
 * `next`. Returns the exit code.
 *
 * @param how `command`: its words, such as `keys create`; null when none was recognised
 */
export function reportError(
  error: unknown,
  context: CommandContext,
  how: { command: string | null; json: boolean },
): number {
  // Help that was asked for.
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const { exitCode, ...reported } = reportedError(error, how.command);
  const { code, message, next } = reported;
  const say = words[error instanceof CommandError ? error.language : 'en'];
  context.remark(
    how.json
      ? JSON.stringify({ code, message, next }, null, 2)
      : `${say.error}: ${message}\n${say.next}: ${next}`,
  );
  return exitCode;
}

function reportedError(error: unknown, command: string | null): ReportedError {
  const help = command === null ? 'npx recado --help' : `npx recado ${command} --help`;
  if (error instanceof CommanderError) {
    const code = 'usage-wrong';
    return error.code === 'commander.help'
      ? // A command of several parts was given alone; its help has been printed.
        { code, message: 'Say which of these.', next: `npx recado ${command ?? ''} list`, exitCode: 2 }
      : { code, message: error.message.replace(/^error: /, ''), next: help, exitCode: 2 };
  }
  if (error instanceof CommandError) {
    const { code, message, remedy, exitCode } = error;
    return { code, message, next: remedy ?? help, exitCode };
  }
  if (error instanceof StartError) {
    return { code: 'cannot-start', message: error.message, next: error.remedy, exitCode: 1 };
  }
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'fault',
    message: maskErrorMessage(shown),
    next: 'This is a fault in Recado itself; please report it with the lines above.',
    exitCode: 1,
  };
}
