import type { JsonObject } from '../../domain/json.ts';
import { readObject, readText } from '../wire-values.ts';

/**
 * Meta's word for what an object holds: its `type`, and where that is missing the known word under which it has
 * an object. Null when there is neither.
 */
export function typeOf(object: JsonObject, known: ReadonlyMap<string, unknown>): string | null {
  const type = readText(object.type);
  if (type !== null) return type;
  for (const name of known.keys()) if (readObject(object[name]) !== null) return name;
  return null;
}
