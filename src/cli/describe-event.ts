import { z } from 'zod';
import { isJsonObject, type Json } from '../domain/json.ts';
import { fitText } from './fit-text.ts';

/** As much of an event as commands show. */
export const eventSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    kind: z.string(),
    occurredAt: z.string().nullable(),
    receivedAt: z.string(),
    businessPhoneId: z.string().nullable(),
    contactId: z.string().nullable(),
    foreign: z.boolean(),
    revision: z.number(),
    // A gateway of an earlier version tells nothing of these four.
    replayed: z.boolean().default(false),
    content: z.custom<Json>().optional(),
    summary: z.string().default('No summary: the gateway is of an earlier version.'),
    metaTest: z.boolean().default(false),
    payload: z.custom<Json>((value) => value !== undefined),
  })
  .catchall(z.custom<Json>());

/** An event as commands show it. */
export type ShownEvent = z.infer<typeof eventSchema>;

/** The longest name and the longest summary in a line, in columns. */
const LONGEST_NAME = 60;
const LONGEST = 120;

/** What an event says, in one line: its summary, and whose message it is. Strangers' texts in it are escaped and cut. */
export function describeEvent({
  kind,
  payload,
  summary,
}: Pick<ShownEvent, 'kind' | 'payload' | 'summary'>): string {
  const said = fitText(summary, LONGEST);
  return kind === 'message' ? `from ${fitText(senderOf(payload), LONGEST_NAME)}: ${said}` : said;
}

function senderOf(payload: Json): string {
  const names = isJsonObject(payload) ? [payload['from'], payload['from_user_id']] : [];
  for (const name of names)
    if ((typeof name === 'string' && name !== '') || typeof name === 'number') return `${name}`;
  return 'somebody';
}
