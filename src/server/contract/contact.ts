import { z } from 'zod';
import { refusablePurposes } from '../../domain/opt-out.ts';
import { identifierKinds } from '../../domain/person.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { filledText, wordOf } from './value.ts';
import { windowSchema } from './window.ts';

const purpose = wordOf(refusablePurposes, 'What messages it is about; people can refuse no others.');

const optOutSchema = z
  .object({
    purpose,
    since: instant('When they said so.'),
    evidence: z
      .string()
      .meta({ description: 'How it is known: Meta’s words, or what was given to the API.' }),
  })
  .meta({ id: 'OptOut', description: 'That a person wants no messages of a purpose.' });

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
          until: instant(
            'When this person left this number, or until when they had it before somebody else; null while it is theirs.',
          ).nullable(),
        }),
      )
      .meta({ description: 'Every name by which WhatsApp knows this person.' }),
    mergedFrom: z.array(z.string()).meta({
      description:
        'The ids of other contacts that turned out to be this person; each of them leads here. GET /v1/contacts/{id}/merges tells why.',
    }),
    optOuts: z
      .array(optOutSchema)
      .meta({ description: 'What this person wants no messages of; such notifications are refused.' }),
    firstSeenAt: instant('When this person was first heard of.'),
    wroteIn: z.boolean().meta({ description: 'True once this person wrote to you, or called.' }),
    conversationId: z
      .string()
      .nullable()
      .meta({ description: 'The conversation; null before the first message or call.' }),
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

/** The body of POST /v1/contacts/{id}/opt-outs. */
export const newOptOutSchema = z
  .strictObject({
    purpose: z
      .enum(refusablePurposes)
      .default('marketing')
      .meta({ description: 'What they want no messages of.' }),
    evidence: filledText(500).meta({
      description: 'How you know it: where and how they said so.',
      examples: ['Told us at the counter in Recife'],
    }),
  })
  .meta({ id: 'NewOptOut', description: 'That a person wants no messages of a purpose.' });

const ofBusinessPhone = {
  businessPhone: z
    .string()
    .regex(/^\d{1,32}$/, { error: 'must be Meta’s phone_number_id, digits only' })
    .optional()
    .meta({
      description: 'The business phone, when the person is named by number; the default when left out.',
    }),
};

/** The query of POST /v1/contacts/{id}/opt-outs. */
export const optOutQuerySchema = z.strictObject(ofBusinessPhone);

/** The query of DELETE /v1/contacts/{id}/opt-outs. */
export const optInQuerySchema = z.strictObject({
  purpose: z
    .enum(refusablePurposes)
    .optional()
    .meta({ description: 'What they want messages of again; `marketing` when left out.' }),
  ...ofBusinessPhone,
});

/** The address of a person whose opt-outs change. */
export const optOutParametersSchema = z.strictObject({
  id: z
    .string()
    .max(256)
    .meta({
      description:
        'The id of a contact, or a phone number with its country code: people who never wrote count too.',
      examples: ['ct_01k9x2m4c7b8d3fq'],
    }),
});

/** What a person wants no messages of, in an answer. */
export const optOutsSchema = z
  .object({ data: z.array(optOutSchema).meta({ description: 'What stands now.' }) })
  .meta({ id: 'OptOuts', description: 'What a person wants no messages of.' });

/** An opt-out in an answer. */
export type OptOutBody = z.infer<typeof optOutSchema>;

/** The opt-outs of a person in an answer. */
export type OptOutsBody = z.infer<typeof optOutsSchema>;

/** The query of GET /v1/contacts. */
export const contactQuerySchema = z.strictObject({
  ...pageQuery,
  search: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .optional()
    .meta({
      description:
        'Part of a name, a number in any spelling, a user id or a username. Accents and capitals do not count.',
      examples: ['joao'],
    }),
});

/** A page of contacts. */
export const contactPageSchema = pageOf('ContactPage', contactSchema, 'Contacts.');

/** A contact in an answer. */
export type ContactBody = z.infer<typeof contactSchema>;

/** A page of contacts in an answer. */
export type ContactPageBody = z.infer<typeof contactPageSchema>;
