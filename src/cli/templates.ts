import { z } from 'zod';
import type { CommandContext } from './command-context.ts';
import type { DefineCommand } from './commands.ts';
import { examples } from './examples.ts';
import { cellText, fitText } from './fit-text.ts';
import { findGateway } from './gateway-client.ts';
import { askGateway } from './read-answer.ts';

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
type ShownTemplate = z.infer<typeof templateSchema>;

/** Shows what webhooks told of the templates, or of one of them. */
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
      'No webhook has told of a template yet; yours may exist all the same.\nNext: subscribe the fields message_template_status_update, message_template_quality_update and template_category_update in Meta’s console.',
    );
    return;
  }
  context.print(row('TEMPLATE', 'LANGUAGE', 'STATUS', 'QUALITY', 'CATEGORY'));
  for (const template of page.data) context.print(rowOf(template));
  context.print(
    '\nAs told by webhooks: – is what none has told since Recado listens.\nNext: npx recado send --to … --template <name> --language <code>',
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

export const defineTemplates: DefineCommand = (command, context) => {
  command
    .argument('[name]', 'only this template, in each of its languages')
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('npx recado templates', 'npx recado templates interview_reminder --json'))
    .action((name: string | undefined, options: TemplatesOptions) => templates(name, options, context));
};
