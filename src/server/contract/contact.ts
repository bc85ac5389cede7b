import { z } from 'zod';
import { identifierKinds } from '../../domain/person.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';
import { windowSchema } from './window.ts';

/** A contact as the API shows it. */
export const contactSchema = z
  .object({
    id: z.string().meta({ description: 'Its id; may be given as `to`.', examples: ['ct_01k9x2m4c7b8d3fq'] }),
    businessPhoneId: z
      .string()
      .nullable()
      .meta({ description: 'Meta’s `phone_number_id` of the number that knows this person.' }),
    name: z.string().nullable().meta({ description: 'The profile name, when WhatsApp told it.' }),
    waId: z
      .string()
      .nullable()
      .meta({
        description: 'The WhatsApp id: digits, usually the phone number.',
        examples: ['558587654321'],
      }),
    userId: z.string().nullable().meta({ description: 'The business-scoped user id (BSUID).' }),
    identifiers: z
      .array(
        z.object({
          kind: wordOf(identifierKinds, 'The kind of name.'),
          value: z.string().meta({ description: 'The name itself.' }),
        }),
      )
      .meta({ description: 'Every name by which WhatsApp knows this person.' }),
    optOuts: z
      .array(z.object({}))
      .meta({ description: 'What this person has said no to. Empty in this version.' }),
    firstSeenAt: instant('When this person was first heard of.'),
    wroteIn: z.boolean().meta({ description: 'True once this person wrote to you.' }),
    conversationId: z
      .string()
      .nullable()
      .meta({ description: 'The conversation; null before the first message.' }),
    window: windowSchema,
    canBeNotified: z
      .object({
        freeForm: z.boolean().meta({ description: 'Whether a text is allowed now.' }),
        template: z.boolean().meta({ description: 'Whether an approved template is allowed now.' }),
        because: z.string().meta({ description: 'Why, as a sentence.' }),
      })
      .meta({ description: 'Whether this person may be written to now.' }),
  })
  .meta({ id: 'Contact', description: 'A person on WhatsApp as one business phone knows them.' });

/** The query of GET /v1/contacts. */
export const contactQuerySchema = z.strictObject(pageQuery);

/** A page of contacts. */
export const contactPageSchema = pageOf('ContactPage', contactSchema, 'Contacts.');

/** A contact in an answer. */
export type ContactBody = z.infer<typeof contactSchema>;

/** A page of contacts in an answer. */
export type ContactPageBody = z.infer<typeof contactPageSchema>;
