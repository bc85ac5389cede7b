import type { Command } from 'commander';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText, fitText } from './fit-text.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { type PhoneFlags, phoneRequest } from './phone-request.ts';
import { askGateway, readAnswer } from './read-answer.ts';

/** The flags of every `phones` command. */
export type PhonesOptions = { json?: boolean };

const secretSchema = z.looseObject({ origin: z.string(), fingerprint: z.string().nullable() });

/** As much of a business phone as these commands show. */
const phoneSchema = z.looseObject({
  id: z.string(),
  label: z.string().nullable(),
  displayPhoneNumber: z.string().nullable(),
  origin: z.string().nullable(),
  default: z.boolean(),
  foreign: z.boolean(),
  accessToken: secretSchema.nullable(),
  appSecrets: z.array(secretSchema),
  lastEventAt: z.string().nullable(),
  state: z.looseObject({
    quality: z.string().nullable(),
    messagingLimit: z.string().nullable(),
    verifiedName: z.string().nullable(),
    registered: z.boolean().nullable(),
    throughput: z.string().nullable(),
    review: z.string().nullable(),
    alerts: z.array(z.looseObject({ type: z.string().nullable() })),
    restrictions: z.array(z.looseObject({ restriction: z.string().nullable() })),
    disabled: z.looseObject({ word: z.string() }).nullable(),
  }),
});
const pageSchema = z.looseObject({ data: z.array(phoneSchema), next: z.string().nullable() });
type ShownPhone = z.infer<typeof phoneSchema>;

/** Lists the business phones: those of ours, and those that webhooks speak of. */
export async function listPhones(options: PhonesOptions, context: CommandContext): Promise<void> {
  const json = options.json === true;
  const page = await askGateway(findGateway(context), '/v1/business-phones?limit=500', pageSchema, {
    json,
    context,
  });
  if (json) {
    context.print(JSON.stringify(page, null, 2));
    return;
  }
  if (page.data.length === 0) {
    context.print('There is no business phone yet.\nNext: npx recado init, or npx recado phones add <id>');
    return;
  }
  context.print(row('BUSINESS PHONE', 'LABEL', 'SENDS WITH', 'STANDING'));
  for (const phone of page.data) {
    context.print(
      row(phone.id, phone.label ?? phone.displayPhoneNumber ?? '', tokenOf(phone), standingOf(phone)),
    );
    const told = toldOf(phone);
    if (told !== '') context.print(`  ${printable(told)}`);
  }
  const stranger = page.data.find((phone) => phone.origin === null);
  context.print(
    `\nNext: ${stranger === undefined ? 'npx recado send --to … --text … --business-phone <id>' : `npx recado phones add ${stranger.id}, if it is yours`}`,
  );
}

/** Adds a business phone. */
export async function addPhone(
  id: string,
  flags: PhoneFlags & PhonesOptions,
  context: CommandContext,
): Promise<void> {
  const phone = await change(
    'POST',
    '/v1/business-phones',
    { id, ...phoneRequest(flags, context) },
    flags,
    context,
  );
  if (flags.json === true) return;
  context.print(`Business phone ${phone.id} is added${phone.default ? ', and is the default' : ''}.`);
  context.print(secretsOf(phone));
  context.print(
    'Events about it that came while it was not ours stay apart.\nNext: npx recado connect, which subscribes its account and registers it',
  );
}

/** Changes what the flags name. @throws CommandError when they name nothing */
export async function changePhone(
  id: string,
  flags: PhoneFlags & PhonesOptions,
  context: CommandContext,
): Promise<void> {
  const body = phoneRequest(flags, context);
  if (Object.keys(body).length === 0) {
    throw wrongUsage(
      'Nothing to change is named.',
      `npx recado phones change ${id} --label "Shop in Recife"`,
    );
  }
  const phone = await change('PATCH', pathOf(id), body, flags, context);
  if (flags.json === true) return;
  context.print(`Business phone ${phone.id} is changed.`);
  context.print(secretsOf(phone));
}

/** Makes a business phone the one to send from when nobody names one. */
export async function makeDefault(
  id: string,
  options: PhonesOptions,
  context: CommandContext,
): Promise<void> {
  const phone = await change('PATCH', pathOf(id), { default: true }, options, context);
  if (options.json !== true) context.print(`Business phone ${phone.id} is the default now.`);
}

/** Takes a business phone out of service. */
export async function removePhone(
  id: string,
  options: PhonesOptions,
  context: CommandContext,
): Promise<void> {
  const phone = await change('DELETE', pathOf(id), null, options, context);
  if (options.json === true) return;
  context.print(
    `Business phone ${phone.id} is removed, and its secrets with it. Its contacts, conversations and events stay.`,
  );
}

async function change(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: JsonObject | null,
  options: PhonesOptions,
  context: CommandContext,
): Promise<ShownPhone> {
  const json = options.json === true;
  const request = body === null ? { method } : { method, body };
  const phone = readAnswer(await callGateway(findGateway(context), path, request), phoneSchema, {
    json,
    context,
  });
  if (json) context.print(JSON.stringify(phone, null, 2));
  return phone;
}

function pathOf(id: string): string {
  return `/v1/business-phones/${encodeURIComponent(id)}`;
}

function row(id: string, label: string, token: string, standing: string): string {
  return [cellText(id, 18), cellText(label, 22), cellText(token, 18), fitText(standing, 40)]
    .join('  ')
    .trimEnd();
}

function tokenOf({ accessToken, origin }: ShownPhone): string {
  if (origin === null) return '–';
  if (accessToken === null) return 'no token';
  const name = accessToken.fingerprint ?? 'unreadable';
  return accessToken.origin === 'environment' ? `${name} (.env)` : name;
}

function standingOf(phone: ShownPhone): string {
  if (phone.foreign) return 'foreign: its events change nothing';
  if (phone.origin === null) return 'not configured';
  return phone.default ? 'ours, default' : 'ours';
}

/** What webhooks told of it, in Meta's words; empty when none has. */
function toldOf({ state }: ShownPhone): string {
  return [
    state.verifiedName,
    state.registered === null ? null : state.registered ? 'registered' : 'not registered',
    state.quality === null ? null : `quality ${state.quality}`,
    state.messagingLimit === null ? null : `limit ${state.messagingLimit}`,
    state.throughput === null ? null : `throughput ${state.throughput}`,
    state.review === null || state.review === 'APPROVED' ? null : `review ${state.review}`,
    state.disabled?.word,
    ...state.alerts.map(({ type }) => `alert ${type ?? 'unnamed'}`),
    ...state.restrictions.map(({ restriction }) => restriction ?? 'restricted'),
  ]
    .filter((word) => word != null)
    .join(', ');
}

function secretsOf(phone: ShownPhone): string {
  const secrets = phone.appSecrets.map(({ fingerprint }) => fingerprint ?? 'unreadable').join(', ');
  const sends =
    phone.accessToken === null
      ? 'It cannot send yet, because there is no access token'
      : `Sends with token ${tokenOf(phone)}`;
  return printable(`${sends}; webhooks signed by ${secrets === '' ? 'nobody yet' : secrets}.`);
}

export const definePhones: DefineCommand = (command, context) => {
  command
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'npx recado phones list',
        'npx recado phones add 200100200100201 --label Recife --access-token-file token.txt --app-secret-file secret.txt',
        'npx recado phones default 200100200100201',
      ),
    );
  command
    .command('list')
    .description('The business phones: ours, and those that webhooks speak of.')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado phones list'))
    .action((options: PhonesOptions) => listPhones(options, context));
  withDetails(command.command('add'))
    .description('Add a business phone; without a token or secret of its own it uses those of .env.')
    .addHelpText(
      'after',
      examples(
        'npx recado phones add 200100200100201 --label Recife',
        'npx recado phones add 200100200100201 --access-token-file token.txt --app-secret-file secret.txt',
      ),
    )
    .action((id: string, flags: PhoneFlags & PhonesOptions) => addPhone(id, flags, context));
  withDetails(command.command('change'))
    .description('Change what is named, and leave the rest.')
    .addHelpText(
      'after',
      examples(
        'npx recado phones change 200100200100201 --label Olinda',
        'npx recado phones change 200100200100201 --app-secret-file new.txt --app-secret-file old.txt',
      ),
    )
    .action((id: string, flags: PhoneFlags & PhonesOptions) => changePhone(id, flags, context));
  command
    .command('default')
    .description('Send from this business phone when a request names none.')
    .argument('<id>', 'Meta’s phone number id')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado phones default 200100200100201'))
    .action((id: string, options: PhonesOptions) => makeDefault(id, options, context));
  command
    .command('remove')
    .description('Take a business phone out of service, and forget its secrets.')
    .argument('<id>', 'Meta’s phone number id')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado phones remove 200100200100201'))
    .action((id: string, options: PhonesOptions) => removePhone(id, options, context));
};

function withDetails(command: Command): Command {
  const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value];
  return command
    .argument('<id>', 'Meta’s phone number id; not the phone number itself')
    .option('--label <words>', 'what you call it')
    .option('--display-number <number>', 'the number that people see')
    .option('--waba-id <id>', 'the WhatsApp Business Account that it belongs to')
    .option('--access-token <token>', 'its own access token; other users of this machine may see it here')
    .option('--access-token-file <file>', 'a file that holds its access token alone')
    .option('--app-secret <secret>', 'the secret of its Meta app; repeat it while one is rotated', collect)
    .option('--app-secret-file <file>', 'a file that holds an app secret alone; repeat it', collect)
    .option('--default', 'send from it when a request names none')
    .option('--json', 'answer in JSON');
}
