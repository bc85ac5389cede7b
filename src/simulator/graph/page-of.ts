import type { JsonObject } from '../../domain/json.ts';
import { invalidParameter, problem } from './graph-error.ts';
import type { GraphReply } from './graph-route.ts';

/** How many items a page has when nobody says, and at most. Meta's own numbers are not established. */
const USUAL_LIMIT = 25;
const MOST = 500;

/**
 * One page of a list, with the cursors to its neighbours (meta-facts §7.2; §5 row 131059 for a cursor that is none).
 *
 * @param address of the list, for the link to the next page
 * @param parameters of the call: `limit`, `after` and `before` choose the page
 * @param describe what is told of an item
 */
export function pageOf<Item extends { id: string }>(
  items: readonly Item[],
  address: string,
  parameters: JsonObject,
  describe: (item: Item) => GraphReply,
): GraphReply {
  const { limit, after, before } = parameters;
  const size = limit === undefined ? USUAL_LIMIT : Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > MOST) {
    return { refusal: invalidParameter(`Param limit must be a whole number from 1 to ${MOST}.`) };
  }
  const cursor = after ?? before;
  const at = cursor === undefined ? -1 : items.findIndex(({ id }) => cursorOf(id) === cursor);
  if (cursor !== undefined && at === -1) {
    return { refusal: problem(131059, 'The cursor is not valid any more; list from the beginning.') };
  }
  const start = after === undefined && before !== undefined ? Math.max(0, at - size) : at + 1;
  const end = after === undefined && before !== undefined ? at : start + size;
  const page = items.slice(start, end);
  const data: JsonObject[] = [];
  for (const item of page) {
    const reply = describe(item);
    if (!('body' in reply)) return reply;
    data.push(reply.body);
  }
  const first = page[0];
  const last = page.at(-1);
  if (first === undefined || last === undefined) return { body: { data } };
  const cursors = { before: cursorOf(first.id), after: cursorOf(last.id) };
  if (end >= items.length) return { body: { data, paging: { cursors } } };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (name !== 'before' && typeof value === 'string') query.set(name, value);
  }
  query.set('after', cursors.after);
  return { body: { data, paging: { cursors, next: `${address}?${query}` } } };
}

function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url');
}
