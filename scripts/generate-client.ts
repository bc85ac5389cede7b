/**
 * Writes `src/client/generated.ts`, the part of `recado/client` that repeats the contract: a type for every request
 * and answer, and a function for every operation. `npm run generate` calls it with the document of a running
 * gateway; how the client speaks HTTP, pages, streams and fails is written by hand beside it.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { JsonObject } from '../src/domain/json.ts';
import { docComment } from './client-comments.ts';
import { createTypes, type Schema, schemaSchema } from './client-types.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: schemaSchema,
});

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema })).default({});

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  tags: z.tuple([z.string()], z.string()),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ content: contentSchema })),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
});

const documentSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), schemaSchema) }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

type Parameter = z.infer<typeof parameterSchema>;
type Operation = z.infer<typeof operationSchema> & { method: string; path: string };
type Types = ReturnType<typeof createTypes>;

const introduction = `// Written by \`npm run generate\` from the contract in src/server/contract. Change that instead.
import type { CallOptions, Connection } from './connection.ts';
import type { StreamOptions } from './follow-events.ts';
import type { Json, JsonObject } from './json.ts';
`;

/**
 * The text of `src/client/generated.ts`.
 *
 * @param document the OpenAPI document, as `/openapi.json` shows it
 * @throws when the document has something that this does not know how to write
 */
export function clientSource(document: JsonObject): string {
  const { components, paths } = documentSchema.parse(document);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
  const requests = operations.flatMap(({ requestBody }) => jsonOf(requestBody?.content) ?? []);
  const types = createTypes(components.schemas, requests);
  const queries = operations.flatMap((operation) => queryType(operation, types) ?? []);
  return formatted(
    [
      introduction,
      pageQuery(operations, types),
      ...queries,
      ...types.declarations(),
      functions(operations, types),
    ].join('\n'),
  );
}

function jsonOf(content: Operation['responses'][string]['content'] | undefined): Schema | undefined {
  return content?.['application/json']?.schema;
}

function parametersIn(place: Parameter['in'], { parameters }: Operation): Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

const pageNames = ['after', 'limit'];

function isPaged(operation: Operation): boolean {
  const names = parametersIn('query', operation).map(({ name }) => name);
  return pageNames.every((name) => names.includes(name));
}

/** Members of a query; a list may also be one word. */
function queryMembers(parameters: readonly Parameter[], types: Types): string {
  return parameters
    .map(({ name, description, schema }) => {
      const text = types.textOf(schema);
      const items = schema.items === undefined ? null : types.textOf(schema.items);
      const type = items === null ? text : `${items} | readonly (${items})[]`;
      return `${docComment(description)}${name}?: ${type} | undefined;`;
    })
    .join('\n');
}

function pageQuery(operations: readonly Operation[], types: Types): string {
  const paged = operations.find((operation) => isPaged(operation));
  const parameters = paged === undefined ? [] : parametersIn('query', paged);
  const members = queryMembers(
    parameters.filter(({ name }) => pageNames.includes(name)),
    types,
  );
  return `${docComment('Which part of a list.')}export type PageQuery = {${members}};\n`;
}

/** The name of the type of an operation's query; null when it takes none. */
function queryName(operation: Operation): string | null {
  const parameters = parametersIn('query', operation);
  if (parameters.length === 0) return null;
  if (isPaged(operation) && parameters.length === pageNames.length) return 'PageQuery';
  const { operationId } = operation;
  return `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`;
}

function queryType(operation: Operation, types: Types): string | null {
  const name = queryName(operation);
  if (name === null || name === 'PageQuery') return null;
  const paged = isPaged(operation);
  const own = parametersIn('query', operation).filter((one) => !paged || !pageNames.includes(one.name));
  const members = `${paged ? 'PageQuery & ' : ''}{${queryMembers(own, types)}}`;
  return `${docComment(`What \`${operation.operationId}\` asks for.`)}export type ${name} = ${members};\n`;
}

/** All functions, those of one resource under its name. */
function functions(operations: readonly Operation[], types: Types): string {
  const resources = Map.groupBy(operations, ({ tags }) => tags[0]);
  const parts = [...resources].map(([resource, ofResource]) => {
    const members = ofResource.map((operation) => member(operation, types));
    return `// ${resource}\n\n${members.join('\n\n')}`;
  });
  return `${docComment('The operations of the API over a connection, each under its name in `/openapi.json`.')}export function createOperations({ answer, text, file, stream }: Connection) {
  return {
    ${parts.join('\n\n')}
  };
}
`;
}

function member(operation: Operation, types: Types): string {
  const { operationId, method, path, summary, description = summary, security } = operation;
  const scopes = security.flatMap(({ key = [] }) => key).map((scope) => `\`${scope}\``);
  const access = scopes.length === 0 ? '' : `, with the scope ${scopes.join(' or ')}`;
  const comment = docComment(`${description}\n\n\`${method} ${path}\`${access}`);
  return `${comment}${operationId}: ${call(operation, types)},`;
}

function call(operation: Operation, types: Types): string {
  const { method, path, requestBody } = operation;
  const query = queryName(operation);
  const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const kinds = good.flatMap(([, { content }]) => Object.keys(content));
  if (kinds.includes('text/event-stream')) {
    return `({ signal, timings, ...query }: ${query} & StreamOptions = {}) => stream('${path}', query, { signal, timings })`;
  }

  const body = jsonOf(requestBody?.content);
  // A change of nothing is no use, but an action may be meant as it is.
  const mayBeLeftOut = body !== undefined && method === 'POST' && types.mayBeEmpty(body);
  const isFile = requestBody?.content['*/*'] !== undefined;
  const headers = parametersIn('header', operation);
  const taken = [
    ...(isFile ? ['file: Blob'] : []),
    ...parametersIn('path', operation).map(({ name }) => `${name}: string`),
    ...(body === undefined ? [] : [`request: ${types.textOf(body)}${mayBeLeftOut ? ' = {}' : ''}`]),
    ...(query === null ? [] : [`query?: ${query}`]),
    `options?: CallOptions${headers.length === 0 ? '' : ` & {${headers.map(headerMember).join('')}}`}`,
  ];
  const given = [
    `method: '${method}'`,
    `path: ${addressOf(path)}`,
    ...(body === undefined ? [] : ['body: request']),
    ...(isFile ? ['body: file'] : []),
    ...(query === null ? [] : ['query']),
    ...(headers.length === 0
      ? []
      : [`headers: {${headers.map(({ name }) => `'${name}': options?.${camelCase(name)},`).join('')}}`]),
    ...alsoGood(operation),
  ];
  const result = good.map(([, { content }]) => jsonOf(content)).find((schema) => schema !== undefined);
  const speak = kinds.includes('application/octet-stream')
    ? 'file'
    : kinds.includes('text/plain')
      ? 'text'
      : `answer<${result ? types.textOf(result) : 'void'}>`;
  return `(${taken.join(', ')}) => ${speak}({${given.join(', ')}}, options)`;
}

function headerMember({ name, description, schema }: Parameter): string {
  return `${docComment(description)}${camelCase(name)}?: ${schema.type === 'string' ? 'string' : 'never'} | undefined;`;
}

/** Statuses of errors whose answer is no problem document, but one of the operation's own. */
function alsoGood({ responses }: Operation): string[] {
  const statuses = Object.entries(responses)
    .filter(([status, { content }]) => !status.startsWith('2') && jsonOf(content) !== undefined)
    .map(([status]) => status);
  return statuses.length === 0 ? [] : [`alsoGood: [${statuses.join(', ')}]`];
}

function addressOf(path: string): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${name})}`);
  return address === path ? `'${path}'` : `\`${address}\``;
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** As the formatter of the repository writes it. */
function formatted(text: string): string {
  const biome = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'));
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=src/client/generated.ts'], {
    cwd: root,
    encoding: 'utf8',
    input: text,
  });
}
