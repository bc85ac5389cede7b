import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { type ConnectionWay, connectionWays } from '../domain/connection.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { confirmCommand } from './confirm-check.ts';
import { examples } from './examples.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { languageOf } from './language.ts';
import { loadConfig } from './load-config.ts';
import { manualSteps } from './manual-steps.ts';
import { readAnswer } from './read-answer.ts';

/** The flags of `connect`. */
export type ConnectOptions = {
  way?: string;
  dryRun?: boolean;
  yes?: boolean;
  print?: boolean;
  language?: string;
  json?: boolean;
};

/** Asks whether to go on. */
export type Confirm = (question: string) => Promise<boolean>;

const stepSchema = z.looseObject({
  part: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  now: z.string().nullable(),
  wanted: z.string().nullable(),
  warning: z.string().nullable(),
  problem: z
    .looseObject({
      metaCode: z.number().nullable(),
      title: z.string(),
      details: z.string().nullable(),
      remedy: z.string(),
      check: z.string().nullable(),
    })
    .nullable(),
});

const connectionSchema = z.looseObject({
  callbackUrl: z.string().nullable(),
  connected: z.boolean(),
  steps: z.array(stepSchema),
});

type Connection = z.infer<typeof connectionSchema>;
type Step = z.infer<typeof stepSchema>;

/**
 * Connects the running gateway with Meta: shows the plan, asks, has it carried out, shows what was made of it.
 *
 * @param confirm null when nobody is there to be asked
 */
export async function connect(
  options: ConnectOptions,
  context: CommandContext,
  confirm: Confirm | null,
): Promise<void> {
  if (options.print === true) {
    const { config } = loadConfig(context);
    const steps = manualSteps(config, languageOf(context, options.language));
    context.print(options.json === true ? JSON.stringify({ steps }, null, 2) : steps.join('\n'));
    return;
  }
  const json = options.json === true;
  const way = wayOf(options.way);
  const plan = await planned(way, json, context);
  const changes = plan.steps.filter(({ outcome }) => outcome === 'to-change').length;
  if (!json) context.print(describeConnection(plan));
  if (options.dryRun === true || changes === 0) return ended(plan, json, context);
  if (options.yes !== true) {
    if (confirm === null) {
      if (json) context.print(JSON.stringify(plan, null, 2));
      throw wrongUsage(
        'Nothing was changed: this would change how Meta is set up, and nobody is there to be asked.',
        'Give the command again with --yes to do what the plan says.',
      );
    }
    const question = `Change ${changes === 1 ? 'this one' : `these ${changes}`} at Meta?`;
    if (!(await confirm(question))) {
      context.print('Nothing was changed.');
      return;
    }
  }
  const path = '/v1/connection';
  const answer = await callGateway(findGateway(context), path, {
    method: 'POST',
    body: { way },
    patience: PATIENCE,
  });
  const made = readAnswer(answer, connectionSchema, { json, context });
  if (!json) context.print(`\n${describeConnection(made)}`);
  return ended(made, json, context);
}

/** Meta calls the gateway back while it answers, and each part waits for the one before, in milliseconds. */
const PATIENCE = 120_000;

async function planned(way: ConnectionWay, json: boolean, context: CommandContext): Promise<Connection> {
  try {
    const answer = await callGateway(findGateway(context), `/v1/connection?way=${way}`, {
      patience: PATIENCE,
    });
    return readAnswer(answer, connectionSchema, { json, context });
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'gateway-unreachable') throw error;
    throw new CommandError(
      `${error.message} It must run while it is connected, because Meta calls it at once and waits for its answer.`,
      error.remedy,
      { cause: error, code: error.code },
    );
  }
}

/** @throws CommandError when a part is not as it should be */
function ended(connection: Connection, json: boolean, context: CommandContext): void {
  if (json) context.print(JSON.stringify(connection, null, 2));
  const open = connection.steps.filter(({ problem }) => problem !== null);
  const [first] = open;
  if (first !== undefined) {
    throw new CommandError(
      `${open.length === 1 ? 'One part is' : `${open.length} parts are`} not as it should be.`,
      first.problem === null ? null : printable(first.problem.remedy),
      { code: 'not-connected' },
    );
  }
  if (json) return;
  const changed = connection.steps.some(({ outcome }) => outcome === 'changed');
  if (connection.connected) {
    context.print(
      `\n${changed ? 'Connected, and read back.' : 'Everything is right already; nothing was changed.'}\nNext: write to your number from a phone, and watch it come: npx recado listen`,
    );
  }
}

const marks: Readonly<Record<string, string>> = {
  right: '✓',
  changed: '✓',
  'to-change': '→',
  blocked: '✗',
  failed: '✗',
};

const partNames: Readonly<Record<string, string>> = {
  'app-callback': 'Webhook of the app',
  'account-subscription': 'WhatsApp account',
  'phone-callback': 'Callback of phone',
  registration: 'Registration of phone',
};

/** A connection as people read it: each part, how it stands and how it is to stand. */
export function describeConnection({ callbackUrl, steps }: Connection): string {
  return [
    `Callback URL: ${printable(callbackUrl ?? 'not known, because PUBLIC_URL is not set')}`,
    ...steps.map(describeStep),
  ].join('\n');
}

function describeStep({ part, subject, outcome, now, wanted, warning, problem }: Step): string {
  const title = `${marks[outcome] ?? '·'} ${partNames[part] ?? part}${subject === null ? '' : ` ${subject}`}`;
  const isAsShown = outcome === 'right' || wanted === null;
  const changed = outcome === 'changed';
  const lines = isAsShown
    ? now === null
      ? []
      : [`    is    ${now}`]
    : [`    ${changed ? 'was ' : 'now '}  ${now}`, `    ${changed ? 'is  ' : 'then'}  ${wanted}`];
  return [
    title,
    ...lines,
    ...(warning === null || outcome !== 'to-change' ? [] : [`    Mind: ${warning}`]),
    ...(problem === null ? [] : problemLines(problem)),
  ]
    .map(printable)
    .join('\n');
}

function problemLines({ title, metaCode, details, remedy, check }: NonNullable<Step['problem']>): string[] {
  const confirm = confirmCommand(check);
  return [
    `    ${title}`,
    ...(details === null ? [] : [`    ${metaCode === null ? '' : `Meta (#${metaCode}): `}${details}`]),
    `    Cure: ${remedy}`,
    ...(confirm === null ? [] : [`    Confirm: ${confirm}`]),
  ];
}

function wayOf(given: string | undefined): ConnectionWay {
  if (given === undefined) return 'app';
  const way = connectionWays.find((known) => known === given);
  if (way !== undefined) return way;
  throw wrongUsage(
    `--way takes ${connectionWays.join(', ')}; found ${JSON.stringify(given)}.`,
    'Leave it out for the callback of the whole app.',
  );
}

export const defineConnect: DefineCommand = (command, context) => {
  command
    .option(
      '--way <way>',
      'app: the callback of the whole app; account, phone: an override for the WhatsApp account or each phone, which leaves the app’s callback to whoever has it',
    )
    .option('--dry-run', 'show what would be changed, and change nothing')
    .option('-y, --yes', 'do what the plan says without asking')
    .option('--print', 'print the steps for doing it by hand in Meta’s console, with the values of .env')
    .option('--language <language>', 'of the printed steps: en or pt-BR')
    .option('--json', 'answer in JSON; with --yes or --dry-run')
    .addHelpText(
      'after',
      `\nThe gateway must be running: Meta calls it while it is connected. A second run changes nothing.\n${examples(
        'npx recado connect',
        'npx recado connect --yes',
        'npx recado connect --way account --dry-run',
        'npx recado connect --print --language pt-BR',
      )}`,
    )
    .action(async (options: ConnectOptions) => {
      const mayAsk = context.terminal && options.yes !== true && options.json !== true;
      const confirm = mayAsk ? (await import('./confirm.ts')).confirmOnTerminal : null;
      await connect(options, context, confirm);
    });
};
