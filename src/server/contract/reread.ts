import { z } from 'zod';
import { givenInstant, instant } from './time.ts';
import { wordOf } from './value.ts';

const runStates = ['running', 'done', 'failed', 'stopped'] as const;

/** The body of POST /v1/reread. */
export const rereadRequestSchema = z
  .strictObject({
    since: givenInstant('Only webhooks received at or after this time.').optional(),
    webhook: z
      .int({ error: 'must be the number of a webhook, as the log names it' })
      .min(1, { error: 'must be the number of a webhook, as the log names it' })
      .optional()
      .meta({ description: 'Only this webhook, by its number in the log.', examples: [17] }),
    dryRun: z
      .boolean()
      .default(false)
      .meta({ description: 'Finds out what would change, and changes nothing.' }),
  })
  .meta({
    id: 'RereadRequest',
    description: 'Which stored webhooks to read again; all of them when nothing is said.',
    examples: [{ since: '2026-11-20T11:00:00-03:00', dryRun: true }],
  });

/** A re-reading as the API shows it. */
export const rereadSchema = z
  .object({
    state: wordOf(runStates, 'How far it is; `stopped` when the gateway was stopped before the end.'),
    dryRun: z.boolean().meta({ description: 'Whether it only finds out.' }),
    since: instant('The bound that was asked for.').nullable(),
    webhook: z.int().nullable().meta({ description: 'The webhook that was asked for.' }),
    total: z.int().meta({ description: 'How many webhooks there were to read when it began.' }),
    webhooks: z.int().meta({ description: 'How many of them are read.' }),
    upgraded: z
      .int()
      .meta({ description: 'Events that are better understood: same id, `revision` one higher.' }),
    found: z
      .int()
      .meta({ description: 'Events that were not in the feed: appended at its end, `replayed`.' }),
    skipped: z.int().meta({ description: 'Webhooks that could not be kept as they are read today.' }),
    kinds: z
      .record(z.string(), z.int())
      .meta({ description: 'Upgraded and found events by their kind now.', examples: [{ message: 3 }] }),
    startedAt: instant('When it began.'),
    finishedAt: instant('When it ended; null while it runs.').nullable(),
  })
  .meta({ id: 'Reread', description: 'Stored webhooks, read again with today’s understanding.' });

/** A re-reading in an answer. */
export type RereadBody = z.infer<typeof rereadSchema>;
