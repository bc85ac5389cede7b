import type { ContextContent } from '../../domain/event-content/context.ts';
import type { JsonObject } from '../../domain/json.ts';
import { contactBookOf } from '../read-event.ts';
import { readText } from '../wire-values.ts';
import type { Around } from './around.ts';
import { namedPerson } from './read-named-person.ts';

/**
 * The member `conversation_context` of a value (meta-facts §4.1). It names nobody: it is about the person whose
 * contact entry stands beside it.
 */
export function readContext(context: JsonObject, { value }: Around): ContextContent {
  return { person: namedPerson(contactBookOf(value).sole), summary: readText(context.summary) };
}
