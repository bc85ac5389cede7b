import type { Command } from 'commander';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText, fitText } from './fit-text.ts';
import { findGateway } from './gateway-client.ts';
import { shortLocalTime } from './local-time.ts';
import { defineOptOuts } from './opt-outs.ts';
import { askGateway } from './read-answer.ts';
import { changeMerge } from './unmerge.ts';

/** The flags of `contacts`. */
export type ContactsOptions = { limit?: string; after?: string; search?: string; json?: boolean };

/** As much of a contact as the list shows. Names are strangers' texts. */
const contactSchema = z.looseObject({
  id: z.string(),
  businessPhoneId: z.string().nullable(),
  name: z.string().nullable(),
  waId: z.string().nullable(),
  userId: z.string().nullable(),
  wroteIn: z.boolean(),
  optOuts: z.array(z.looseObject({ purpose: z.string() })),
  window: z.looseObject({ open: z.boolean(), closesAt: z.string().nullable() }),
  canBeNotified: z.looseObject({ freeForm: z.boolean(), template: z.boolean() }),
});
const pageSchema = z.looseObject({ data: z.array(contactSchema), next: z.string().nullable() });
type ShownContact = z.infer<typeof contactSchema>;

/** The most that one call of the API gives. */
const PAGE = 500;
const DEFAULT_LIMIT = 100;

/** Columns of the table: with two spaces between them, 80. */
const columns = { id: 19, name: 18, number: 15, may: 22 };

/** Lists the people who are known, in the order in which they became known. */
export async function contacts(options: ContactsOptions, context: CommandContext): Promise<void> {
  const limit = readLimit(options.limit);
  const gateway = findGateway(context);
  const json = options.json === true;
  const found: ShownContact[] = [];
  let after: string | null = options.after ?? null;
  do {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, limit - found.length)) });
    if (after !== null) query.set('after', after);
    if (options.search !== undefined) query.set('search', options.search);
    const page: z.infer<typeof pageSchema> = await askGateway(gateway, `/v1/contacts?${query}`, pageSchema, {
      json,
      context,
    });
    found.push(...page.data);
    after = page.next;
  } while (after !== null && found.length < limit);

  if (json) {
    context.print(JSON.stringify({ data: found, next: after }, null, 2));
    return;
  }
  if (found.length === 0) {
    context.print(
      options.search !== undefined
        ? `Nobody is known by “${printable(options.search)}”.\nNext: search for a part of the name or the number, or list everybody: npx recado contacts`
        : options.after === undefined
          ? 'Nobody has written in yet.\nNext: write a WhatsApp message to your number; without a phone, `npx recado trigger text` pretends one.'
          : 'There are no further contacts.',
    );
    return;
  }
  context.print(row('CONTACT', 'NAME', 'WHATSAPP ID', 'MAY BE NOTIFIED'));
  const severalPhones = new Set(found.map(({ businessPhoneId }) => businessPhoneId)).size > 1;
  for (const contact of found) {
    context.print(rowOf(contact));
    if (severalPhones)
      context.print(`  of business phone ${printable(contact.businessPhoneId ?? 'unknown')}`);
  }
  context.print('');
  if (after !== null)
    context.print(`More: npx recado contacts${searchFlag(options.search)} --after ${after}`);
  const [first] = found;
  context.print(`Next: npx recado show ${first?.id}`);
}

/** The flag as it is to be typed again; quoted for any shell. */
function searchFlag(search: string | undefined): string {
  return search === undefined ? '' : ` --search ${JSON.stringify(printable(search))}`;
}

function rowOf(contact: ShownContact): string {
  const { id, name, waId, userId } = contact;
  return row(id, name ?? '', waId ?? userId ?? '', permission(contact));
}

function row(id: string, name: string, number: string, may: string): string {
  return [
    cellText(id, columns.id),
    cellText(name, columns.name),
    cellText(number, columns.number),
    fitText(may, columns.may),
  ]
    .join('  ')
    .trimEnd();
}

/** In at most 22 columns. The time is this machine's. */
function permission({ canBeNotified, window, optOuts }: ShownContact): string {
  if (optOuts.length > 0) return `no ${optOuts.map(({ purpose }) => purpose).join(', ')}`;
  if (canBeNotified.freeForm && window.closesAt !== null) {
    return `text until ${shortLocalTime(window.closesAt)}`;
  }
  return canBeNotified.template ? 'by template only' : 'no';
}

/** @throws CommandError when it is no whole number from 1 on */
function readLimit(limit: string | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (/^[1-9]\d{0,6}$/.test(limit)) return Number(limit);
  throw wrongUsage(
    `--limit takes a whole number from 1 to 9999999; found "${limit}".`,
    'Write it like this: npx recado contacts --limit 20',
  );
}

export const defineContacts: DefineCommand = (command, context) => {
  command
    .option('--limit <number>', `how many at most; ${DEFAULT_LIMIT} when not told`)
    .option('--after <contact>', 'begin after this one, as the line “More” of an earlier list names it')
    .option('--search <text>', 'only whose name, number or username has this in it')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'npx recado contacts',
        'npx recado contacts --search joao',
        'npx recado contacts --limit 20 --json',
        'npx recado contacts unmerge ct_01k9x2m4c7b8d3fq mg_01k9x2m4c7b8d3fq',
      ),
    )
    .action((options: ContactsOptions) => contacts(options, context));
  defineOptOuts(command, context);
  defineChange(command.command('unmerge'), 'undo', 'take two contacts for two people again', context);
  defineChange(command.command('remerge'), 'redo', 'take them for one person after all', context);
};

function defineChange(
  command: Command,
  verb: 'undo' | 'redo',
  description: string,
  context: CommandContext,
): void {
  command
    .description(description)
    .argument('<contact>', 'the id of either contact')
    .argument('<merge>', 'the id of the merge; `recado show` and the id of the contact lists them')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(`npx recado contacts ${command.name()} ct_01k9x2m4c7b8d3fq mg_01k9x2m4c7b8d3fq`),
    )
    .action((contact: string, merge: string, _options: object, given: Command) =>
      changeMerge(verb, contact, merge, given.optsWithGlobals<{ json?: boolean }>(), context),
    );
}
