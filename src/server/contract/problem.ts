import { z } from 'zod';
import { checkNames } from '../../domain/check.ts';
import { wordOf } from './value.ts';

const problemMembers = {
  type: z
    .literal('about:blank')
    .meta({ description: 'Always `about:blank`: `code` says which problem it is.' }),
  title: z.string().meta({ description: 'The problem in general.', examples: ['The request is not valid.'] }),
  status: z.int().meta({ description: 'The HTTP status.', examples: [400] }),
  detail: z.string().meta({ description: 'This occurrence of the problem.' }),
  code: z.string().meta({
    description: 'A stable word for programs. Codes are never given a second meaning; more may come.',
    examples: ['request-malformed'],
  }),
  remedy: z.string().meta({ description: 'What to do about it, ending with the next step.' }),
  check: wordOf(
    checkNames,
    'The check of doctor that would confirm it; left out where none looks at that.',
  ).optional(),
};

const mistakeSchema = z
  .object({
    in: z.enum(['body', 'query', 'path', 'header']).meta({ description: 'The part of the request.' }),
    path: z.string().meta({
      description: 'The member, with dots between levels; empty for the whole part.',
      examples: ['template.language'],
    }),
    message: z.string().meta({ description: 'What is wrong with it, as a sentence.' }),
  })
  .meta({ id: 'Mistake', description: 'One mistake in a request.' });

/** Every error answer: an RFC 9457 problem document. */
export const problemSchema = z
  .object({
    ...problemMembers,
    errors: z
      .array(mistakeSchema)
      .optional()
      .meta({ description: 'Every mistake at once, when the request is malformed.' }),
    notificationId: z
      .string()
      .optional()
      .meta({ description: 'The earlier notification, when an idempotency key is used again.' }),
    differing: z
      .array(z.string())
      .optional()
      .meta({
        description:
          'The members that ask for something else than the earlier request did, when an idempotency key is used again. `content` is what it says: `text`, `template` and the like.',
        examples: [['content', 'reference']],
      }),
    reference: z
      .string()
      .optional()
      .meta({ description: 'Where to look in the log, when Recado itself failed.' }),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 describes it, with its remedy.' });

/** The answer to a notification that admission refused: stored, and never sent. */
export const refusalSchema = z
  .object({
    ...problemMembers,
    decision: z.literal('refuse').meta({ description: 'What admission decided.' }),
    because: z.string().meta({ description: 'The facts of the decision.' }),
    notificationId: z.string().meta({
      description: 'The stored notification, in state `failed`.',
      examples: ['nt_01k9x2m4c7b8d3fq'],
    }),
  })
  .meta({ id: 'Refusal', description: 'A notification that was refused and stored as failed.' });

/** One mistake in a request. */
export type Mistake = z.infer<typeof mistakeSchema>;

/** A problem document. */
export type ProblemBody = z.infer<typeof problemSchema>;

/** The problem document of a refused notification. */
export type RefusalBody = z.infer<typeof refusalSchema>;
