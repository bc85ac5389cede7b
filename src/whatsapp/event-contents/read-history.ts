import type { HistoryContent, HistoryThread } from '../../domain/event-content/history.ts';
import type { NamedPerson } from '../../domain/event-content/named-person.ts';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import { senderOf } from '../contact-book.ts';
import { readMetaErrors } from '../element-facts.ts';
import { readMessage } from '../message-content/read-message.ts';
import { readDecimal, readList, readMilliseconds, readNumber, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';
import { namedPerson } from './read-named-person.ts';

/** An element of `history`, or a message that comes in that field by itself (meta-facts §3.1). */
export function readHistory(history: JsonObject, { list }: Around): HistoryContent {
  if (list === 'messages') {
    return { form: 'message', sender: namedPerson(senderOf(history)), message: readMessage(history) };
  }
  const metadata = readObject(history.metadata);
  if (metadata !== null || history.threads !== undefined) {
    return {
      form: 'chunk',
      phase: readDecimal(metadata?.phase),
      chunkOrder: readDecimal(metadata?.chunk_order),
      progress: readDecimal(metadata?.progress),
      threads: readList(history.threads).filter(isJsonObject).map(readThread),
    };
  }
  const errors = readMetaErrors(history.errors);
  return errors.length > 0 ? { form: 'withheld', errors } : { form: 'other' };
}

/** One chat. Its id is the person's number. */
function readThread(thread: JsonObject): HistoryThread {
  const person = namedPerson({ number: readNumber(thread.id), userId: null, parentUserId: null });
  return {
    person,
    messages: readList(thread.messages)
      .filter(isJsonObject)
      .map((element) => {
        const sender = namedPerson(senderOf(element));
        return {
          direction: directionOf(sender, person),
          sender,
          sentAt: readMilliseconds(element.timestamp),
          status: readText(readObject(element.history_context)?.status),
          message: readMessage(element),
        };
      }),
  };
}

/** In a chat of two whoever is not the person is the business. */
function directionOf(sender: NamedPerson, person: NamedPerson): 'in' | 'out' | null {
  if (sender.waId === null || person.waId === null) return null;
  return sender.waId === person.waId ? 'in' : 'out';
}
