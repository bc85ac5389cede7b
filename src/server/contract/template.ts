import { z } from 'zod';
import { pageOf } from './page.ts';
import { templateValues } from './template-request.ts';
import { instant } from './time.ts';
import { anyObject, filledText, wordOf } from './value.ts';

const nullableText = (description: string) => z.string().nullable().meta({ description });

const buttonKinds = [
  'quick-reply',
  'url',
  'phone-number',
  'copy-code',
  'flow',
  'one-time-password',
  'other',
] as const;

/** A template as Meta has it in its books, and as webhooks told of it. */
const templateStateSchema = z
  .object({
    name: z.string().meta({ description: 'Its name.', examples: ['interview_reminder'] }),
    language: nullableText('Meta’s language code.'),
    wabaId: nullableText('The WhatsApp Business Account that it belongs to.'),
    templateId: nullableText('Meta’s id of it.'),
    status: nullableText('Meta’s word, such as `APPROVED`, `PAUSED` or `REJECTED`.'),
    reason: nullableText('Why, when Meta said so.'),
    disableDate: nullableText('When it will be disabled, in Meta’s words.'),
    quality: nullableText('`GREEN`, `YELLOW`, `RED` or `UNKNOWN`.'),
    category: nullableText('Its category, and so its price.'),
    formerCategory: nullableText('The category before, when it changed.'),
    plannedCategory: nullableText('The category that Meta finds right, or will make of it.'),
    plannedAt: instant('When Meta will change it.').nullable(),
    changedAt: instant('When a webhook told the latest of it.').nullable(),
    header: z
      .object({
        format: wordOf(['text', 'image', 'video', 'document', 'location'], 'What stands above.'),
        text: nullableText('Its words, when it is a text.'),
      })
      .nullable()
      .meta({ description: 'What stands above the words; null for nothing, or while it was not read.' }),
    body: nullableText('Its words, with the placeholders.'),
    footer: nullableText('The small words below.'),
    buttons: z
      .array(
        z.object({
          kind: wordOf(buttonKinds, 'What it does.'),
          text: nullableText('What stands on it.'),
          url: nullableText('Where it leads.'),
        }),
      )
      .meta({ description: 'Its buttons, in order.' }),
    parameters: z
      .object({
        named: z.boolean().meta({ description: 'Whether its placeholders have names, and not numbers.' }),
        header: z.array(z.string()).meta({ description: 'The placeholders of the header.' }),
        body: z.array(z.string()).meta({ description: 'The placeholders of the body.' }),
        buttons: z.array(z.int()).meta({ description: 'The places of the buttons that need a value.' }),
      })
      .nullable()
      .meta({ description: 'The values that a send has to give; null while it was not read.' }),
    components: z
      .array(anyObject('A component, in Meta’s own members.'))
      .meta({ description: 'The whole as Meta has it in its books.' }),
    syncedAt: instant('When it was read from Meta’s books; null when it never was.').nullable(),
  })
  .meta({
    id: 'TemplateState',
    description:
      'A template in one language, from Meta’s books and from what webhooks told since; null is what neither told.',
  });

/** The query of GET /v1/templates. */
export const templateQuerySchema = z.strictObject({
  status: z.string().max(64).optional().meta({ description: 'Only those of this status, in Meta’s word.' }),
});

/** The name in an address. */
export const templateParametersSchema = z.strictObject({
  name: z.string().meta({ description: 'The template’s name.', examples: ['interview_reminder'] }),
});

/** Templates. */
export const templatePageSchema = pageOf(
  'TemplatePage',
  templateStateSchema,
  'Templates by name and language, all at once: `next` is always null.',
);

/** What came of reading templates from Meta's books. */
export const templateSyncSchema = z
  .object({
    accounts: z
      .array(
        z.object({
          wabaId: z.string().meta({ description: 'The WhatsApp Business Account.' }),
          outcome: wordOf(['synced', 'failed'], 'Whether it could be read.'),
          count: z.int().nullable().meta({ description: 'How many templates it has; null when it failed.' }),
          because: nullableText('Why it could not be read.'),
        }),
      )
      .meta({ description: 'Each of our accounts that is known and has a token.' }),
  })
  .meta({ id: 'TemplateSync', description: 'What came of reading the templates from Meta’s books.' });

const languageCode = filledText(20).meta({ description: 'Meta’s language code.', examples: ['pt_BR'] });
const categoryWord = z
  .enum(['UTILITY', 'MARKETING', 'AUTHENTICATION'])
  .meta({ description: 'Its category, and so its price; Meta may give it another one.' });
const newComponents = z
  .array(anyObject('A component, as Meta’s reference of templates describes it.'))
  .min(1)
  .meta({
    description: 'What it consists of, in Meta’s own members.',
    examples: [[{ type: 'BODY', text: 'Hello {{1}}', example: { body_text: [['Ana']] } }]],
  });

/** The body of POST /v1/templates. */
export const newTemplateSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9_]{1,512}$/, { error: 'must consist of lower-case letters, digits and underscores' })
      .meta({ description: 'Its name.', examples: ['interview_reminder'] }),
    language: languageCode,
    category: categoryWord,
    parameterFormat: z
      .enum(['POSITIONAL', 'NAMED'])
      .default('POSITIONAL')
      .meta({ description: 'Whether its placeholders have numbers, `{{1}}`, or names, `{{order}}`.' }),
    components: newComponents,
  })
  .meta({ id: 'NewTemplate', description: 'A template to be submitted for Meta’s approval.' });

/** The body of PATCH /v1/templates/{name}. */
export const templateChangesSchema = z
  .strictObject({
    language: languageCode,
    category: categoryWord.optional(),
    components: newComponents.optional(),
  })
  .refine((change) => change.category !== undefined || change.components !== undefined, {
    path: ['components'],
    error: 'or `category` is needed: what is to change',
  })
  .meta({ id: 'TemplateChanges', description: 'What is to change of a template in one language.' });

/** The body of POST /v1/templates/{name}/preview. */
export const templatePreviewRequestSchema = z
  .strictObject({ language: languageCode, ...templateValues })
  .meta({ id: 'TemplatePreviewRequest', description: 'The values of a send, as in a notification.' });

/** What values make of a template. */
export const templatePreviewSchema = z
  .object({
    fits: z.boolean().meta({ description: 'Whether the values fit the template.' }),
    mistake: nullableText('What does not fit.'),
    header: nullableText('What would stand above: its words, or the kind of its file in brackets.'),
    body: nullableText('The words, filled in.'),
    footer: nullableText('The small words below.'),
    buttons: z
      .array(
        z.object({ text: nullableText('What stands on it.'), url: nullableText('Where it would lead.') }),
      )
      .meta({ description: 'The buttons, in order.' }),
  })
  .meta({ id: 'TemplatePreview', description: 'A template as the person would see it.' });

/** What came of reading templates, in an answer. */
export type TemplateSyncBody = z.infer<typeof templateSyncSchema>;

/** What values make of a template, in an answer. */
export type TemplatePreviewBody = z.infer<typeof templatePreviewSchema>;

/** Templates in an answer. */
export type TemplatePageBody = z.infer<typeof templatePageSchema>;
