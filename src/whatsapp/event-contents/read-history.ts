import type { HistoryContent } from '../../domain/event-content/history.ts';
import type { JsonObject } from '../../domain/json.ts';
import { senderOf } from '../contact-book.ts';
import { readMetaErrors } from '../element-facts.ts';
import { readMessage } from '../message-content/read-message.ts';
import { readDecimal, readList, readObject } from '../wire-values.ts';
import type { Around } from './around.ts';
import { namedPerson } from './read-named-person.ts';

/** An element of `history`, or a message that comes in that field by itself (meta-facts §3.1). */
export function readHistory(history: JsonObject, { list }: Around): HistoryContent {
  if (list === 'messages') {
    return { form: 'message', sender: namedPerson(senderOf(history)), message: readMessage(history) };
  }
  const metadata = readObject(history.metadata);
  if (metadata !== null || Array.isArray(history.threads)) {
    const threads = readList(history.threads);
    return {
      form: 'chunk',
      phase: readDecimal(metadata?.phase),
      chunkOrder: readDecimal(metadata?.chunk_order),
      progress: readDecimal(metadata?.progress),
      threads: threads.length,
      messages: threads.reduce(
        (sum: number, thread) => sum + readList(readObject(thread)?.messages).length,
        0,
      ),
    };
  }
  const errors = readMetaErrors(history.errors);
  return errors.length > 0 ? { form: 'withheld', errors } : { form: 'other' };
}
