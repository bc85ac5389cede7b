import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type CommandContext, processContext } from './command-context.ts';
import { commands } from './commands.ts';
import { examples } from './examples.ts';
import { reportError } from './report-error.ts';

/** Of the help where no terminal has a width, in characters. */
const HELP_WIDTH = 80;

/** How long the process may take to end by itself after a command, in milliseconds. */
const LINGERING_TIME = 5_000;

/**
 * Runs one command to its end, however it ends.
 *
 * @param words what stands after `recado` on the command line
 * @returns the exit code: 0 done, 1 it went wrong, 2 the command was given wrongly
 */
export async function main(words: readonly string[], context = processContext()): Promise<number> {
  // A reader that went away (`recado … | head`) is no error.
  process.stdout.on('error', () => undefined);
  const exitCode = await runCommand(words, context);
  setTimeout(() => {
    context.remark('Something is still open after the end; the process is ended.');
    process.exit(exitCode);
  }, LINGERING_TIME).unref();
  return exitCode;
}

/** Runs one command; errors are printed and become the exit code. */
export async function runCommand(words: readonly string[], context: CommandContext): Promise<number> {
  const asked = helpAsOption(words);
  let command = commands.find((entry) => asked.includes(entry.name))?.name ?? null;
  try {
    const program = await createProgram(asked, context);
    command = wordsOf(program, asked) ?? command;
    await program.parseAsync(asked, { from: 'user' });
    return 0;
  } catch (error) {
    return reportError(error, context, { command, json: asked.includes('--json') });
  }
}

/** `help send` is `send --help`, and no word at all asks for the overview. */
function helpAsOption(words: readonly string[]): readonly string[] {
  const about = words[0] === 'help' ? words.slice(1) : words;
  if (about.length === 0) return ['--help'];
  // What is no command is left alone, so that commander says so.
  return about !== words && commands.some(({ name }) => name === about[0]) ? [...about, '--help'] : about;
}

/** The words of the command that was given, such as `settings set`; null when there is none of that name. */
function wordsOf(program: Command, asked: readonly string[]): string | null {
  const [first, second] = asked.filter((word) => !word.startsWith('-'));
  const command = program.commands.find((one) => one.name() === first);
  const part = command?.commands.find((one) => one.name() === second);
  if (command === undefined) return null;
  return part === undefined ? command.name() : `${command.name()} ${part.name()}`;
}

/** The tree of commands; only those named on the command line are loaded. */
async function createProgram(words: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('recado')
    .description('Self-hosted gateway for the WhatsApp Business Cloud API.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.remark(text.trimEnd()),
      getOutHelpWidth: () => (context.terminal ? process.stdout.columns : HELP_WIDTH),
      // Errors are thrown and printed once, by reportError.
      outputError: () => undefined,
    })
    .addHelpText('after', '\n`recado help <command>` says more about a command, with examples.')
    .addHelpText('after', examples('npx recado sandbox', 'npx recado init', 'npx recado serve'));
  // The first word that is no option: a value of an option of the root would be one too, but it has none.
  const asked = words.find((word) => !word.startsWith('-'));
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary).description(`${entry.summary}.`);
    if (entry.name !== asked) continue;
    const define = await entry.load();
    define(command, context);
  }
  return program;
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
