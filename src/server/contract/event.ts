import { z } from 'zod';
import { eventKinds } from '../../domain/event.ts';
import { languages } from '../../domain/language.ts';
import { orderQuery, pageMembers, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { anyJson, anyObject, wordOf } from './value.ts';

/** An event as the API shows it. */
const eventSchema = z
  .object({
    id: z.string().meta({
      description: 'Its id, to be given as `after` or `Last-Event-ID`.',
      examples: ['ev_000000001a'],
    }),
    key: z.string().meta({ description: 'Its frozen identity, the same for every redelivery by Meta.' }),
    kind: wordOf(eventKinds, 'Its family.'),
    occurredAt: instant(
      'When it happened by Meta’s clock; null when Meta gives no believable time.',
    ).nullable(),
    receivedAt: instant('When Recado received it.'),
    businessPhoneId: z
      .string()
      .nullable()
      .meta({ description: 'Meta’s `phone_number_id`, when it has one.' }),
    contactId: z.string().nullable().meta({
      description: 'The contact that it is about; null until Recado has worked it in, and for nobody.',
    }),
    foreign: z.boolean().meta({ description: 'True for a business phone that is not yours.' }),
    revision: z
      .int()
      .meta({ description: '1 at first; one more when a later version understood it better.' }),
    replayed: z.boolean().meta({
      description:
        'True when reading stored webhooks again upgraded or found it: old news, which should cause nothing.',
    }),
    payload: anyJson(
      'Meta’s own element, verbatim; for `notification` and `alarm` the facts in Recado’s words.',
    ),
    content: anyObject(
      'What the payload says, in Recado’s words: the same members whatever Meta leaves out, with null or an empty list for that. Its shape follows from `kind`: `docs/events.md` has a chapter for each, such as `docs/events.md#status`; of a `message` see `docs/messages.md`. Null for `notification` and `alarm`.',
    ).nullable(),
    summary: z.string().meta({
      description: 'The event in one short line, in the language asked for.',
      examples: ['Delivered to 558587654321'],
    }),
    metaTest: z.boolean().meta({
      description: 'True for a made-up event of the "Test" link in Meta’s App Dashboard.',
    }),
  })
  .meta({ id: 'Event', description: 'One fact in the feed.' });

const kindParameter = z
  .preprocess(
    (value) => [value].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : part)),
    z.array(z.enum(eventKinds)).min(1),
  )
  .optional()
  .meta({ description: 'Only events of these kinds. May be repeated, or hold several with commas between.' });

const languageParameter = z.enum(languages).optional().meta({
  description: 'The language of `summary`; without it, what `Accept-Language` asks for, else English.',
});

/** The query of GET /v1/events. */
export const eventQuerySchema = z.strictObject({
  ...pageQuery,
  ...orderQuery,
  kind: kindParameter,
  language: languageParameter,
});

/** The query of GET /v1/events/stream. */
export const eventStreamQuerySchema = z.strictObject({
  after: pageQuery.after.meta({
    description: 'Begin after this event. Without it, and without `Last-Event-ID`, the stream begins now.',
  }),
  kind: kindParameter,
  language: languageParameter,
});

/** The header of GET /v1/events/stream that counts. */
export const eventStreamHeadersSchema = z.looseObject({
  'last-event-id': z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'The id of the last event seen; browsers send it by themselves. Beats `after`.' }),
});

/** A page of events. */
export const eventPageSchema = z
  .object({
    ...pageMembers(eventSchema),
    place: z.string().meta({
      description:
        'Up to where the feed was looked at: every event up to here was given, or hidden by `kind`. Give it as `after` later. From the end backwards: where the feed ended, to follow it from there.',
      examples: ['ev_000000001a'],
    }),
    hidden: z
      .array(
        z.object({
          kind: wordOf(eventKinds, 'A kind that was not asked for.'),
          count: z.int().meta({ description: 'How many of it there were.' }),
        }),
      )
      .meta({
        description:
          'What `kind` hid between `after` and `place`; of more than 10,000 the first are counted. Empty without a filter.',
      }),
  })
  .meta({ id: 'EventPage', description: 'Events in the order of the feed.' });

/** An event in an answer. */
export type EventBody = z.infer<typeof eventSchema>;

/** A page of events in an answer. */
export type EventPageBody = z.infer<typeof eventPageSchema>;
