/** Any value that JSON can hold. What comes from outside is this until it has been parsed. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object whose members are not known yet. */
export type JsonObject = { [member: string]: Json };

/** True for a JSON object; false for an array, `null` and every scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
