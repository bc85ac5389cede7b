import { isJsonObject, type Json } from '../domain/json.ts';

/** Every text in a JSON value, but not the names of members. */
export function stringsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}

/** The same value with every text replaced. */
export function withStrings(value: Json, replaced: (text: string) => string): Json {
  if (typeof value === 'string') return replaced(value);
  if (Array.isArray(value)) return value.map((item) => withStrings(item, replaced));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withStrings(member, replaced)]),
  );
}
