import { z } from 'zod';
import { connectionParts, connectionWays, stepOutcomes } from '../../domain/connection.ts';
import { setupProblemCodes } from '../../domain/setup-problem.ts';
import { confirmingCheck } from './confirming-check.ts';
import { wordOf } from './value.ts';

const way = z.enum(connectionWays).meta({
  description:
    'By what Meta is led here: `app`, the callback of the whole app; `account`, an override for the WhatsApp account; `phone`, an override for each of our phones. With an override the callback of the app stays with whoever has it.',
  examples: ['app'],
});

/** The query of GET /v1/connection. */
export const connectionQuerySchema = z.strictObject({ way: way.optional() });

/** The body of POST /v1/connection. */
export const connectionRequestSchema = z
  .strictObject({ way: way.optional() })
  .meta({ id: 'ConnectionRequest', description: 'How to connect; `app` when nothing is said.' });

const setupProblemSchema = z
  .object({
    code: wordOf(setupProblemCodes, 'A stable word for programs.'),
    metaCode: z.int().nullable().meta({ description: 'Meta’s number, when the problem is Meta’s answer.' }),
    title: z.string().meta({ description: 'What is wrong.' }),
    details: z.string().nullable().meta({ description: 'What Meta said, or what else is known of it.' }),
    remedy: z.string().meta({ description: 'What to do about it, ending with the next step.' }),
    check: confirmingCheck,
  })
  .meta({ id: 'SetupProblem', description: 'What stands between this installation and Meta.' });

const stepSchema = z
  .object({
    part: wordOf(connectionParts, 'The part of the connection.'),
    subject: z
      .string()
      .nullable()
      .meta({ description: 'The id of the app, the WhatsApp account or the business phone.' }),
    outcome: wordOf(
      stepOutcomes,
      'What became of it: `to-change` and `blocked` are of a plan, `changed` and `failed` of carrying it out.',
    ),
    now: z.string().nullable().meta({ description: 'How it stood; null when that could not be found out.' }),
    wanted: z.string().nullable().meta({ description: 'How it is to stand; null when it stays as it is.' }),
    warning: z.string().nullable().meta({ description: 'What the change takes away from somebody.' }),
    problem: setupProblemSchema.nullable().meta({ description: 'Why it is not right; null when it is.' }),
  })
  .meta({ id: 'ConnectionStep', description: 'One part of the connection.' });

/** The connection to Meta, as the API shows it. */
export const connectionSchema = z
  .object({
    callbackUrl: z
      .string()
      .nullable()
      .meta({ description: 'Where Meta is to call; null while PUBLIC_URL is not set.' }),
    way,
    connected: z.boolean().meta({ description: 'True when every part is right.' }),
    steps: z.array(stepSchema).meta({ description: 'In the order in which they are taken.' }),
  })
  .meta({ id: 'Connection', description: 'The connection to Meta: how it stands, or what was made of it.' });

/** The connection to Meta, in an answer. */
export type ConnectionBody = z.infer<typeof connectionSchema>;
