import { z } from 'zod';
import { failureCodes } from '../../domain/failure.ts';
import { wordOf } from './value.ts';

/** The code in the address of GET /v1/errors/{code}. */
export const errorCodeParameters = z.strictObject({
  code: z.string().meta({
    description: 'A number of Meta’s, such as 133010, or a failure code of Recado’s.',
    examples: ['133010'],
  }),
});

/** What an error code means. */
export const errorCodeSchema = z
  .object({
    code: wordOf(failureCodes, 'The failure code: a stable word for programs.'),
    metaCode: z
      .int()
      .nullable()
      .meta({ description: 'Meta’s number that was asked for; null when a failure code was.' }),
    metaCodes: z.array(z.int()).meta({
      description: 'The numbers of Meta’s that Recado lists under this failure; for ranges of Meta’s none.',
      examples: [[131045, 133000, 133006, 133010]],
    }),
    title: z.string().meta({ description: 'What went wrong, as a sentence.' }),
    retried: wordOf(
      ['never', 'after-cure', 'later'],
      'Whether another try helps: `later` is tried again by Recado itself, `after-cure` needs the remedy first.',
    ),
    remedy: z.string().meta({ description: 'What to do about it, ending with the next step.' }),
  })
  .meta({ id: 'ErrorCode', description: 'What an error code means, and what to do about it.' });

/** What an error code means, in an answer. */
export type ErrorCodeBody = z.infer<typeof errorCodeSchema>;
