import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { ownMember, readList } from './wire-values.ts';

/**
 * Where an element stands in a webhook's body, short and stored with its event:
 * `''` the whole body, `1` an entry, `1.0` a change, `1.0.value` its whole value, `1.0.messages.2` an element of
 * a list in the value, `1.0.standby.messages.2` one of a list in a part of it, `1.0.messages` a whole member, which
 * may be a lone element in place of its list.
 */
export type ElementPath = string;

/** What stands at a path, and what is around it. */
export type Located = {
  /** Undefined when the body has nothing there. */
  element: Json | undefined;
  /** The entry that holds the element, or is it; undefined for the whole body. */
  entry: Json | undefined;
  /** The change that holds the element, or is it; undefined for what is in none. */
  change: Json | undefined;
  /** The change's value that holds the element, or is it; null outside every value. */
  value: JsonObject | null;
};

/** Follows a path into a body. Total: a path that leads nowhere locates nothing. */
export function locate(body: Json | undefined, path: ElementPath): Located {
  if (path === '') return { element: body, entry: undefined, change: undefined, value: null };
  const [entryIndex = '', changeIndex, ...members] = path.split('.');
  const entry = at(isJsonObject(body) ? body.entry : undefined, entryIndex);
  if (changeIndex === undefined) return { element: entry, entry, change: undefined, value: null };
  const change = at(isJsonObject(entry) ? entry.changes : undefined, changeIndex);
  if (members.length === 0) return { element: change, entry, change, value: null };
  const value = isJsonObject(change) ? change.value : undefined;
  if (!isJsonObject(value)) return { element: undefined, entry, change, value: null };
  // `value` alone is the value itself; a member that is called so would have an index behind it.
  const element = members.length === 1 && members[0] === 'value' ? value : follow(value, members);
  return { element, entry, change, value };
}

/** The list, or member, that an element of a value stands in; null for a whole value and for what is in none. */
export function holderOf(path: ElementPath): string | null {
  const [, , first, ...others] = path.split('.');
  if (first === undefined || (first === 'value' && others.length === 0)) return null;
  const last = others.at(-1) ?? first;
  return isIndex(last) ? (others.at(-2) ?? first) : last;
}

/** What the names lead to. A name may have dots in it, which the path does not tell from those between names. */
function follow(from: Json | undefined, members: readonly string[]): Json | undefined {
  let found = from;
  for (const member of members) found = step(found, member);
  return found === undefined && isJsonObject(from) ? ownMember(from, members.join('.')) : found;
}

function step(from: Json | undefined, member: string): Json | undefined {
  return isJsonObject(from) ? ownMember(from, member) : at(from, member);
}

function at(list: Json | undefined, index: string): Json | undefined {
  return isIndex(index) ? readList(list)[Number(index)] : undefined;
}

function isIndex(text: string): boolean {
  return /^\d+$/.test(text);
}
