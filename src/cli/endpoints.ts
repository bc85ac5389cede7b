import type { Command } from 'commander';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { type EndpointFlags, endpointRequest } from './endpoint-request.ts';
import { examples } from './examples.ts';
import { cellText, fitText } from './fit-text.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { askGateway, readAnswer } from './read-answer.ts';

type Options = { json?: boolean };

const endpointSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  name: z.string().nullable(),
  format: z.string(),
  state: z.string(),
  disabledBecause: z.string().nullable(),
  readable: z.boolean(),
  down: z.boolean(),
  lastFailure: z.string().nullable(),
  behind: z.number(),
  waiting: z.number(),
  deadLetters: z.number(),
});
type ShownEndpoint = z.infer<typeof endpointSchema>;
const pageSchema = z.looseObject({ data: z.array(endpointSchema) });
const withSecretSchema = endpointSchema.extend({ secret: z.string() });
const trialSchema = z.looseObject({
  delivered: z.boolean(),
  status: z.number().nullable(),
  took: z.number(),
  failure: z.string().nullable(),
  answer: z.string(),
});
const attemptsSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      event: z.string(),
      at: z.string(),
      delivered: z.boolean(),
      status: z.number().nullable(),
      took: z.number(),
      failure: z.string().nullable(),
    }),
  ),
});
const deadSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      event: z.string(),
      kind: z.string(),
      attempts: z.number(),
      failure: z.string().nullable(),
      givenUpAt: z.string(),
    }),
  ),
});
const redeliveredSchema = z.looseObject({ count: z.number(), next: z.string().nullable() });

/** Asks the gateway about endpoints, and prints the answer as JSON where that is wanted. */
async function ask<Answer>(
  path: string,
  schema: z.ZodType<Answer>,
  options: Options,
  context: CommandContext,
  request?: { method: 'POST' | 'PATCH' | 'DELETE'; body?: JsonObject },
): Promise<Answer> {
  const json = options.json === true;
  const gateway = findGateway(context);
  const answer =
    request === undefined
      ? await askGateway(gateway, path, schema, { json, context })
      : readAnswer(await callGateway(gateway, path, request), schema, { json, context });
  if (json) context.print(JSON.stringify(answer, null, 2));
  return answer;
}

function pathOf(id: string, more = ''): string {
  return `/v1/endpoints/${encodeURIComponent(id)}${more}`;
}

async function list(options: Options, context: CommandContext): Promise<void> {
  const { data } = await ask('/v1/endpoints?limit=500', pageSchema, options, context);
  if (options.json === true) return;
  if (data.length === 0) {
    context.print(
      'Events are forwarded nowhere yet.\nNext: npx recado endpoints add https://app.example.com/recado/',
    );
    return;
  }
  for (const endpoint of data) {
    context.print(
      [
        cellText(endpoint.id, 20),
        cellText(standingOf(endpoint), 24),
        fitText(endpoint.name ?? endpoint.url, 60),
      ].join('  '),
    );
    for (const line of troublesOf(endpoint)) context.print(`  ${printable(line)}`);
  }
}

function standingOf({ state, down, behind, waiting }: ShownEndpoint): string {
  if (state !== 'active') return state;
  if (down) return 'down';
  if (waiting > 0) return `${waiting} wait`;
  return behind === 0 ? 'up to date' : `${behind} behind`;
}

/** What is wrong with an endpoint, with the way out. */
function troublesOf(endpoint: ShownEndpoint): string[] {
  const { id, readable, disabledBecause, lastFailure, deadLetters } = endpoint;
  return [
    ...(readable
      ? []
      : [`Its secret cannot be decrypted. Set RECADO_ENCRYPTION_KEY, or: npx recado endpoints rotate ${id}`]),
    ...(disabledBecause === null
      ? []
      : [`Disabled: ${disabledBecause}. Mend it, then: npx recado endpoints resume ${id}`]),
    ...(lastFailure === null ? [] : [lastFailure]),
    ...(deadLetters === 0
      ? []
      : [
          `${deadLetters} given up. Look: npx recado endpoints dead ${id}; again: npx recado endpoints redeliver ${id} --dead`,
        ]),
  ];
}

async function add(url: string, flags: EndpointFlags & Options, context: CommandContext): Promise<void> {
  const body = { ...endpointRequest(flags), url };
  const made = await ask('/v1/endpoints', withSecretSchema, flags, context, { method: 'POST', body });
  if (flags.json === true) return;
  context.print(
    `Endpoint ${made.id} hears every event from now on.\nSecret    ${made.secret}\nKeep it: it is shown only now, and your application verifies with it.\nNext: npx recado endpoints test ${made.id}`,
  );
}

async function change(
  id: string,
  body: JsonObject,
  options: Options,
  context: CommandContext,
): Promise<void> {
  if (Object.keys(body).length === 0) {
    throw wrongUsage('Nothing to change is named.', `npx recado endpoints change ${id} --name "Django"`);
  }
  const endpoint = await ask(pathOf(id), endpointSchema, options, context, { method: 'PATCH', body });
  if (options.json !== true) context.print(`Endpoint ${endpoint.id}: ${standingOf(endpoint)}.`);
}

async function remove(id: string, options: Options, context: CommandContext): Promise<void> {
  const endpoint = await ask(pathOf(id), endpointSchema, options, context, { method: 'DELETE' });
  if (options.json !== true) {
    context.print(
      `Endpoint ${endpoint.id} is removed, with what waited for it. The events stay in the feed.`,
    );
  }
}

async function test(id: string, options: Options, context: CommandContext): Promise<void> {
  const trial = await ask(pathOf(id, '/test'), trialSchema, options, context, { method: 'POST' });
  if (!trial.delivered) {
    const answer = trial.answer === '' ? '' : ` It said: ${printable(trial.answer)}`;
    throw new CommandError(
      `The made-up event was not taken: ${trial.failure ?? 'no reason'}${answer}`,
      `Mend your application, then: npx recado endpoints test ${id}. How to receive: docs/forwarding.md`,
    );
  }
  if (options.json !== true)
    context.print(`It took a made-up event: ${trial.status} after ${trial.took} ms.`);
}

async function rotate(
  id: string,
  flags: { secret?: string; overlapHours?: string } & Options,
  context: CommandContext,
): Promise<void> {
  const overlap = flags.overlapHours === undefined ? {} : { overlapHours: Number(flags.overlapHours) };
  const body = { ...(flags.secret === undefined ? {} : { secret: flags.secret }), ...overlap };
  const rotated = await ask(pathOf(id, '/rotate-secret'), withSecretSchema, flags, context, {
    method: 'POST',
    body,
  });
  if (flags.json === true) return;
  context.print(
    `Secret    ${rotated.secret}\nKeep it: it is shown only now. Deliveries are signed by the former one too, for ${flags.overlapHours ?? '24'} hours.`,
  );
}

async function attempts(id: string, options: Options, context: CommandContext): Promise<void> {
  const { data } = await ask(pathOf(id, '/attempts?limit=50'), attemptsSchema, options, context);
  if (options.json === true) return;
  if (data.length === 0) context.print('Nothing was tried yet.');
  for (const { at, event, delivered, status, took, failure } of data) {
    const outcome = delivered ? 'taken' : printable(failure ?? 'failed');
    context.print(`${at}  ${event}  ${status ?? '–'}  ${took} ms  ${outcome}`);
  }
}

async function dead(id: string, options: Options, context: CommandContext): Promise<void> {
  const { data } = await ask(pathOf(id, '/dead-letters?limit=100'), deadSchema, options, context);
  if (options.json === true) return;
  if (data.length === 0) {
    context.print('Nothing was given up.');
    return;
  }
  for (const { event, kind, attempts: tries, failure, givenUpAt } of data) {
    context.print(`${event}  ${kind}  ${tries} tries  ${givenUpAt}  ${printable(failure ?? '')}`);
  }
  context.print(`\nNext: npx recado endpoints redeliver ${id} --dead`);
}

async function redeliver(
  id: string,
  flags: { event?: string[]; dead?: boolean; from?: string; until?: string } & Options,
  context: CommandContext,
): Promise<void> {
  const { event, from, until } = flags;
  const scope: JsonObject = {
    ...(event === undefined ? {} : { events: event }),
    ...(flags.dead === true ? { deadSince: new Date(0).toISOString() } : {}),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
  let count = 0;
  for (let after: string | null = null; ; ) {
    const body: JsonObject = after === null ? scope : { ...scope, after };
    const part: z.infer<typeof redeliveredSchema> = await ask(
      pathOf(id, '/redeliver'),
      redeliveredSchema,
      flags,
      context,
      { method: 'POST', body },
    );
    count += part.count;
    after = part.next;
    if (after === null) break;
  }
  if (flags.json !== true) context.print(`${count} events are on their way again.`);
}

export const defineEndpoints: DefineCommand = (command, context) => {
  command
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'npx recado endpoints add https://app.example.com/recado/ --kinds message,status',
        'npx recado endpoints list',
        'npx recado endpoints test ep_1np4c3zk9v0w2xy7',
      ),
    );
  const withId = (name: string, description: string, example: string) =>
    command
      .command(name)
      .description(description)
      .argument('<id>', 'the id of the endpoint')
      .option('--json', 'answer in JSON')
      .addHelpText('after', examples(`npx recado endpoints ${example}`));
  command
    .command('list')
    .description('Where events are forwarded to, and how each stands.')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado endpoints list'))
    .action((options: Options) => list(options, context));
  withDetails(
    command
      .command('add')
      .description('Forward every event to a URL of your application, signed, from now on.')
      .argument('<url>', 'where to post events; private addresses need ENDPOINT_NETWORKS')
      .option(
        '--format <format>',
        'recado, meta (Meta’s envelope, one event each), or meta-body (Meta’s bytes)',
      )
      .option(
        '--secret <secret>',
        'one that your receiver knows already; other users of this machine may see it',
      )
      .option('--json', 'answer in JSON'),
  )
    .addHelpText(
      'after',
      examples(
        'npx recado endpoints add https://app.example.com/recado/',
        'npx recado endpoints add http://127.0.0.1:8001/webhooks/whatsapp/ --format meta --secret "$META_APP_SECRET"',
      ),
    )
    .action((url: string, flags: EndpointFlags & Options) => add(url, flags, context));
  withDetails(
    withId(
      'change',
      'Change what is named, and leave the rest.',
      'change ep_1np4c3zk9v0w2xy7 --kinds message',
    ).option('--url <url>', 'another URL'),
  ).action((id: string, { json, ...flags }: EndpointFlags & Options) =>
    change(id, endpointRequest(flags), json === true ? { json } : {}, context),
  );
  withId(
    'pause',
    'Deliver nothing for now: events wait, and none is missed.',
    'pause ep_1np4c3zk9v0w2xy7',
  ).action((id: string, options: Options) => change(id, { state: 'paused' }, options, context));
  withId(
    'resume',
    'Go on where it stood, after a pause or once it is mended.',
    'resume ep_1np4c3zk9v0w2xy7',
  ).action((id: string, options: Options) => change(id, { state: 'active' }, options, context));
  withId('remove', 'Forward nothing there any more.', 'remove ep_1np4c3zk9v0w2xy7').action(
    (id: string, options: Options) => remove(id, options, context),
  );
  withId('test', 'Post a made-up event at once, and say what it met.', 'test ep_1np4c3zk9v0w2xy7').action(
    (id: string, options: Options) => test(id, options, context),
  );
  withId('rotate', 'Make a new secret; the former one is good for a while.', 'rotate ep_1np4c3zk9v0w2xy7')
    .option('--secret <secret>', 'one that your receiver knows already')
    .option('--overlap-hours <hours>', 'how long the former one signs too; 24 when not told')
    .action((id: string, flags: { secret?: string; overlapHours?: string } & Options) =>
      rotate(id, flags, context),
    );
  withId('attempts', 'The latest tries to deliver.', 'attempts ep_1np4c3zk9v0w2xy7').action(
    (id: string, options: Options) => attempts(id, options, context),
  );
  withId('dead', 'What could not be delivered.', 'dead ep_1np4c3zk9v0w2xy7').action(
    (id: string, options: Options) => dead(id, options, context),
  );
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  withId('redeliver', 'Deliver events again.', 'redeliver ep_1np4c3zk9v0w2xy7 --dead')
    .option('--event <id>', 'this one; repeat it', collect)
    .option('--dead', 'all that were given up')
    .option('--from <time>', 'all that were received from then on …')
    .option('--until <time>', '… and before then')
    .action(
      (id: string, flags: { event?: string[]; dead?: boolean; from?: string; until?: string } & Options) =>
        redeliver(id, flags, context),
    );
};

function withDetails(command: Command): Command {
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  return command
    .option('--name <words>', 'what you call it')
    .option('--kinds <kinds>', 'only these kinds of events, separated by commas; all for every kind')
    .option('--business-phone <id>', 'only events of this business phone; repeat it', collect)
    .option('--order <order>', 'conversation (one after another in each), or none')
    .option('--header <header>', 'a header of your own, "Name: value"; repeat it', collect)
    .option('--concurrency <count>', 'how many deliveries may be on their way at once; 8 when not told')
    .option('--per-second <count>', 'how many may begin in a second; any for as many as go');
}
