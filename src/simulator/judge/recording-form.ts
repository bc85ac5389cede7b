import * as z from 'zod';
import { readMetaStep } from '../meta-steps.ts';
import type { Recording } from './recording.ts';

const at = z.number();

const recording = z.strictObject({
  seed: z.string(),
  startedAt: z.number(),
  entries: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('act'),
        at,
        waId: z.string(),
        businessPhone: z.string().nullable(),
        does: z.string(),
        given: z.array(z.json()),
      }),
      z.strictObject({ kind: z.literal('person'), at, waId: z.string(), name: z.string().nullable() }),
      z.strictObject({
        kind: z.literal('call'),
        at,
        method: z.string(),
        path: z.string().startsWith('/'),
        body: z.json(),
        status: z.int().nullable(),
      }),
      z.strictObject({ kind: z.literal('meta'), at, step: z.looseObject({}).transform(readMetaStep) }),
    ]),
  ),
}) satisfies z.ZodType<Recording>;

/** A recording as JSON has kept it. */
export const recordingForm: z.ZodType<Recording> = recording;
