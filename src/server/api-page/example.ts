import type { Json, JsonObject } from '../../domain/json.ts';
import { listOf, objectOf, textOf } from './read-document.ts';

/** Named schemas of a document. */
export type Schemas = ReadonlyMap<string, JsonObject>;

const componentPrefix = '#/components/schemas/';

/** The name of the schema that a schema refers to, or null. */
export function referredName(schema: JsonObject): string | null {
  const reference = textOf(schema.$ref);
  return reference.startsWith(componentPrefix) ? reference.slice(componentPrefix.length) : null;
}

/**
 * An example of what a schema describes: its own, or one put together from those of its members.
 *
 * @param depth how many named schemas may still be entered; schemas may hold themselves
 */
export function exampleOf(schema: JsonObject, schemas: Schemas, depth = 6): Json {
  const [given] = listOf(schema.examples);
  if (given !== undefined) return given;
  const name = referredName(schema);
  if (name !== null) return depth === 0 ? null : exampleOf(schemas.get(name) ?? {}, schemas, depth - 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  const [first] = [...listOf(schema.enum), ...listOf(schema.anyOf), ...listOf(schema.oneOf)];
  if (first !== undefined)
    return Array.isArray(schema.enum) ? first : exampleOf(objectOf(first), schemas, depth);

  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(objectOf(schema.properties)).map(([member, about]) => [
          member,
          exampleOf(objectOf(about), schemas, depth),
        ]),
      );
    case 'array':
      return [exampleOf(objectOf(schema.items), schemas, depth)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'string':
      return '…';
    default:
      return textOf(schema.description) === '' ? null : {};
  }
}
