import { z } from 'zod';
import { pinForm } from '../../domain/registration.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { filledText, wordOf } from './value.ts';

const secretSchema = z
  .object({
    origin: wordOf(
      ['environment', 'database'],
      'Where it comes from: its own, kept in the database, or the environment’s, which serves every phone that has none.',
    ),
    fingerprint: z
      .string()
      .nullable()
      .meta({
        description: 'The first 8 hex digits of its SHA-256; null when it cannot be decrypted.',
        examples: ['9ba1f63b'],
      }),
  })
  .meta({ id: 'Secret', description: 'A secret, which is never shown: only its fingerprint is.' });

const nullableText = (description: string) => z.string().nullable().meta({ description });

const phoneStateSchema = z
  .object({
    quality: nullableText('Meta’s latest word on what people think of it: `FLAGGED` is low.'),
    messagingLimit: nullableText('How many people may be written to in a day, such as `TIER_2K`.'),
    formerMessagingLimit: nullableText('The limit before.'),
    throughput: nullableText('Meta’s latest word on how fast it may send, such as `THROUGHPUT_UPGRADE`.'),
    registered: z.boolean().nullable().meta({
      description:
        'Whether it is registered on the Cloud API: true once Recado has registered it, false while Meta refuses its messages for that reason; null when nothing is known of it.',
    }),
    verifiedName: nullableText('The name that Meta approved last.'),
    nameDecision: z
      .object({
        decision: z.string().meta({ description: 'Meta’s word, such as `APPROVED` or `REJECTED`.' }),
        requestedName: nullableText('The name that was asked for.'),
        reason: nullableText('Why it was rejected.'),
      })
      .nullable()
      .meta({ description: 'The latest decision on a name.' }),
    username: nullableText('The username under which people find it.'),
    restrictions: z
      .array(
        z.object({
          restriction: nullableText('What is restricted, in Meta’s word.'),
          expiresAt: instant('Until when; null when Meta did not tell.').nullable(),
        }),
      )
      .meta({ description: 'What it, or its account, may not do now.' }),
    violation: nullableText('The rule that it, or its account, broke, as it was told last.'),
    disabled: z
      .object({
        word: z.string().meta({ description: 'Meta’s word, such as `DISABLE` or `ACCOUNT_DELETED`.' }),
        date: nullableText('When, in Meta’s words.'),
      })
      .nullable()
      .meta({ description: 'That its account is, or will be, disabled, deleted or disconnected.' }),
    review: nullableText('Meta’s latest decision on its account, such as `APPROVED` or `REJECTED`.'),
    alerts: z
      .array(
        z.object({
          type: nullableText('What it is about, in Meta’s word.'),
          severity: nullableText('Meta’s word, such as `WARNING` or `CRITICAL`.'),
          status: nullableText('Meta’s word.'),
          description: nullableText('Meta’s sentence.'),
          entityType: nullableText('What it is about: `BUSINESS`, `PHONE_NUMBER` or `WABA`.'),
          entityId: nullableText('The id of that.'),
          toldAt: instant('When Meta told it.'),
        }),
      )
      .meta({
        description: 'What Meta asks to be looked at in its account, for seven days, the latest first.',
      }),
    security: nullableText('The latest word about its PIN.'),
    changedAt: instant('When the latest of all this happened.').nullable(),
  })
  .meta({
    id: 'BusinessPhoneState',
    description: 'What webhooks told of a business phone: null is what none has told since Recado listens.',
  });

/** A business phone as the API shows it. */
export const businessPhoneSchema = z
  .object({
    id: z.string().meta({ description: 'Meta’s `phone_number_id`.', examples: ['200100200100200'] }),
    label: nullableText('What you call it.'),
    displayPhoneNumber: nullableText('The number that people see.'),
    wabaId: nullableText('The WhatsApp Business Account that it belongs to.'),
    origin: wordOf(
      ['environment', 'database'],
      'Where it is configured; null: nowhere, webhooks speak of it.',
    )
      .nullable()
      .meta({ description: 'Where it is configured; null: nowhere, but webhooks speak of it.' }),
    default: z.boolean().meta({ description: 'Whether it sends when a request names no business phone.' }),
    foreign: z.boolean().meta({
      description: 'Whether it is not ours while others are: its events are kept, shown, and change nothing.',
    }),
    accessToken: secretSchema
      .nullable()
      .meta({ description: 'The access token that it sends with; null when there is none.' }),
    appSecrets: z
      .array(secretSchema)
      .meta({ description: 'The app secrets that sign its webhooks; what others sign about it is foreign.' }),
    firstSeenAt: instant('When the first event about it happened.').nullable(),
    lastEventAt: instant('When the latest event about it happened.').nullable(),
    state: phoneStateSchema,
    createdAt: instant('When it was added.').nullable(),
    updatedAt: instant('When it was last changed.').nullable(),
  })
  .meta({ id: 'BusinessPhone', description: 'A WhatsApp number of yours, or one that webhooks speak of.' });

const digits = (what: string) => z.string().regex(/^\d{1,32}$/, { error: `must be ${what}, digits only` });

const details = {
  wabaId: digits('the id of the WhatsApp Business Account').meta({
    description: 'The WhatsApp Business Account that it belongs to.',
    examples: ['300100300100300'],
  }),
  displayPhoneNumber: filledText(40).meta({
    description: 'The number that people see.',
    examples: ['+55 11 3210-0000'],
  }),
  label: filledText(100).meta({ description: 'What you call it.', examples: ['Shop in Recife'] }),
  accessToken: z
    .string()
    .regex(/^(?![0-9a-fA-F]{32}$)[\x21-\x7e]{8,4096}$/, {
      error: 'must be an access token alone, which begins with EAA: no spaces, no “Bearer”, no app secret',
    })
    .meta({ description: 'The access token of a System User. Kept encrypted and never shown.' }),
  appSecrets: z
    .array(
      z
        .string()
        .regex(/^[0-9a-fA-F]{32}$/, { error: 'must be an app secret: 32 hexadecimal digits' })
        .meta({
          description: 'Meta console → your app → App settings → Basic → App secret.',
        }),
    )
    .min(1)
    .max(5)
    .meta({
      description:
        'The secrets of the Meta app; several while one is rotated, the new one first. They count for this business phone alone, and no other counts for it: what they sign about another one is foreign, and so is what META_APP_SECRET signs about this one, unless the same secret is given there too. Kept encrypted and never shown.',
    }),
  default: z
    .literal(true, { error: 'can only be true: name the phone that is to be the default instead' })
    .meta({ description: 'Makes it the one to send from when a request names none.' }),
};

/** The body of POST /v1/business-phones. */
export const newBusinessPhoneSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^\d{1,32}$/, {
        error: 'must be Meta’s phone_number_id, digits only; it is not the phone number itself',
      })
      .meta({ description: 'Meta’s `phone_number_id`.', examples: ['200100200100201'] }),
    wabaId: details.wabaId.optional(),
    displayPhoneNumber: details.displayPhoneNumber.optional(),
    label: details.label.optional(),
    accessToken: details.accessToken.optional(),
    appSecrets: details.appSecrets.optional(),
    default: details.default.optional(),
  })
  .meta({
    id: 'NewBusinessPhone',
    description:
      'A business phone of yours. Without its own token or secrets it uses those of the environment.',
    examples: [{ id: '200100200100201', label: 'Shop in Recife', accessToken: 'EAApretend0000' }],
  });

/** The body of PATCH /v1/business-phones/{id}. */
export const businessPhoneChangesSchema = z
  .strictObject({
    wabaId: details.wabaId.nullable().optional(),
    displayPhoneNumber: details.displayPhoneNumber.nullable().optional(),
    label: details.label.nullable().optional(),
    accessToken: details.accessToken.nullable().optional(),
    appSecrets: details.appSecrets.nullable().optional(),
    default: details.default.optional(),
  })
  .meta({
    id: 'BusinessPhoneChanges',
    description: 'What is to change; null takes a value away.',
    examples: [{ label: 'Shop in Olinda' }],
  });

/** The body of POST /v1/business-phones/{id}/register. */
export const registrationSchema = z
  .strictObject({
    pin: z
      .string()
      .regex(pinForm, { error: 'must be six digits, as text' })
      .optional()
      .meta({
        description: 'The two-step PIN; META_REGISTRATION_PIN when left out.',
        examples: ['212834'],
      }),
  })
  .meta({ id: 'Registration', description: 'How a business phone is registered on the Cloud API.' });

/** The query of GET /v1/business-phones. */
export const businessPhoneQuerySchema = z.strictObject(pageQuery);

/** A page of business phones. */
export const businessPhonePageSchema = pageOf('BusinessPhonePage', businessPhoneSchema, 'Business phones.');

/** A business phone in an answer. */
export type BusinessPhoneBody = z.infer<typeof businessPhoneSchema>;

/** A page of business phones in an answer. */
export type BusinessPhonePageBody = z.infer<typeof businessPhonePageSchema>;
