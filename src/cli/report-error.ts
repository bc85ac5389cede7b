import { CommanderError } from 'commander';
import { maskErrorMessage } from '../adapters/telemetry/mask.ts';
import { StartError } from '../runtime/start-error.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';

/** Prints an error once: what was found, then the next step. Returns the exit code. */
export function reportError(error: unknown, context: CommandContext, command: string | null): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') {
      // A command of several parts was given alone; its help has been printed.
      context.remark(`Error: Say which of these.\nNext: npx recado ${command ?? ''} list`);
      return 2;
    }
    const help = command === null ? 'npx recado --help' : `npx recado ${command} --help`;
    context.remark(`Error: ${error.message.replace(/^error: /, '')}\nNext: ${help}`);
    return 2;
  }
  if (error instanceof CommandError || error instanceof StartError) {
    context.remark(`Error: ${error.message}\nNext: ${error.remedy}`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.remark(
    `Error: ${maskErrorMessage(shown)}\nNext: This is a fault in Recado itself; please report it with the lines above.`,
  );
  return 1;
}
