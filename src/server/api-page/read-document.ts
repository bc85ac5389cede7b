import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';

/** One operation of an OpenAPI document, as the page needs it. */
export type Operation = {
  id: string;
  /** `GET` */
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  /** The scopes of which one is enough; null when it is open to everybody. */
  scopes: readonly string[] | null;
  parameters: readonly {
    name: string;
    place: string;
    required: boolean;
    schema: JsonObject;
    about: string;
  }[];
  body: { contentType: string; schema: JsonObject } | null;
  answers: readonly {
    status: string;
    about: string;
    contentType: string | null;
    schema: JsonObject | null;
  }[];
};

/** What the page shows of an OpenAPI document. */
export type ApiDescription = {
  title: string;
  description: string;
  tags: readonly { name: string; about: string; operations: readonly Operation[] }[];
  /** The named schemas in the order of their names. */
  schemas: readonly { name: string; schema: JsonObject }[];
};

/** Reads a document that our own generator wrote; what is missing in it is empty. */
export function readDocument(document: JsonObject): ApiDescription {
  const info = objectOf(document.info);
  const operations = Object.entries(objectOf(document.paths)).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).map(([method, operation]) =>
      readOperation(method.toUpperCase(), path, objectOf(operation)),
    ),
  );
  const about = new Map(
    listOf(document.tags)
      .map(objectOf)
      .map((tag) => [textOf(tag.name), textOf(tag.description)]),
  );
  // Tags in the order in which the document describes them, then those that it forgot.
  const names = new Set([...about.keys(), ...operations.map(({ tag }) => tag)]);
  return {
    title: textOf(info.title),
    description: textOf(info.description),
    tags: [...names]
      .map((name) => ({
        name,
        about: about.get(name) ?? '',
        operations: operations.filter(({ tag }) => tag === name),
      }))
      .filter((tag) => tag.operations.length > 0),
    schemas: Object.entries(objectOf(objectOf(document.components).schemas))
      .map(([name, schema]) => ({ name, schema: objectOf(schema) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function readOperation(method: string, path: string, operation: JsonObject): Operation {
  const [contentType, content] = Object.entries(objectOf(objectOf(operation.requestBody).content))[0] ?? [];
  return {
    id: textOf(operation.operationId),
    method,
    path,
    tag: textOf(listOf(operation.tags)[0]) || 'Other',
    summary: textOf(operation.summary),
    description: textOf(operation.description),
    scopes: readScopes(operation.security),
    parameters: listOf(operation.parameters)
      .map(objectOf)
      .map((parameter) => ({
        name: textOf(parameter.name),
        place: textOf(parameter.in),
        required: parameter.required === true,
        schema: objectOf(parameter.schema),
        about: textOf(parameter.description) || textOf(objectOf(parameter.schema).description),
      })),
    body:
      contentType === undefined ? null : { contentType, schema: objectOf(objectOf(content ?? null).schema) },
    answers: Object.entries(objectOf(operation.responses)).map(([status, answer]) => {
      const [type, about] = Object.entries(objectOf(objectOf(answer).content))[0] ?? [];
      return {
        status,
        about: textOf(objectOf(answer).description),
        contentType: type ?? null,
        schema: type === undefined ? null : objectOf(objectOf(about).schema),
      };
    }),
  };
}

/** `security: []` is open to everybody; without the member the document's own holds, which asks for a key. */
function readScopes(security: Json | undefined): string[] | null {
  if (Array.isArray(security) && security.length === 0) return null;
  return listOf(security).flatMap((one) => Object.values(objectOf(one)).flatMap(listOf).map(textOf));
}

/** A JSON object, or an empty one for everything else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A list, or an empty one for everything else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or an empty one for everything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
