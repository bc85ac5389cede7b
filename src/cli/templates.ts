import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { printable } from '../adapters/telemetry/printable.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, wrongUsage } from './command-error.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText, fitText } from './fit-text.ts';
import { callGateway, findGateway } from './gateway-client.ts';
import { askGateway, readAnswer } from './read-answer.ts';

/** The flags of `templates`. */
export type TemplatesOptions = { json?: boolean };

const templateSchema = z.looseObject({
  name: z.string(),
  language: z.string().nullable(),
  status: z.string().nullable(),
  reason: z.string().nullable(),
  quality: z.string().nullable(),
  category: z.string().nullable(),
  plannedCategory: z.string().nullable(),
});
const pageSchema = z.looseObject({ data: z.array(templateSchema) });
const wholeSchema = templateSchema.extend({
  header: z.looseObject({ format: z.string(), text: z.string().nullable() }).nullable(),
  body: z.string().nullable(),
  footer: z.string().nullable(),
  buttons: z.array(
    z.looseObject({ kind: z.string(), text: z.string().nullable(), url: z.string().nullable() }),
  ),
  parameters: z
    .looseObject({ header: z.array(z.string()), body: z.array(z.string()), buttons: z.array(z.number()) })
    .nullable(),
});
const shownPageSchema = z.looseObject({ data: z.array(wholeSchema) });
type ShownWhole = z.infer<typeof wholeSchema>;
type ShownTemplate = z.infer<typeof templateSchema>;

/** Lists the templates that are known, or one of them in each of its languages. */
export async function templates(
  name: string | undefined,
  options: TemplatesOptions,
  context: CommandContext,
): Promise<void> {
  const json = options.json === true;
  const path = name === undefined ? '/v1/templates' : `/v1/templates/${encodeURIComponent(name)}`;
  const page = await askGateway(findGateway(context), path, pageSchema, { json, context });
  if (json) {
    context.print(JSON.stringify(page, null, 2));
    return;
  }
  if (page.data.length === 0) {
    context.print(
      'No template is known yet.\nNext: npx recado templates sync reads them from Meta; that needs META_WABA_ID and an access token.',
    );
    return;
  }
  context.print(row('TEMPLATE', 'LANGUAGE', 'STATUS', 'QUALITY', 'CATEGORY'));
  for (const template of page.data) context.print(rowOf(template));
  context.print(
    '\nNext: npx recado templates show <name>, or npx recado send --to … --template <name> --language <code>',
  );
}

function rowOf({
  name,
  language,
  status,
  reason,
  quality,
  category,
  plannedCategory,
}: ShownTemplate): string {
  const becoming = plannedCategory === null || plannedCategory === category ? '' : ` → ${plannedCategory}`;
  const because = reason === null ? '' : `  ${fitText(reason, 40)}`;
  return `${row(name, language ?? '–', status ?? '–', quality ?? '–', `${category ?? '–'}${becoming}`)}${because}`;
}

function row(name: string, language: string, status: string, quality: string, category: string): string {
  return [
    cellText(name, 28),
    cellText(language, 8),
    cellText(status, 12),
    cellText(quality, 8),
    fitText(category, 28),
  ]
    .join('  ')
    .trimEnd();
}

/** Shows a template in each of its languages, with its words and the values that a send has to give. */
export async function showTemplate(
  name: string,
  options: TemplatesOptions,
  context: CommandContext,
): Promise<void> {
  const json = options.json === true;
  const path = `/v1/templates/${encodeURIComponent(name)}`;
  const page = await askGateway(findGateway(context), path, shownPageSchema, { json, context });
  if (json) {
    context.print(JSON.stringify(page, null, 2));
    return;
  }
  const say = (text: string) => context.print(printable(text));
  for (const template of page.data) {
    const { header, body, footer, buttons, parameters, reason } = template;
    say(
      `${template.name} (${template.language ?? '–'})  ${template.status ?? '–'}  ${template.category ?? '–'}`,
    );
    if (reason !== null) say(`Reason     ${reason}`);
    if (header !== null) say(`Header     ${header.text ?? `[${header.format}]`}`);
    if (body !== null) say(`Body       ${body}`);
    if (footer !== null) say(`Footer     ${footer}`);
    for (const [index, button] of buttons.entries()) {
      say(
        `Button ${index}   ${[button.kind, button.text, button.url].filter((part) => part !== null).join('  ')}`,
      );
    }
    if (parameters === null) say('Values     not known: it was not read from Meta’s books');
    else say(`Values     ${valuesInWords(parameters)}`);
  }
}

function valuesInWords({ header, body, buttons }: NonNullable<ShownWhole['parameters']>): string {
  const parts = [
    ...(header.length === 0 ? [] : [`header ${header.join(', ')}`]),
    ...(body.length === 0 ? [] : [`body ${body.join(', ')}`]),
    ...(buttons.length === 0 ? [] : [`buttons ${buttons.join(', ')}`]),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}

const syncSchema = z.looseObject({
  accounts: z.array(
    z.looseObject({
      wabaId: z.string(),
      outcome: z.string(),
      count: z.number().nullable(),
      because: z.string().nullable(),
    }),
  ),
});

/** Reads the templates from Meta's books now. @throws CommandError when an account could not be read */
export async function syncTemplates(options: TemplatesOptions, context: CommandContext): Promise<void> {
  const json = options.json === true;
  const answer = await callGateway(findGateway(context), '/v1/templates/sync', { method: 'POST' });
  const { accounts } = readAnswer(answer, syncSchema, { json, context });
  if (json) context.print(JSON.stringify({ accounts }, null, 2));
  else {
    for (const { wabaId, count } of accounts.filter(({ outcome }) => outcome === 'synced')) {
      context.print(`Account ${wabaId}: ${count} templates.`);
    }
  }
  const failed = accounts.find(({ outcome }) => outcome !== 'synced');
  if (failed !== undefined) {
    const why = printable(failed.because ?? 'nobody knows why');
    throw new CommandError(
      `The templates of account ${failed.wabaId} could not be read: ${why}.`,
      'npx recado doctor says which link of the chain is broken.',
    );
  }
  if (accounts.length === 0) {
    throw new CommandError(
      'No WhatsApp Business Account is known that has an access token.',
      'Set META_WABA_ID and META_ACCESS_TOKEN in .env and restart, or: npx recado phones change <id> --waba <id>',
    );
  }
  if (!json) context.print('Next: npx recado templates');
}

/** Submits a template that a file describes, as POST /v1/templates takes it. @throws CommandError when it is refused */
export async function createTemplate(
  file: string,
  options: TemplatesOptions,
  context: CommandContext,
): Promise<void> {
  const json = options.json === true;
  const answer = await callGateway(findGateway(context), '/v1/templates', {
    method: 'POST',
    body: readJsonFile(file),
  });
  const page = readAnswer(answer, pageSchema, { json, context });
  if (json) context.print(JSON.stringify(page, null, 2));
  else {
    context.print(row('TEMPLATE', 'LANGUAGE', 'STATUS', 'QUALITY', 'CATEGORY'));
    for (const template of page.data) context.print(rowOf(template));
    context.print('\nNext: wait for Meta’s approval; npx recado templates shows it.');
  }
}

/** Deletes a template at Meta, in all of its languages. @throws CommandError when Meta refuses */
export async function deleteTemplate(
  name: string,
  options: TemplatesOptions,
  context: CommandContext,
): Promise<void> {
  const json = options.json === true;
  const path = `/v1/templates/${encodeURIComponent(name)}`;
  const answer = await callGateway(findGateway(context), path, { method: 'DELETE' });
  const page = readAnswer(answer, pageSchema, { json, context });
  context.print(
    json ? JSON.stringify(page, null, 2) : `${printable(name)} is deleted, in all of its languages.`,
  );
}

function readJsonFile(file: string): JsonObject {
  const example = 'Its form is the body of POST /v1/templates: see docs/sending.md.';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw wrongUsage(`The file ${file} cannot be read.`, example);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Said below: what is no JSON is no object either.
  }
  throw wrongUsage(`The file ${file} holds no JSON object.`, example);
}

export const defineTemplates: DefineCommand = (command, context) => {
  const json = (given: Command) => given.option('--json', 'answer in JSON');
  json(command)
    .argument('[name]', 'only this template, in each of its languages')
    .addHelpText(
      'after',
      examples(
        'npx recado templates',
        'npx recado templates show interview_reminder',
        'npx recado templates sync',
        'npx recado templates create template.json',
      ),
    )
    .action((name: string | undefined, options: TemplatesOptions) => templates(name, options, context));
  json(command.command('show'))
    .argument('<name>', 'the template')
    .description('its words, and the values that a send has to give')
    .addHelpText('after', examples('npx recado templates show interview_reminder'))
    .action((name: string, _options, given: Command) => showTemplate(name, given.optsWithGlobals(), context));
  json(command.command('sync'))
    .description('read the templates from Meta now; it also happens by itself')
    .addHelpText('after', examples('npx recado templates sync'))
    .action((_options, given: Command) => syncTemplates(given.optsWithGlobals(), context));
  json(command.command('create'))
    .argument('<file>', 'a JSON file: name, language, category, components')
    .description('submit a template for Meta’s approval')
    .addHelpText('after', examples('npx recado templates create template.json'))
    .action((file: string, _options, given: Command) =>
      createTemplate(file, given.optsWithGlobals(), context),
    );
  json(command.command('delete'))
    .argument('<name>', 'the template')
    .description('delete a template at Meta, in all of its languages')
    .addHelpText('after', examples('npx recado templates delete interview_reminder'))
    .action((name: string, _options, given: Command) =>
      deleteTemplate(name, given.optsWithGlobals(), context),
    );
};
