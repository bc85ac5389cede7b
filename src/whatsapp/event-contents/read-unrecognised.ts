import type { UnrecognisedContent } from '../../domain/event-content/unrecognised.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Around } from './around.ts';

/** How many names, and how much of each, are enough to tell something by. */
const MOST_MEMBERS = 20;
const LONGEST_NAME = 60;

/** Whatever this version cannot read. */
export function readUnrecognised(element: JsonObject, { field, unreadable }: Around): UnrecognisedContent {
  const names = Object.keys(element).slice(0, MOST_MEMBERS);
  return {
    form: unreadable ?? 'unknown',
    field,
    members: names.map((name) => name.slice(0, LONGEST_NAME).toWellFormed()),
  };
}
