/** What a form takes, in words as TypeScript has them, for the documents. */
import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../src/domain/json.ts';

/** The JSON schema of what a form takes. */
export function schemaOf(form: z.ZodType): Json {
  return z.json().parse(JSON.parse(JSON.stringify(z.toJSONSchema(form, { io: 'input', reused: 'inline' }))));
}

/** Its members, and the names of those that must be there. */
export function partsOf(schema: Json): { properties: JsonObject; required: readonly Json[] } {
  const { properties = {}, required = [] } = isJsonObject(schema) ? schema : {};
  return {
    properties: isJsonObject(properties) ? properties : {},
    required: Array.isArray(required) ? required : [],
  };
}

/** Members with what they may be; `?` marks those that may be left out. */
export function membersInWords(members: readonly [string, Json][], required: readonly Json[]): string {
  return members
    .map(([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${inWords(schema)}`)
    .join(', ');
}

/** What a member may be, as TypeScript would write it. */
export function inWords(schema: Json): string {
  if (!isJsonObject(schema)) return 'any';
  const { type, enum: words, const: only, items, anyOf, oneOf } = schema;
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(words)) return words.map((word) => JSON.stringify(word)).join(' | ');
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) {
    return choices.length > 5 ? 'see below' : [...new Set(choices.map(inWords))].join(' | ');
  }
  if (Array.isArray(type)) return type.join(' | ');
  if (type === 'array') return `[${inWords(items ?? null)}]`;
  if (type !== 'object') return typeof type === 'string' ? type : 'any';
  const { properties, required } = partsOf(schema);
  const members = Object.entries(properties);
  const { propertyNames, additionalProperties } = schema;
  if (isJsonObject(propertyNames) && 'enum' in propertyNames && isJsonObject(additionalProperties)) {
    return `{ [${inWords(propertyNames)}]?: ${inWords(additionalProperties)} }`;
  }
  return members.length === 0 ? 'object' : `{ ${membersInWords(members, required)} }`;
}
