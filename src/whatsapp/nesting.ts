import type { Json } from '../domain/json.ts';

/**
 * How deep an element may be nested to be handed on. Meta's deepest has about fifteen levels; what goes far
 * beyond cannot be given from thread to thread, nor written as JSON again by every Node that we support.
 */
export const MOST_NESTING = 256;

/** Whether a value is nested deeper than {@link MOST_NESTING}. It goes no deeper itself, so that no depth can hurt. */
export function isNestedTooDeep(value: Json): boolean {
  return hasMembersBelow(value, MOST_NESTING);
}

function hasMembersBelow(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value))
    return value.some((member) => levels === 0 || hasMembersBelow(member, levels - 1));
  // Faster than over a list of its values; no object of JSON inherits members.
  for (const name in value) if (levels === 0 || hasMembersBelow(value[name] ?? null, levels - 1)) return true;
  return false;
}
