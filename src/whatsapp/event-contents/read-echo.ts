import type { EchoContent } from '../../domain/event-content/echo.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readMessage } from '../message-content/read-message.ts';
import { readNumber } from '../wire-values.ts';
import { readNamedPerson } from './read-named-person.ts';

/** An element of `message_echoes` (meta-facts §3.1). */
export function readEcho(echo: JsonObject): EchoContent {
  return { from: readNumber(echo.from), to: readNamedPerson('echo', echo), message: readMessage(echo) };
}
