import type { StandbyContent } from '../../domain/event-content/standby.ts';
import type { JsonObject } from '../../domain/json.ts';
import { senderOf } from '../contact-book.ts';
import { isMessage, isStatus } from '../element-facts.ts';
import { readMessage } from '../message-content/read-message.ts';
import type { Around } from './around.ts';
import { readEcho } from './read-echo.ts';
import { namedPerson } from './read-named-person.ts';
import { readStatus } from './read-status.ts';

/** An element of a list in `standby`; a list that is not told is guessed from the element (meta-facts §3.1). */
export function readStandby(element: JsonObject, around: Around): StandbyContent {
  const { list } = around;
  if (list === 'statuses' || (list === null && isStatus(element))) {
    return { form: 'status', status: readStatus(element) };
  }
  if (list === 'message_echoes' || (list === null && element.to !== undefined)) {
    return { form: 'echo', echo: readEcho(element) };
  }
  if (list !== 'messages' && !(list === null && isMessage(element))) return { form: 'other' };
  return { form: 'message', sender: namedPerson(senderOf(element)), message: readMessage(element, around) };
}
