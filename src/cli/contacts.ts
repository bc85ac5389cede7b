import { z } from 'zod';
import type { CommandContext } from './command-context.ts';
import { wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText, fitText } from './fit-text.ts';
import { findGateway } from './gateway-client.ts';
import { shortLocalTime } from './local-time.ts';
import { askGateway } from './read-answer.ts';

/** The flags of `contacts`. */
export type ContactsOptions = { limit?: string; after?: string; json?: boolean };

/** As much of a contact as the list shows. Names are strangers' texts. */
const contactSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullable(),
  waId: z.string().nullable(),
  userId: z.string().nullable(),
  wroteIn: z.boolean(),
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
      options.after === undefined
        ? 'Nobody has written in yet.\nNext: write a WhatsApp message to your number; without a phone, `npx recado trigger text` pretends one.'
        : 'There are no further contacts.',
    );
    return;
  }
  context.print(row('CONTACT', 'NAME', 'WHATSAPP ID', 'MAY BE NOTIFIED'));
  for (const contact of found) context.print(rowOf(contact));
  context.print('');
  if (after !== null) context.print(`More: npx recado contacts --after ${after}`);
  const [first] = found;
  context.print(`Next: npx recado show ${first?.id}`);
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
function permission({ canBeNotified, window }: ShownContact): string {
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
    .option('--after <contact>', 'begin after this one')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado contacts', 'npx recado contacts --limit 20 --json'))
    .action((options: ContactsOptions) => contacts(options, context));
};
