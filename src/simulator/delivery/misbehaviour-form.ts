import * as z from 'zod';
import { answerFaults, deliveryFaults } from './misbehaviour.ts';

/** Every fault by its word. */
export const faults = [...deliveryFaults, ...answerFaults] as const;

/** An ordered misbehaviour as data: over HTTP, and in scenarios. */
export const misbehaviourForm = z.strictObject({
  fault: z.enum(faults),
  times: z.int().positive().exactOptional(),
  about: z.string().exactOptional(),
  by: z.number().positive().exactOptional(),
});
