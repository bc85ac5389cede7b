import type { Json } from '../domain/json.ts';

/**
 * How deep an element may be nested to be handed on. Meta's deepest has about fifteen levels; what goes far
 * beyond cannot be given from thread to thread, nor written as JSON again by every Node that we support.
 */
export const MOST_NESTING = 256;

/** Whether a value is nested deeper than {@link MOST_NESTING}. Level by level, so that no depth can hurt. */
export function isNestedTooDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_NESTING) return true;
    const below: Json[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      // Not by spreading: a list may have more members than a call may have arguments.
      for (const member of Array.isArray(item) ? item : Object.values(item)) below.push(member);
    }
    level = below;
  }
  return false;
}
