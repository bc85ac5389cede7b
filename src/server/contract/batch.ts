import { z } from 'zod';
import { batchStates } from '../../domain/batch.ts';
import { notificationStates } from '../../domain/notification.ts';
import { failureSchema, notificationRequestSchema } from './notification.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

/** How many rows one request may bring; more are added with further requests. */
const MOST_ROWS = 1_000;

const rows = z
  .array(notificationRequestSchema)
  .min(1, { error: 'must hold at least one notification' })
  .max(MOST_ROWS, { error: `must hold at most ${MOST_ROWS} notifications; add the others afterwards` })
  .meta({
    description: `Up to ${MOST_ROWS} messages, each as POST /v1/notifications takes it. An idempotency key inside one counts for nothing: a row is never sent twice.`,
  });

/** The body of POST /v1/batches. */
export const batchRequestSchema = z
  .strictObject({
    name: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Your own words for it.', examples: ['Reminders of 20 November'] }),
    notifications: rows,
    start: z.boolean().default(true).meta({
      description: 'False: it stays `open` for further rows, and nothing is sent before it is resumed.',
    }),
  })
  .meta({
    id: 'BatchRequest',
    description: 'Many messages to send.',
    examples: [
      {
        name: 'Reminders of 20 November',
        notifications: [
          {
            to: '+55 85 8765-4321',
            template: { name: 'interview_reminder', language: 'pt_BR', parameters: ['Ana', '10:00'] },
            reference: 'interview-4711',
          },
        ],
      },
    ],
  });

/** The body of POST /v1/batches/preview. */
export const batchPreviewRequestSchema = z
  .strictObject({ notifications: rows })
  .meta({ id: 'BatchPreviewRequest', description: 'Messages of which to say what would become of them.' });

/** The body of POST /v1/batches/{id}/rows. */
export const batchRowsRequestSchema = z
  .strictObject({
    firstRow: z
      .int({ error: 'must be the number of the first of these rows' })
      .min(1, { error: 'must be the number of the first of these rows, from 1' })
      .max(10_000_000)
      .meta({ description: 'The number of the first of these rows, from 1.', examples: [1001] }),
    notifications: rows,
  })
  .meta({ id: 'BatchRowsRequest', description: 'Further rows of an open batch.' });

/** The header of POST /v1/batches that counts beside its body. */
export const batchHeadersSchema = z.looseObject({
  'idempotency-key': z.string().min(1, { error: 'must not be empty' }).max(255).optional().meta({
    description: 'Makes a repeated request the same batch, within one API key.',
  }),
});

const count = (description: string) => z.int().meta({ description });

/** A batch as the API shows it. */
export const batchSchema = z
  .object({
    id: z.string().meta({ description: 'Its id.', examples: ['bt_01k9x2m4c7b8d3fq'] }),
    name: z.string().nullable().meta({ description: 'Your own words for it.' }),
    state: wordOf([...batchStates, 'done'], 'Where it is. `done`: nothing of it waits any more.'),
    total: count('How many rows it has.'),
    waiting: count('Rows that are no notifications yet; in a cancelled batch they never become any.'),
    invalid: count('Rows that can be no notifications, because they cannot be meant as written.'),
    states: z
      .record(z.string(), z.int())
      .meta({ description: 'Its notifications, counted by their state.', examples: [{ delivered: 17 }] }),
    createdAt: instant('When it was made.'),
    updatedAt: instant('When its state last changed.'),
  })
  .meta({ id: 'Batch', description: 'Many messages that were asked for together, and how far they are.' });

const nullableText = (description: string) => z.string().nullable().meta({ description });

const batchRowSchema = z
  .object({
    row: count('Its number, from 1.'),
    to: z.string().meta({ description: 'The recipient as you wrote it.' }),
    reference: nullableText('Your own words.'),
    notificationId: nullableText('Its notification; null while it waits, and where it can be none.'),
    state: z
      .string()
      .nullable()
      .meta({
        description: `The state of its notification: ${notificationStates.map((state) => `\`${state}\``).join(', ')}; more may come. Null where there is none.`,
      }),
    because: nullableText('The facts of the decision, as a sentence.'),
    failure: failureSchema
      .nullable()
      .meta({ description: 'Why it failed, waits, or can be no notification.' }),
  })
  .meta({ id: 'BatchRow', description: 'What became of one row of a batch.' });

/** A page of a batch's rows. */
export const batchRowPageSchema = pageOf('BatchRowPage', batchRowSchema, 'Rows of a batch.');

/** A page of batches. */
export const batchPageSchema = pageOf('BatchPage', batchSchema, 'Batches.');

/** What would become of many messages. */
export const batchPreviewSchema = z
  .object({
    total: count('How many rows were looked at.'),
    decisions: z
      .array(
        z.object({
          decision: wordOf(
            ['free-form', 'template', 'hold', 'refuse', 'invalid'],
            'What would become of these rows.',
          ),
          failure: failureSchema.nullable().meta({ description: 'Why, where they would not be sent.' }),
          count: count('How many rows.'),
          rows: z.array(z.int()).meta({ description: 'Their numbers; the first twenty.' }),
        }),
      )
      .meta({ description: 'Alike rows together, the most first.' }),
  })
  .meta({
    id: 'BatchPreview',
    description: 'What would become of many messages now. Nothing is stored or sent.',
  });

/** The query of GET /v1/batches. */
export const batchQuerySchema = z.strictObject(pageQuery);

/** The query of GET /v1/batches/{id}/rows. */
export const batchRowQuerySchema = z.strictObject({
  ...pageQuery,
  after: z
    .string()
    .regex(/^\d{1,8}$/, { error: 'must be the number of a row' })
    .optional()
    .meta({ description: 'Begin after this: the `next` of an earlier answer, or the number of a row.' }),
});

/** A batch in an answer. */
export type BatchBody = z.infer<typeof batchSchema>;

/** What would become of many messages, in an answer. */
export type BatchPreviewBody = z.infer<typeof batchPreviewSchema>;

/** A page of batches in an answer. */
export type BatchPageBody = z.infer<typeof batchPageSchema>;

/** A page of a batch's rows in an answer. */
export type BatchRowPageBody = z.infer<typeof batchRowPageSchema>;
