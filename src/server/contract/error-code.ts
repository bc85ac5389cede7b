import { z } from 'zod';
import { appearances, errorFamilyNames, faults } from '../../domain/error-facts.ts';
import { failureCodes } from '../../domain/failure.ts';
import { confirmingCheck } from './confirming-check.ts';
import { pageOf, pageQuery } from './page.ts';
import { wordOf } from './value.ts';

const retries = ['never', 'after-cure', 'later'] as const;

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
    check: confirmingCheck,
    known: z.boolean().meta({
      description: 'False for a number of Meta’s that this version does not know.',
    }),
    code: wordOf(failureCodes, 'The failure of a notification that meets it: a stable word for programs.'),
    metaCode: z
      .int()
      .nullable()
      .meta({
        description: 'Meta’s number; null when a failure code was asked for.',
        examples: [133010],
      }),
    metaCodes: z.array(z.int()).meta({
      description: 'The numbers of Meta’s that Recado lists under this failure; for ranges of Meta’s none.',
      examples: [[131045, 133000, 133006, 133010]],
    }),
    family: wordOf(
      errorFamilyNames,
      'What it is about; null for what is no known number of Meta’s.',
    ).nullable(),
    title: z.string().meta({ description: 'What went wrong, in short.' }),
    metaTitle: z
      .string()
      .nullable()
      .meta({
        description: 'Meta’s own title, when it is known.',
        examples: ['Phone number Not Registered'],
      }),
    httpStatus: z
      .int()
      .nullable()
      .meta({
        description: 'The HTTP status with which Meta answers, when it is known.',
        examples: [400],
      }),
    documentedByMeta: z.boolean().nullable().meta({
      description: 'False for what is known from users of the platform, and not from Meta’s list.',
    }),
    appearsIn: z.array(wordOf(appearances, 'Where it comes to light.')).meta({
      description:
        '`answer`: to the call that sends; `failed-status`: later, of a message that Meta had accepted; `incoming-message`: in a message from a person; `webhook`: about no single message; `management-call`: to calls about numbers, templates and accounts.',
    }),
    fault: wordOf(faults, 'Who would have to change something.').nullable(),
    retried: wordOf(
      retries,
      'Whether another try helps: `later` the same may succeed, `after-cure` needs the cure first.',
    ),
    retryAfter: z.number().nullable().meta({
      description: 'Seconds before the first other try, when it is known.',
    }),
    retriedByRecado: z.boolean().meta({
      description:
        'Whether Recado tries again by itself when Meta answers a message so. A `failed` status ends the notification.',
    }),
    meaning: z.string().meta({ description: 'What happened, in whole sentences.' }),
    steps: z.array(z.string()).meta({ description: 'The cure, step by step.' }),
    remedy: z.string().meta({ description: 'What to do about it in short, ending with the next step.' }),
    fixAction: z
      .string()
      .nullable()
      .meta({
        description:
          'A command or call of Recado’s that does the decisive step; fill in what stands in brackets.',
        examples: ['recado phones list'],
      }),
  })
  .meta({ id: 'ErrorCode', description: 'What an error code means, and what to do about it.' });

/** The query of GET /v1/errors. */
export const errorCodeQuerySchema = z.strictObject({
  ...pageQuery,
  family: z.enum(errorFamilyNames).optional().meta({ description: 'Only those about this.' }),
  code: z
    .enum(failureCodes as [(typeof failureCodes)[number], ...(typeof failureCodes)[number][]])
    .optional()
    .meta({ description: 'Only those that mean this failure.' }),
  appearsIn: z.enum(appearances).optional().meta({ description: 'Only those that come to light there.' }),
  fault: z.enum(faults).optional().meta({ description: 'Only those that are for them to change.' }),
  retried: z.enum(retries).optional().meta({ description: 'Only those that are tried again so.' }),
});

/** A page of error codes. */
export const errorCodePageSchema = pageOf('ErrorCodePage', errorCodeSchema, 'Error codes.');

/** What an error code means, in an answer. */
export type ErrorCodeBody = z.infer<typeof errorCodeSchema>;

/** A page of error codes in an answer. */
export type ErrorCodePageBody = z.infer<typeof errorCodePageSchema>;
