import * as z from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import type { GraphProblem } from '../graph/graph-error.ts';
import { nonEmpty } from './parameter-forms.ts';
import { parameterProblem } from './parameter-problem.ts';
import type { RefusalCodes } from './refusal-codes.ts';

/** Mark-as-read, with the typing indicator where it was asked for (meta-facts §7.2). */
export type ReadRequest = { kind: 'read'; messageId: string; typing: boolean };

const form = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: nonEmpty,
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

export function readMarkAsRead(
  parameters: JsonObject,
  codes: RefusalCodes,
): { ok: true; request: ReadRequest } | { ok: false; refusal: GraphProblem } {
  const read = form.safeParse(parameters);
  if (!read.success) return { ok: false, refusal: parameterProblem(read.error, parameters, [], codes) };
  const { message_id: messageId, typing_indicator: typing } = read.data;
  return { ok: true, request: { kind: 'read', messageId, typing: typing !== undefined } };
}
