import { z } from 'zod';
import { failureCodes } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json.ts';
import { notificationStates } from '../../domain/notification.ts';
import { statusNames } from '../../domain/status.ts';
import { confirmingCheck } from './confirming-check.ts';
import { interactiveRequest } from './interactive.ts';
import {
  contactsRequest,
  contentSchema,
  locationRequest,
  mediaRequest,
  messageIdRequest,
  reactionRequest,
  textRequest,
} from './message-content.ts';
import { orderQuery, pageOf, pageQuery } from './page.ts';
import { templateRequest } from './template-request.ts';
import { givenInstant, instant } from './time.ts';
import { filledText, wordOf } from './value.ts';
import { windowSchema } from './window.ts';

/**
 * When a rule about several members runs: also beside mistakes in other members, so that all are named at
 * once, but not when one of its own members has a mistake.
 */
function unlessMistaken(...members: string[]) {
  return (payload: z.core.ParsePayload): boolean =>
    isJsonObject(payload.value) && !payload.issues.some((issue) => members.includes(String(issue.path?.[0])));
}

/** The members of which a request has exactly one: what it says. */
const contentMembers = [
  'text',
  'template',
  'media',
  'location',
  'contacts',
  'reaction',
  'interactive',
] as const;

function oneContent(body: unknown): string {
  const found = contentMembers.filter((member) => isJsonObject(body) && body[member] !== undefined);
  const others = contentMembers.slice(1).map((member) => `\`${member}\``);
  const rule = `or one of ${others.join(', ')} is needed, exactly one of them`;
  return found.length === 0 ? rule : `${rule}; found ${found.map((member) => `\`${member}\``).join(' and ')}`;
}

/** The body of POST /v1/notifications. */
export const notificationRequestSchema = z
  .strictObject({
    to: filledText(256).meta({
      description:
        'Whom to write to: a phone number with its country code as people type it, a WhatsApp id, a business-scoped user id, the id of a contact, or `group:` and the id of a group.',
      examples: ['+55 85 8765-4321'],
    }),
    text: textRequest.optional(),
    template: templateRequest.optional(),
    media: mediaRequest.optional(),
    location: locationRequest.optional(),
    contacts: contactsRequest.optional(),
    reaction: reactionRequest.optional(),
    interactive: interactiveRequest.optional(),
    replyTo: messageIdRequest.optional().meta({
      description: 'The message that it answers, by its `messageId`; it is shown above as a quotation.',
    }),
    fallback: templateRequest
      .optional()
      .meta({ description: 'The template to send instead when the window is closed.' }),
    onClosedWindow: z.enum(['template', 'fail', 'hold']).optional().meta({
      description:
        'What to do when the window is closed: `template` when a fallback is given, else `fail`. `hold`: to wait until they write, for 7 days when `notAfter` says nothing else.',
    }),
    purpose: z
      .enum(['transactional', 'marketing', 'authentication'])
      .default('transactional')
      .meta({ description: 'Why it is sent; Meta’s rules and its own limits differ by it.' }),
    notBefore: givenInstant('Not to be sent before this time.').optional(),
    notAfter: givenInstant('Not to be sent after this time.').optional(),
    businessPhone: z
      .string()
      .regex(/^\d{1,32}$/, {
        error: 'must be Meta’s phone_number_id, digits only; it is not the phone number itself',
      })
      .optional()
      .meta({
        description: 'Meta’s `phone_number_id` of the number to send from; may be left out for the default.',
        examples: ['200100200100200'],
      }),
    reference: z
      .string()
      .max(512)
      .optional()
      .meta({
        description: 'Your own words, echoed in every answer and event of this notification.',
        examples: ['interview-4711'],
      }),
    idempotencyKey: z.string().min(1, { error: 'must not be empty' }).max(255).optional().meta({
      description: 'Makes a repeated request the same request; the header `Idempotency-Key` does the same.',
    }),
  })
  .refine((body) => contentMembers.filter((member) => body[member] !== undefined).length === 1, {
    path: ['text'],
    error: (issue) => oneContent(issue.input),
    when: unlessMistaken(...contentMembers),
  })
  .refine((body) => body.replyTo === undefined || body.reaction === undefined, {
    path: ['replyTo'],
    error: 'is not needed beside `reaction`, which names its message itself',
    when: unlessMistaken('replyTo', 'reaction'),
  })
  .refine((body) => body.fallback === undefined || body.template === undefined, {
    path: ['fallback'],
    error: 'is not needed beside `template`, which may be sent at any time',
    when: unlessMistaken('fallback', 'template'),
  })
  .refine(
    (body) =>
      body.onClosedWindow !== 'template' || body.fallback !== undefined || body.template !== undefined,
    {
      path: ['onClosedWindow'],
      error: 'is `template`, so `fallback` is needed: the template to send when the window is closed',
      when: unlessMistaken('onClosedWindow', 'fallback', 'template'),
    },
  )
  .refine((body) => body.onClosedWindow !== 'hold' || body.fallback === undefined, {
    path: ['onClosedWindow'],
    error: 'is `hold`, so `fallback` is not used: leave one of them out',
    when: unlessMistaken('onClosedWindow', 'fallback'),
  })
  .refine((body) => body.onClosedWindow !== 'hold' || body.template === undefined, {
    path: ['onClosedWindow'],
    error: 'is not needed beside `template`, which may be sent at any time',
    when: unlessMistaken('onClosedWindow', 'template'),
  })
  .refine((body) => !(Date.parse(body.notAfter ?? '') <= Date.parse(body.notBefore ?? '')), {
    path: ['notAfter'],
    error: 'must be later than `notBefore`',
    when: unlessMistaken('notBefore', 'notAfter'),
  })
  .meta({
    id: 'NotificationRequest',
    description:
      'A message to send. Exactly one of `text`, `template`, `media`, `location`, `contacts`, `reaction` and `interactive` is needed.',
    examples: [
      {
        to: '+55 85 8765-4321',
        text: 'Your interview is tomorrow at 10:00.',
        fallback: { name: 'interview_reminder', language: 'pt_BR', parameters: ['Ana', '10:00'] },
        reference: 'interview-4711',
      },
    ],
  });

/** The header of POST /v1/notifications that counts beside its body. */
export const notificationHeadersSchema = z.looseObject({
  'idempotency-key': z.string().min(1, { error: 'must not be empty' }).max(255).optional().meta({
    description:
      'Makes a repeated request the same request, within one API key. The same key with other content is refused.',
  }),
});

const nullableText = (description: string) => z.string().nullable().meta({ description });

/** A failure as the API shows it. */
export const failureSchema = z
  .object({
    code: wordOf(failureCodes, 'A stable word for programs.'),
    metaCode: z
      .int()
      .nullable()
      .meta({ description: 'Meta’s number, when the failure is Meta’s answer and has one.' }),
    title: z.string().meta({ description: 'What went wrong, as a sentence.' }),
    details: nullableText('Meta’s own explanation, when it gave one.'),
    remedy: z.string().meta({ description: 'What to do about it, ending with the next step.' }),
    check: confirmingCheck,
  })
  .meta({ id: 'Failure', description: 'Why a message was not sent or not delivered, and its cure.' });

const errorSchema = z.object({
  code: z.int().nullable().meta({ description: 'Meta’s number; null when it gave none.' }),
  title: nullableText('Meta’s title.'),
  details: nullableText('Meta’s explanation.'),
});

const statusSchema = z
  .object({
    status: wordOf(statusNames, 'What Meta reports.'),
    at: instant('When it happened.'),
    participant: nullableText('The group participant that it speaks of; null outside groups.'),
    errors: z.array(errorSchema).meta({ description: 'Meta’s errors, when the status is `failed`.' }),
  })
  .meta({ id: 'Status', description: 'What Meta says about a message that was sent.' });

const attemptSchema = z
  .object({
    id: z.string().meta({ description: 'The notification’s id, a dot, and the number of the try.' }),
    number: z.int().meta({ description: 'The number of the try, from 1.' }),
    startedAt: instant('When it began.'),
    finishedAt: instant('When it ended.'),
    outcome: wordOf(
      ['accepted', 'refused', 'not-sent', 'unknown'],
      'How it ended: Meta took it, Meta refused it, it certainly did not leave, or it may have left.',
    ),
    reason: nullableText('Why it did not leave, or why nobody knows.'),
    failure: failureSchema.nullable().meta({ description: 'Meta’s refusal.' }),
    traceId: nullableText('Meta’s id of its answer (`fbtrace_id`), for Meta’s support.'),
  })
  .meta({ id: 'Attempt', description: 'One try to send.' });

const participantSchema = z
  .object({
    participant: z.string().meta({ description: 'The participant, by the first id that Meta gives.' }),
    state: wordOf(notificationStates, 'How far it came.'),
    errors: z.array(errorSchema).meta({ description: 'Meta’s errors, when it failed.' }),
  })
  .meta({ id: 'Participant', description: 'A message to a group, as it is with one participant.' });

const chargeSchema = z
  .object({
    standing: wordOf(
      ['charged', 'free', 'unknown', 'failed'],
      'Whether Meta charges it, as far as Meta has told; `failed`: it is priced, and failed in the end.',
    ),
    category: nullableText('Meta’s category, such as `utility` or `marketing`.'),
    type: nullableText('Meta’s pricing type, such as `regular` or `free_customer_service`.'),
    model: nullableText('`PMP`: each message is charged. `CBP`: each conversation was, until July 2025.'),
    conversation: z
      .object({
        id: nullableText('Meta’s id of the conversation.'),
        origin: nullableText('What began it.'),
        expiresAt: instant('When it ends; null when Meta did not tell.').nullable(),
      })
      .nullable()
      .meta({ description: 'The conversation that it is counted to; null where Meta tells none.' }),
    toldAt: instant('When the status happened that told it.'),
  })
  .meta({ id: 'Charge', description: 'What Meta charged a message as. Meta tells no amounts.' });

/** A notification as the API shows it. */
export const notificationSchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['nt_01k9x2m4c7b8d3fq'] }),
    state: wordOf(
      notificationStates,
      'Where it is in its life. `held`: it waits until they write. `unknown`: it may have left, and nobody answered.',
    ),
    to: z.string().meta({ description: 'The recipient as you wrote it.' }),
    decision: wordOf(['free-form', 'template', 'hold', 'refuse'], 'What admission decided.'),
    because: z.string().meta({ description: 'The facts of the decision, as a sentence.' }),
    messageId: nullableText('Meta’s wamid, once Meta has accepted the message.'),
    failure: failureSchema.nullable().meta({ description: 'Why it failed, or why a retry is pending.' }),
    statuses: z.array(statusSchema).meta({ description: 'What Meta said about it, in order.' }),
    participants: z.array(participantSchema).meta({
      description:
        'In a group: how far it came with each participant. `state` above is the lowest of them, and `failed` only when all have failed.',
    }),
    charge: chargeSchema
      .nullable()
      .meta({ description: 'What Meta charged it as; null while it has not told.' }),
    attempts: z.array(attemptSchema).meta({ description: 'The tries to send it, in order.' }),
    reference: nullableText('Your own words.'),
    businessPhoneId: nullableText('Meta’s `phone_number_id` of the number that it is sent from.'),
    contactId: nullableText('The contact; null until the recipient is known.'),
    purpose: wordOf(['transactional', 'marketing', 'authentication'], 'Why it is sent.'),
    content: contentSchema,
    notBefore: instant('Not sent before this time.').nullable(),
    notAfter: instant('Not sent after this time; it then becomes `expired`.'),
    nextAttemptAt: instant('When it is tried next; null when no try is planned.').nullable(),
    metaHold: z.boolean().meta({
      description:
        'Meta took it, but holds it: while it checks the template, or because the template is paused.',
    }),
    played: z.boolean().meta({ description: 'The voice message was played.' }),
    createdAt: instant('When it was taken.'),
    updatedAt: instant('When it last changed.'),
  })
  .meta({ id: 'Notification', description: 'A message that Recado was asked to send, and its fate.' });

/** What would become of a notification, as the API shows it. */
export const notificationPreviewSchema = z
  .object({
    decision: wordOf(['free-form', 'template', 'hold', 'refuse'], 'What admission decides now.'),
    because: z.string().meta({ description: 'The facts of the decision, as a sentence.' }),
    content: contentSchema.nullable().meta({
      description: 'What would be sent: as asked for, or the fallback. Null when it would be refused.',
    }),
    failure: failureSchema.nullable().meta({ description: 'Why it would be refused, and the remedy.' }),
    to: z.string().meta({ description: 'The recipient as you wrote it.' }),
    contactId: nullableText('The contact; null when the recipient is not known.'),
    businessPhoneId: nullableText('Meta’s `phone_number_id` of the number that it would be sent from.'),
    window: windowSchema,
    costCategory: nullableText(
      'As what Meta would charge it, such as `service`, `utility` or `marketing`; null when nobody knows, or when it would be refused.',
    ),
    willSendAt: instant('When it would be sent at the earliest; null when it would be refused.').nullable(),
    decidedAt: instant('The moment that the decision is of.'),
  })
  .meta({
    id: 'NotificationPreview',
    description: 'What would become of a message if it were taken now. Nothing is stored or sent.',
  });

/** The query of GET /v1/notifications. */
export const notificationQuerySchema = z.strictObject({
  ...pageQuery,
  ...orderQuery,
  state: z.enum(notificationStates).optional().meta({ description: 'Only notifications in this state.' }),
  failure: z
    .enum(failureCodes)
    .optional()
    .meta({ description: 'Only those that failed, or wait, for this reason.' }),
});

/** A page of notifications. */
export const notificationPageSchema = pageOf('NotificationPage', notificationSchema, 'Notifications.');

/** The query of GET /v1/notifications/totals. */
export const notificationTotalsQuerySchema = z.strictObject({
  since: givenInstant(
    'Only what was taken at this time or later; the last 24 hours when left out.',
  ).optional(),
});

/** How many notifications came to what. */
export const notificationTotalsSchema = z
  .object({
    since: instant('From when on they were counted, by the time of taking.'),
    total: z.int().meta({ description: 'How many were taken.' }),
    data: z
      .array(
        z.object({
          state: wordOf(notificationStates, 'Where they are in their life.'),
          failure: failureSchema.nullable().meta({ description: 'Why they failed, or why they wait.' }),
          count: z.int().meta({ description: 'How many they are.' }),
        }),
      )
      .meta({ description: 'A line for each state and failure, the most first.' }),
  })
  .meta({ id: 'NotificationTotals', description: 'How many notifications came to what since a time.' });

/** How many notifications came to what, in an answer. */
export type NotificationTotalsBody = z.infer<typeof notificationTotalsSchema>;

/** A failure in an answer. */
export type FailureBody = z.infer<typeof failureSchema>;

/** A notification in an answer. */
export type NotificationBody = z.infer<typeof notificationSchema>;

/** What would become of a notification, in an answer. */
export type NotificationPreviewBody = z.infer<typeof notificationPreviewSchema>;

/** A page of notifications in an answer. */
export type NotificationPageBody = z.infer<typeof notificationPageSchema>;
