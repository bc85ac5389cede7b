import type { Json } from '../domain/json.ts';

/**
 * One text for everything that says the same: members in the order of their names, a number and the string
 * of the same characters alike (Meta writes ids and times both ways, meta-facts §2.6). Two values have the
 * same text only if they differ in nothing else.
 *
 * Frozen: keys of events without an id are made from it, so another form would count old events twice.
 * Scalars are their length, a colon and their characters, or `n`, `t`, `f`; lists and objects a bracket, their
 * size, a colon and what they hold. Lengths need no escapes: 0.9 µs for a message, 1.8 with JSON's quotes.
 * It keeps its own stack, because JSON nests deeper than calls can.
 */
export function canonicalJson(root: Json): string {
  const waiting: Json[] = [root];
  let text = '';
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string') text += `${value.length}:${value}`;
    else if (typeof value === 'number') {
      const digits = String(value);
      text += `${digits.length}:${digits}`;
    } else if (value === null) text += 'n';
    else if (typeof value === 'boolean') text += value ? 't' : 'f';
    else if (Array.isArray(value)) {
      text += `[${value.length}:`;
      for (let index = value.length - 1; index >= 0; index--) waiting.push(value[index] ?? null);
    } else {
      const names = Object.keys(value).sort();
      text += `{${names.length}:`;
      for (const name of names.reverse()) waiting.push(value[name] ?? null, name);
    }
  }
  // Hashing turns every lone surrogate into the same replacement character; escaped, they stay apart.
  return text.isWellFormed() ? text : JSON.stringify(text);
}
