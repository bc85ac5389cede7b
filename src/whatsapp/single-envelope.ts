import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { type ElementPath, locate } from './element-path.ts';

/**
 * The body that Meta would have sent with one element alone: the element verbatim, its own entry and change, in a list
 * of the same name with the contact that belongs to it. Members of the value that are no list stay, such as
 * `metadata`; other elements go, so that nobody is told of people whom the event is not about.
 *
 * @returns null for what is in no change: there is nothing around it that Meta would know
 */
export function singleEnvelope(body: Json | undefined, path: ElementPath): JsonObject | null {
  const { entry, change, value, element } = locate(body, path);
  if (!isJsonObject(body) || !isJsonObject(entry) || !isJsonObject(change) || element === undefined)
    return null;
  const around = { ...members(body, 'entry'), entry: [{ ...members(entry, 'changes') }] };
  const [, , ...names] = path.split('.');
  const single = value === null || element === value ? change.value : singleValue(value, names, element);
  if (single === undefined) return null;
  return { ...around, entry: [{ ...members(entry, 'changes'), changes: [{ ...change, value: single }] }] };
}

function members(object: JsonObject, left: string): JsonObject {
  const { [left]: _, ...rest } = object;
  return rest;
}

/** The value with one element, at the place that the names lead to, in place of all. */
function singleValue(value: JsonObject, names: readonly string[], element: Json): JsonObject {
  const [first = '', ...others] = names;
  const kept = Object.entries(value).filter(([name, member]) => name === first || !Array.isArray(member));
  const inner = value[first];
  const nested = others.filter((name) => !/^\d+$/.test(name));
  const holder: Json =
    nested.length > 0 && isJsonObject(inner) ? singleValue(inner, others, element) : onlyIn(inner, element);
  const contacts = contactsOf(value, inner, element);
  return {
    ...Object.fromEntries(kept),
    ...(contacts.length === 0 || first === 'contacts' ? {} : { contacts }),
    [first]: holder,
  };
}

function onlyIn(holder: Json | undefined, element: Json): Json {
  return Array.isArray(holder) ? [element] : element;
}

/** The contacts that an element names, as its sender or recipient. A lone contact beside a lone element belongs to it. */
function contactsOf(value: JsonObject, holder: Json | undefined, element: Json): Json[] {
  const contacts = Array.isArray(value.contacts) ? value.contacts : [];
  const named = isJsonObject(element)
    ? Object.entries(element).flatMap(([name, id]) => (/^(from|recipient)/.test(name) ? [id] : []))
    : [];
  const found = contacts.filter(
    (contact) =>
      isJsonObject(contact) &&
      [contact.wa_id, contact.user_id].some((id) => typeof id === 'string' && named.includes(id)),
  );
  const alone = contacts.length === 1 && (!Array.isArray(holder) || holder.length === 1);
  return found.length === 0 && alone ? contacts : found;
}
