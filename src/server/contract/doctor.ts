import { z } from 'zod';
import { checkNames, verdicts } from '../../domain/check.ts';
import { reasonCodes } from '../../domain/check-reasons/reasons.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

/** The body of POST /v1/doctor/run. */
export const doctorRequestSchema = z
  .strictObject({
    only: z
      .array(z.enum(checkNames))
      .min(1)
      .optional()
      .meta({
        description: 'Look at these checks, and at those that they need; at all of them when left out.',
        examples: [['token', 'app-secret']],
      }),
    alone: z.boolean().default(false).meta({
      description: 'Without those that they need: for who looks at one link again and again.',
    }),
  })
  .meta({ id: 'DoctorRequest', description: 'Which links of the chain to look at.' });

const placeSchema = z
  .object({
    check: wordOf(checkNames, 'The check.'),
    subject: z.string().nullable().meta({ description: 'The business phone that it is about, if it is.' }),
  })
  .meta({ id: 'DoctorPlace', description: 'A link of the chain.' });

const stepSchema = z
  .object({
    text: z.string().meta({ description: 'What to do.' }),
    run: z
      .string()
      .nullable()
      .meta({
        description: 'The command that does it, to run as it stands.',
        examples: ['npx recado register'],
      }),
    set: z
      .string()
      .nullable()
      .meta({ description: 'The line to set in .env before Recado is started again.' }),
  })
  .meta({ id: 'DoctorStep', description: 'A step of a cure, with the values of this installation.' });

const callSchema = z
  .object({
    call: z.string().meta({ description: 'The call that was made, without secrets.' }),
    answer: z.string().meta({ description: 'What came back, clipped, without secrets.' }),
  })
  .meta({ id: 'DoctorCall', description: 'Evidence.' });

const resultSchema = z
  .object({
    check: wordOf(checkNames, 'The check.'),
    subject: z.string().nullable().meta({ description: 'The business phone that it is about, if it is.' }),
    verdict: wordOf(verdicts, '`unknown`: nothing can be said, which is never good news.'),
    reason: wordOf(reasonCodes, 'What was found: a stable word for programs.'),
    title: z.string().meta({ description: 'What the link is called.' }),
    found: z.string().meta({ description: 'What was found, and what it means.' }),
    cure: z.array(stepSchema).meta({ description: 'What to do about it, step by step.' }),
    blockedBy: placeSchema
      .nullable()
      .meta({ description: 'The red link because of which nothing can be said; null otherwise.' }),
    calls: z.array(callSchema).meta({ description: 'The calls that were made, with what came back.' }),
  })
  .meta({ id: 'DoctorCheck', description: 'One link of the chain.' });

/** What doctor found, as the API shows it. */
export const doctorSchema = z
  .object({
    startedAt: instant('When it began; null when doctor has not run since this process started.').nullable(),
    finishedAt: instant('When it ended; null as above.').nullable(),
    verdict: wordOf(verdicts, '`red` when a link is red, `green` when every one is green, else `unknown`.'),
    checks: z.array(resultSchema).meta({ description: 'The chain, in its order.' }),
  })
  .meta({ id: 'Doctor', description: 'The chain of evidence from the configuration to a delivered reply.' });

/** What doctor found, in an answer. */
export type DoctorBody = z.infer<typeof doctorSchema>;
