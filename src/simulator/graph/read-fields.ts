import type { Json, JsonObject } from '../../domain/json.ts';
import { invalidParameter } from './graph-error.ts';
import type { GraphReply } from './graph-route.ts';

/**
 * The fields of an object that a call asks for, and its id; refused when one does not exist.
 *
 * @param known every field of the object
 * @param asked the value of `fields`, comma-separated; null when it was not given
 * @param usual what is told when nothing was asked for
 */
export function readFields(
  known: Readonly<Record<string, Json>>,
  asked: Json | undefined,
  usual: readonly string[],
): GraphReply {
  const names = typeof asked === 'string' ? asked.split(',').map((field) => field.trim()) : usual;
  const body: JsonObject = {};
  for (const name of [...names, 'id']) {
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined) {
      return { refusal: invalidParameter(`Tried accessing nonexisting field (${name}).`) };
    }
    body[name] = value;
  }
  return { body };
}

/** A list of objects, each with the fields that the call asks for (meta-facts §7.2), as one page. */
export function readListFields(
  items: readonly Readonly<Record<string, Json>>[],
  asked: Json | undefined,
  usual: readonly string[],
): GraphReply {
  const data: JsonObject[] = [];
  for (const item of items) {
    const reply = readFields(item, asked, usual);
    if (!('body' in reply)) return reply;
    data.push(reply.body);
  }
  return { body: { data } };
}
