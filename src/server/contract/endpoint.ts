import { z } from 'zod';
import { disabledReasons, endpointFormats, endpointOrders, endpointStates } from '../../domain/endpoint.ts';
import { endpointHeaderFault, endpointSecretFault } from '../../domain/endpoint-values.ts';
import { eventKinds } from '../../domain/event.ts';
import { pageOf, pageQuery } from './page.ts';
import { givenInstant, instant } from './time.ts';
import { filledText, wordOf } from './value.ts';

const formatMeanings =
  '`recado`: `{ "type", "version", "timestamp", "data" }` with the event as GET /v1/events shows it. `meta`: Meta’s envelope around this one element, signed with `X-Hub-Signature-256` too, for a receiver that you have; our own events are left out. `meta-body`: Meta’s bytes as they came, once for each webhook, without filters.';
const orderMeanings =
  '`conversation`: one event of a conversation after another. `none`: all at once, and one that fails holds up nothing.';

const members = {
  id: z.string().meta({ description: 'Its id.', examples: ['ep_1np4c3zk9v0w2xy7'] }),
  url: z.string().meta({ description: 'Where events are posted to.' }),
  name: z.string().nullable().meta({ description: 'What you call it.' }),
  format: wordOf(endpointFormats, formatMeanings),
  order: wordOf(endpointOrders, orderMeanings),
  kinds: z
    .array(wordOf(eventKinds, 'A kind of event.'))
    .nullable()
    .meta({ description: 'The kinds of events that it hears; null: every kind.' }),
  businessPhones: z
    .array(z.string())
    .nullable()
    .meta({ description: 'The business phones that it hears of; null: all of yours.' }),
  headers: z
    .array(z.string())
    .meta({ description: 'The names of your own headers that it is sent; their values are never shown.' }),
  concurrency: z.int().meta({ description: 'How many deliveries may be on their way at once.' }),
  perSecond: z
    .int()
    .nullable()
    .meta({ description: 'How many deliveries may begin in a second; null: as many as go.' }),
  state: wordOf(
    endpointStates,
    'Whether it is sent events. Those of a `paused` or `disabled` endpoint wait, and none is missed.',
  ),
  disabledBecause: wordOf(
    disabledReasons,
    'Why Recado disabled it: it answered 410, or nothing but failures for five days.',
  ).nullable(),
  readable: z.boolean().meta({
    description:
      'False when its secret cannot be decrypted: RECADO_ENCRYPTION_KEY is missing or another one.',
  }),
  down: z.boolean().meta({ description: 'Whether it is down at present, and asked now and then.' }),
  failingSince: instant('Since when there were nothing but failures; null after a success.').nullable(),
  lastFailure: z.string().nullable().meta({ description: 'What its last failure was.' }),
  deliveredAt: instant('When it last took an event.').nullable(),
  behind: z.int().meta({ description: 'How many events are still to be looked at; counted up to 10,000.' }),
  waiting: z
    .int()
    .meta({ description: 'How many failed, or wait behind one that did; counted up to 10,000.' }),
  deadLetters: z.int().meta({ description: 'How many were given up; counted up to 10,000.' }),
  createdAt: instant('When it was made.'),
  updatedAt: instant('When it was last changed.'),
};

/** An endpoint as the API shows it. */
export const endpointSchema = z
  .object(members)
  .meta({ id: 'Endpoint', description: 'A URL of your own application that events are forwarded to.' });

/** An endpoint with its secret: the only answers that hold it. */
export const endpointSecretSchema = z
  .object({
    ...members,
    secret: z.string().meta({
      description: 'The secret that its deliveries are signed with. It is shown only now.',
      examples: ['whsec_…'],
    }),
  })
  .meta({ id: 'EndpointWithSecret', description: 'An endpoint with the secret that signs its deliveries.' });

const secret = z
  .string()
  .superRefine((text, context) => {
    const fault = endpointSecretFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  })
  .meta({
    description:
      'A secret that your receiver knows already, such as the app secret of one that was made for Meta; a new one when left out. Kept encrypted.',
  });

const details = {
  name: filledText(100)
    .nullable()
    .meta({ description: 'What you call it.', examples: ['Django'] }),
  kinds: z
    .array(z.enum(eventKinds))
    .min(1)
    .nullable()
    .meta({
      description: 'Only events of these kinds; null: every kind.',
      examples: [['message', 'status']],
    }),
  businessPhones: z
    .array(z.string().regex(/^\d{1,32}$/, { error: 'must be the id of a business phone, digits only' }))
    .min(1)
    .max(100)
    .nullable()
    .meta({ description: 'Only events of these business phones; null: of all that are yours.' }),
  headers: z
    .record(z.string(), z.string())
    .superRefine((headers, context) => {
      if (Object.keys(headers).length > 20) {
        context.addIssue({ code: 'custom', message: 'must be at most 20 headers' });
      }
      for (const [name, value] of Object.entries(headers)) {
        const fault = endpointHeaderFault(name, value);
        if (fault !== null) context.addIssue({ code: 'custom', message: fault, path: [name] });
      }
    })
    .meta({ description: 'Your own headers, all of them anew. Kept encrypted, their values never shown.' }),
  concurrency: z
    .int()
    .min(1)
    .max(50)
    .meta({ description: 'How many deliveries may be on their way at once.' }),
  perSecond: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .meta({ description: 'How many deliveries may begin in a second; null: as many as go.' }),
  order: z.enum(endpointOrders).meta({ description: orderMeanings }),
};

const url = z
  .string()
  .min(1)
  .max(2000)
  .meta({
    description:
      'Where to post events: https, or http into a network that ENDPOINT_NETWORKS allows. Private addresses are refused unless it allows them.',
    examples: ['https://app.example.com/recado/'],
  });

/** The body of POST /v1/endpoints. */
export const newEndpointSchema = z
  .strictObject({
    url,
    format: z.enum(endpointFormats).meta({ description: formatMeanings }),
    secret,
    ...details,
  })
  .partial()
  .required({ url: true })
  .meta({ id: 'NewEndpoint', description: 'An endpoint to be made.' });

/** The body of PATCH /v1/endpoints/{id}. */
export const endpointChangesSchema = z
  .strictObject({
    url,
    state: z.enum(['active', 'paused']).meta({
      description:
        '`paused`: its events wait. `active`: they go on where they stood, also after it was disabled.',
    }),
    ...details,
  })
  .partial()
  .meta({ id: 'EndpointChanges', description: 'What to change of an endpoint; the rest stays.' });

/** The body of POST /v1/endpoints/{id}/rotate-secret. */
export const rotationSchema = z
  .strictObject({
    secret: secret.optional(),
    overlapHours: z.int().min(0).max(720).default(24).meta({
      description: 'For how many hours deliveries are signed by the former secret too.',
    }),
  })
  .meta({ id: 'SecretRotation', description: 'How to rotate the secret of an endpoint.' });

/** What a trial delivery met. */
export const endpointTrialSchema = z
  .object({
    delivered: z.boolean().meta({ description: 'Whether it answered with a success, 200 to 299.' }),
    status: z.int().nullable().meta({ description: 'The HTTP status; null when no answer came.' }),
    took: z.int().meta({ description: 'How long it took, in milliseconds.' }),
    failure: z.string().nullable().meta({ description: 'What went wrong, in a sentence.' }),
    answer: z.string().meta({ description: 'The beginning of what it answered; long numbers are left out.' }),
  })
  .meta({ id: 'EndpointTrial', description: 'What became of a trial delivery.' });

/** The query of the lists of an endpoint. */
export const endpointQuerySchema = z.strictObject(pageQuery);

const attemptSchema = z
  .object({
    event: z
      .string()
      .meta({ description: 'The id of the event; its `key` is the `webhook-id` of the delivery.' }),
    at: instant('When it was tried.'),
    delivered: z.boolean().meta({ description: 'Whether the endpoint took it.' }),
    status: z.int().nullable().meta({ description: 'The HTTP status; null when no answer came.' }),
    took: z.int().meta({ description: 'How long it took, in milliseconds.' }),
    failure: z.string().nullable().meta({ description: 'What went wrong, in a sentence.' }),
    answer: z.string().meta({ description: 'The beginning of what it answered; long numbers are left out.' }),
  })
  .meta({ id: 'ForwardAttempt', description: 'One try to deliver an event to an endpoint.' });

const deadLetterSchema = z
  .object({
    event: z.string().meta({ description: 'The id of the event.' }),
    kind: wordOf(eventKinds, 'Its family.'),
    attempts: z.int().meta({ description: 'How often it was tried.' }),
    failure: z.string().nullable().meta({ description: 'What the last try met.' }),
    givenUpAt: instant('When it was given up.'),
  })
  .meta({ id: 'DeadLetter', description: 'An event that an endpoint could not be delivered.' });

/** A page of endpoints. */
export const endpointPageSchema = pageOf('EndpointPage', endpointSchema, 'Endpoints in the order of making.');

/** A page of attempts. */
export const forwardAttemptPageSchema = pageOf(
  'ForwardAttemptPage',
  attemptSchema,
  'The latest 500 attempts, the newest first.',
);

/** A page of events that were given up. */
export const deadLetterPageSchema = pageOf(
  'DeadLetterPage',
  deadLetterSchema,
  'Events that were given up, in feed order.',
);

/** The body of POST /v1/endpoints/{id}/redeliver. */
export const redeliverySchema = z
  .strictObject({
    events: z
      .array(z.string().regex(/^ev_[0-9a-z]{10}$/, { error: 'must be the id of an event' }))
      .min(1)
      .max(500)
      .meta({ description: 'These events.' }),
    deadSince: givenInstant('All that were given up since then.'),
    from: givenInstant('All that were received from then on …'),
    until: givenInstant('… and before then.'),
    kinds: z
      .array(z.enum(eventKinds))
      .min(1)
      .meta({ description: 'With `from` and `until`: only these kinds.' }),
    after: z
      .string()
      .regex(/^ev_[0-9a-z]{10}$/, { error: 'must be the id of an event' })
      .meta({
        description: 'Go on behind this event: the `next` of the answer before.',
      }),
  })
  .partial()
  .superRefine((request, context) => {
    const ways = [request.events, request.deadSince, request.from].filter((way) => way !== undefined).length;
    const isRange = (request.from === undefined) === (request.until === undefined);
    if (ways !== 1 || !isRange || (request.kinds !== undefined && request.from === undefined)) {
      context.addIssue({
        code: 'custom',
        message: 'must name one of `events`, `deadSince`, or `from` with `until` (and perhaps `kinds`)',
      });
    }
  })
  .meta({ id: 'Redelivery', description: 'Which events to deliver again.' });

/** How many events are delivered again. */
export const redeliveredSchema = z
  .object({
    count: z.int().meta({ description: 'How many are on their way again.' }),
    next: z
      .string()
      .nullable()
      .meta({ description: 'Ask again with this as `after`: there are more. Null when that was all.' }),
  })
  .meta({ id: 'Redelivered', description: 'What is delivered again.' });

/** An endpoint in an answer. */
export type EndpointBody = z.infer<typeof endpointSchema>;

/** An endpoint with its secret in an answer. */
export type EndpointSecretBody = z.infer<typeof endpointSecretSchema>;

/** A page of endpoints in an answer. */
export type EndpointPageBody = z.infer<typeof endpointPageSchema>;

/** What a trial met, in an answer. */
export type EndpointTrialBody = z.infer<typeof endpointTrialSchema>;

/** A page of attempts in an answer. */
export type ForwardAttemptPageBody = z.infer<typeof forwardAttemptPageSchema>;

/** A page of events that were given up, in an answer. */
export type DeadLetterPageBody = z.infer<typeof deadLetterPageSchema>;

/** What is delivered again, in an answer. */
export type RedeliveredBody = z.infer<typeof redeliveredSchema>;
