import { z } from 'zod';
import { docComment } from './client-comments.ts';

/** As much of a JSON Schema as the contract uses, and as types can say. */
export type Schema = {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  const?: string | number | boolean | null | undefined;
  enum?: string[] | undefined;
  /** The known words of a list that grows. */
  'x-extensible-enum'?: string[] | undefined;
  anyOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
  items?: Schema | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  additionalProperties?: Schema | boolean | undefined;
  description?: string | undefined;
};

/** Reads a schema of the document; what types cannot say, such as the length of a text, is left out. */
export const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
    enum: z.array(z.string()).optional(),
    'x-extensible-enum': z.array(z.string()).optional(),
    anyOf: z.array(schemaSchema).optional(),
    oneOf: z.array(schemaSchema).optional(),
    items: schemaSchema.optional(),
    properties: z.record(z.string(), schemaSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), schemaSchema]).optional(),
    description: z.string().optional(),
  }),
);

/** A list of so many words is written wherever it stands. */
const SHORT_LIST = 4;

const componentPrefix = '#/components/schemas/';

/**
 * TypeScript of the document's schemas. What a request is made of keeps its name; what stands in answers ends in
 * `Body`, since `Event` and `Notification` are names of every browser.
 */
export function createTypes(components: Readonly<Record<string, Schema>>, requests: readonly Schema[]) {
  const inRequests = new Set<string>();
  for (const schema of requests) collect(schema);
  /** Where a long list of words stands; elsewhere it is named by that place. */
  const places = new Map<string, string>();
  for (const [name, { properties = {} }] of Object.entries(components)) {
    for (const [member, schema] of Object.entries(properties)) {
      const list = wordsOf(schema);
      if (list.length <= SHORT_LIST || places.has(list.join())) continue;
      places.set(list.join(), `${nameOf(name)}['${member}']`);
    }
  }

  function collect(schema: Schema): void {
    if (schema.$ref !== undefined) {
      const name = componentOf(schema.$ref);
      if (inRequests.has(name)) return;
      inRequests.add(name);
      collect(components[name] ?? {});
    }
    for (const part of partsOf(schema)) collect(part);
  }

  function nameOf(component: string): string {
    return inRequests.has(component) ? component : `${component}Body`;
  }

  /** @param place where it stands, such as `EventBody['kind']` */
  function textOf(schema: Schema, place?: string): string {
    const { $ref, type } = schema;
    if ($ref !== undefined) return nameOf(componentOf($ref));
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    const choice = schema.anyOf ?? schema.oneOf;
    if (choice !== undefined) return choice.map((one) => textOf(one)).join(' | ');
    if (Array.isArray(type)) return type.map((one) => textOf({ ...schema, type: one })).join(' | ');
    if (type === 'string') return wordText(wordsOf(schema), place);
    if (type === 'integer' || type === 'number') return 'number';
    if (type === 'boolean' || type === 'null') return type;
    if (type === 'array') return `(${textOf(schema.items ?? {})})[]`;
    if (type === 'object') return objectText(schema, place);
    if (type === undefined) return 'Json';
    throw new Error(`The client cannot say the type ${type}.`);
  }

  function wordText(list: readonly string[], place: string | undefined): string {
    const known = places.get(list.join());
    if (known !== undefined && known !== place) return known;
    return list.length === 0 ? 'string' : list.map((word) => `'${word}'`).join(' | ');
  }

  function objectText(
    { properties, required = [], additionalProperties }: Schema,
    place: string | undefined,
  ): string {
    if (properties !== undefined) {
      const members = Object.entries(properties).map(([name, schema]) => {
        const type = textOf(schema, `${place}['${name}']`);
        const member = required.includes(name) ? `${name}: ${type};` : `${name}?: ${type} | undefined;`;
        return `${docComment(descriptionOf(schema))}${member}`;
      });
      return members.length === 0 ? 'Record<string, never>' : `{\n${members.join('\n')}\n}`;
    }
    return typeof additionalProperties === 'object'
      ? `Record<string, ${textOf(additionalProperties)}>`
      : 'JsonObject';
  }

  return {
    textOf: (schema: Schema) => textOf(schema),
    /** Whether an object may be empty. */
    mayBeEmpty: ({ $ref, required = [] }: Schema) =>
      ($ref === undefined ? required : (components[componentOf($ref)]?.required ?? [])).length === 0,
    /** Every component, as a type that is exported. */
    declarations: () =>
      Object.entries(components).map(
        ([name, schema]) =>
          `${docComment(schema.description)}export type ${nameOf(name)} = ${textOf(schema, nameOf(name))};\n`,
      ),
  };
}

function wordsOf(schema: Schema): readonly string[] {
  return schema.enum ?? schema['x-extensible-enum'] ?? [];
}

function componentOf(reference: string): string {
  return reference.slice(componentPrefix.length);
}

function partsOf({ anyOf, oneOf, items, properties, additionalProperties }: Schema): Schema[] {
  return [
    ...(anyOf ?? []),
    ...(oneOf ?? []),
    ...(items === undefined ? [] : [items]),
    ...Object.values(properties ?? {}),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
}

/** Its own words, or those of the value that may also be null. */
function descriptionOf({ description, anyOf }: Schema): string | undefined {
  return description ?? anyOf?.find((one) => one.description !== undefined)?.description;
}
