import { printable } from '../adapters/telemetry/printable.ts';
import { checkNames } from '../domain/check.ts';
import type { Language } from '../domain/language.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { chainSchema, chainWords, describeChain, fixOf, nameOf, type ShownChain } from './describe-chain.ts';
import { examples } from './examples.ts';
import { callGateway, findGateway, type GatewayAddress } from './gateway-client.ts';
import { languageOf } from './language.ts';
import { mistakesOrConfig } from './load-config.ts';
import { qrLines } from './qr-code.ts';
import { readAnswer } from './read-answer.ts';

/** The flags of `doctor`. */
export type DoctorOptions = {
  only?: string[];
  fix?: boolean;
  dryRun?: boolean;
  offline?: boolean;
  message?: boolean;
  language?: string;
  json?: boolean;
};

/** What a fix runs its commands with. Tests give their own. */
export type RunWords = (words: readonly string[], context: CommandContext) => Promise<number>;

/** A run takes a minute at most, and its answer some moments more. */
const PATIENCE = 90_000;

/** Each fix cures one link; more than these in a row lead nowhere. */
const MOST_FIXES = 6;

/**
 * Looks at the chain and prints it. With `fix` it first runs what the cure of the first red link says, as long as
 * that helps.
 *
 * @throws CommandError when a link is red: exit code 1
 */
export async function doctor(
  options: DoctorOptions,
  context: CommandContext,
  runWords: RunWords,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  const language = languageOf(context, options.language);
  if (options.offline === true) {
    if (options.fix === true || options.message === true || options.only !== undefined) {
      throw wrongUsage(
        '--offline looks at the configuration and the database alone, and fixes nothing.',
        'Leave out --fix, --message and --only, or start the gateway and leave out --offline.',
      );
    }
    return end(await lookOffline(context, language), options, language, context);
  }
  if (options.dryRun === true && options.fix !== true) {
    throw wrongUsage('--dry-run belongs to --fix.', 'Give both: npx recado doctor --fix --dry-run');
  }
  const only = options.only === undefined ? undefined : namesIn(options.only);
  const gateway = { ...findGateway(context), language };
  const look = () => lookAt(gateway, only, options, context);
  let chain = await look();
  if (options.dryRun === true) await rehearse(chain, options, language, context, runWords);
  else if (options.fix === true) chain = await fixed(chain, look, options, language, context, runWords);
  if (options.message === true) chain = await awaitMessage(chain, gateway, options, context, pause);
  end(chain, options, language, context);
}

async function lookAt(
  gateway: GatewayAddress,
  only: readonly string[] | undefined,
  { json }: DoctorOptions,
  context: CommandContext,
  alone = false,
): Promise<ShownChain> {
  const body = only === undefined ? {} : { only: [...only], alone };
  const answer = await callGateway(gateway, '/v1/doctor/run', {
    method: 'POST',
    body,
    patience: PATIENCE,
  }).catch((error: unknown) => {
    if (!(error instanceof CommandError) || error.code !== 'gateway-unreachable') throw error;
    const remedy = `${error.remedy ?? ''} What keeps it from starting: npx recado doctor --offline`.trim();
    throw new CommandError(error.message, remedy, { cause: error, code: error.code });
  });
  return readAnswer(answer, chainSchema, { json: json === true, context });
}

async function lookOffline(context: CommandContext, language: Language): Promise<ShownChain> {
  const { inspectOffline } = await import('../offline.ts');
  return chainSchema.parse(await inspectOffline(mistakesOrConfig(context), language));
}

/** How long a person has to send the message, and how often it is looked for, in milliseconds. */
const MESSAGE_PATIENCE = 5 * 60_000;
const MESSAGE_PAUSE = 2_000;

/** Shows where to send the message, and waits until its reply is delivered; not while a link before it is red. */
async function awaitMessage(
  begun: ShownChain,
  gateway: GatewayAddress,
  options: DoctorOptions,
  context: CommandContext,
  pause: (milliseconds: number) => Promise<unknown>,
): Promise<ShownChain> {
  const names = ['message', 'reply'];
  let chain = begun;
  const open = () =>
    chain.checks.filter(
      ({ check, verdict, reason }) => names.includes(check) && verdict === 'unknown' && reason !== 'blocked',
    );
  for (const { found, cure } of open()) {
    const link = /https:\/\/wa\.me\/\S+/.exec(cure[0]?.text ?? '')?.[0];
    if (link === undefined) continue;
    context.remark(printable(found));
    for (const line of [...(qrLines(link) ?? []), link]) context.remark(line);
  }
  for (let waited = 0; waited < MESSAGE_PATIENCE && open().length > 0; waited += MESSAGE_PAUSE) {
    await pause(MESSAGE_PAUSE);
    // The message is also what proves that the app is live.
    const seen = await lookAt(gateway, ['app-live', ...names], options, context, true);
    const now = new Map(seen.checks.map((check) => [`${check.check} ${check.subject}`, check]));
    const checks = chain.checks.map((check) => now.get(`${check.check} ${check.subject}`) ?? check);
    chain = { ...chain, checks, verdict: verdictOf(checks) };
    if (checks.some(({ check, verdict }) => names.includes(check) && verdict === 'red')) return chain;
  }
  return chain;
}

function verdictOf(checks: ShownChain['checks']): ShownChain['verdict'] {
  if (checks.some(({ verdict }) => verdict === 'red')) return 'red';
  return checks.every(({ verdict }) => verdict === 'green') ? 'green' : 'unknown';
}

/** Cures one red link after the other, while there is a command for it and it helps. */
async function fixed(
  begun: ShownChain,
  look: () => Promise<ShownChain>,
  options: DoctorOptions,
  language: Language,
  context: CommandContext,
  runWords: RunWords,
): Promise<ShownChain> {
  let chain = begun;
  const tried = new Set<string>();
  for (let count = 0; count < MOST_FIXES; count += 1) {
    const red = chain.checks.find(({ verdict }) => verdict === 'red');
    const commands = red === undefined ? null : fixOf(red);
    const key = `${red?.check} ${red?.subject} ${red?.reason}`;
    if (red === undefined || commands === null || tried.has(key)) return chain;
    tried.add(key);
    const quiet: CommandContext = options.json === true ? { ...context, print: context.remark } : context;
    for (const words of commands) {
      context.remark(
        `${chainWords[language].broken(printable(nameOf(chain)(red)))} → npx recado ${words.join(' ')}`,
      );
      if ((await runWords(words, quiet)) !== 0) return look();
    }
    chain = await look();
  }
  return chain;
}

/** Shows what a fix would begin with, and changes nothing. */
async function rehearse(
  chain: ShownChain,
  options: DoctorOptions,
  language: Language,
  context: CommandContext,
  runWords: RunWords,
): Promise<void> {
  const red = chain.checks.find(({ verdict }) => verdict === 'red');
  if (red === undefined) return;
  const title = printable(nameOf(chain)(red));
  const commands = fixOf(red);
  if (commands === null) return context.remark(chainWords[language].notFixable(title));
  const quiet: CommandContext = options.json === true ? { ...context, print: context.remark } : context;
  for (const [name = '', ...words] of commands) {
    context.remark(chainWords[language].wouldRun(title, `npx recado ${[name, ...words].join(' ')}`));
    // The only one of them that may change more than what is red; it shows its plan itself.
    if (name === 'connect') {
      await runWords([name, ...words.filter((word) => word !== '--yes'), '--dry-run'], quiet);
    }
  }
}

/** Prints the chain. @throws CommandError when a link is red */
function end(chain: ShownChain, options: DoctorOptions, language: Language, context: CommandContext): void {
  if (options.json === true) context.print(JSON.stringify(chain, null, 2));
  else for (const line of describeChain(chain, language)) context.print(line);
  const red = chain.checks.find(({ verdict }) => verdict === 'red');
  if (red === undefined) return;
  const [step] = red.cure;
  const next = [step?.text, step?.run ?? step?.set].filter((part) => part !== undefined && part !== null);
  throw new CommandError(
    chainWords[language].broken(printable(nameOf(chain)(red))),
    next.length === 0 ? 'npx recado doctor' : printable(next.join(' ')),
    { code: 'doctor-red', language },
  );
}

/** @throws CommandError when one is no check */
function namesIn(only: readonly string[]): readonly string[] {
  const names = only.flatMap((text) => text.split(',')).map((name) => name.trim());
  const strange = names.find((name) => !checkNames.some((known) => known === name));
  if (strange === undefined) return names;
  throw wrongUsage(
    `--only takes names of checks; ${JSON.stringify(printable(strange))} is none.`,
    `Choose of: ${checkNames.join(', ')}.`,
  );
}

export const defineDoctor: DefineCommand = (command, context) => {
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  command
    .option('--only <checks>', 'these checks, separated by commas, and those that they need', collect)
    .option('--fix', 'run the commands that cure the first red link, as long as that helps')
    .option('--dry-run', 'with --fix: show what it would begin with, and change nothing')
    .option(
      '--message',
      'show a code to send from a phone, and wait until it has arrived and the reply is delivered',
    )
    .option('--offline', 'look at the configuration and the database, while no gateway runs')
    .option('--language <language>', 'en or pt-BR')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      `\nThe chain, in order: ${wrapped(checkNames)}.\nWithout --fix nothing is changed anywhere. Exit code 0: nothing is red; 1: something is.\n${examples(
        'npx recado doctor',
        'npx recado doctor --only token,app-subscription',
        'npx recado doctor --fix --dry-run',
        'npx recado doctor --fix',
        'npx recado doctor --message',
        'npx recado doctor --offline --json',
      )}`,
    )
    .action(async (options: DoctorOptions) => {
      const { runCommand } = await import('./recado.ts');
      const { setTimeout: pause } = await import('node:timers/promises');
      await doctor(options, context, runCommand, pause);
    });
};

/** Names in lines that fit a terminal. */
function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const line = lines.at(-1) ?? '';
    if (line.length + name.length > 90) lines.push(name);
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`;
  }
  return lines.join(',\n');
}
