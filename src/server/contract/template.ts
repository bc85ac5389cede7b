import { z } from 'zod';
import { pageOf } from './page.ts';
import { instant } from './time.ts';

const nullableText = (description: string) => z.string().nullable().meta({ description });

/** A template as webhooks told of it. */
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
    changedAt: instant('When the latest of all this happened.').nullable(),
  })
  .meta({
    id: 'TemplateState',
    description:
      'A template in one language, as told by webhooks: null is what none has told since Recado listens.',
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

/** Templates in an answer. */
export type TemplatePageBody = z.infer<typeof templatePageSchema>;
