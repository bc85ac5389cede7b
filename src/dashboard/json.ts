/** Reads what Meta sent, of which anything may be missing or something else: never throws. */
export function objectIn(value: unknown, name: string): object | null {
  const found = memberOf(value, name);
  return typeof found === 'object' && found !== null ? found : null;
}

/** A text that stands under a name; null for anything else. */
export function textIn(value: unknown, name: string): string | null {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : null;
}

/** A list that stands under a name; empty for anything else. */
export function listIn(value: unknown, name: string): unknown[] {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found : [];
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
