import * as z from 'zod';
import { TEXT_MAX_LENGTH } from '../../domain/notification-content.ts';
import { readerOf } from './content-reader.ts';
import { atMost, nonEmpty } from './parameter-forms.ts';

/** `text` (meta-facts §7.1). */
export const readText = readerOf(
  'text',
  z.strictObject({ body: atMost(TEXT_MAX_LENGTH), preview_url: z.boolean().optional() }),
  ({ body }) => ({ kind: 'text', body }),
);

/** `reaction`; an empty emoji takes it away again (meta-facts §7.1). */
export const readReaction = readerOf(
  'reaction',
  z.strictObject({ message_id: nonEmpty, emoji: z.string() }),
  ({ message_id: messageId, emoji }) => ({ kind: 'reaction', messageId, emoji: emoji === '' ? null : emoji }),
);
