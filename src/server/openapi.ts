import swagger from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { ApiKeyScope } from '../domain/api-key.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { etagOf, isKnownTo } from './etag.ts';
import type { Api } from './typed-fastify.ts';

const description = `Recado hears what people write to your WhatsApp number, sends notifications, and says what became of each.

Every error is a problem document (RFC 9457) with a stable \`code\` and a \`remedy\`. An unknown member is an error. Lists are ascending, where \`order=newest\` does not ask for their end first, and take \`limit\` and \`after\`. Times are ISO 8601 in UTC. Failures, problem documents and \`/v1/errors\` are in Brazilian Portuguese where \`Accept-Language\` asks for it. A key has scopes: each operation names those of which one is enough. Answers of \`/v1\` say \`no-store\` and have no ETag, because they are about people.`;

/** Registers GET /openapi.json. The document is written from the schemas that also check the requests. */
export function registerOpenapi(fastify: Api): void {
  fastify.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Recado', version: '1', description, license: { name: 'MIT', identifier: 'MIT' } },
      tags: [
        { name: 'Notifications', description: 'Messages to send, and what became of them.' },
        { name: 'Batches', description: 'Many messages at once.' },
        { name: 'Contacts', description: 'People on WhatsApp, and whether they may be notified now.' },
        { name: 'Commands', description: 'Changes that wait for their turn.' },
        { name: 'Conversations', description: 'What was written, in both directions.' },
        { name: 'Media', description: 'Files that people sent, and files to send.' },
        { name: 'Events', description: 'Everything that happens, in one feed.' },
        { name: 'Errors', description: 'What Meta’s error codes mean, and their cure.' },
        { name: 'Access', description: 'API keys, sessions of browsers, and who changed what.' },
        { name: 'Endpoints', description: 'Your applications, to which every event is forwarded.' },
        { name: 'Alarms', description: 'What needs a person.' },
        { name: 'Doctor', description: 'Whether every link between Meta and Recado holds, and the cure.' },
        { name: 'Business phones', description: 'Your WhatsApp numbers, with their tokens and secrets.' },
        { name: 'Connection', description: 'What Meta has to be told so that webhooks come.' },
        { name: 'Templates', description: 'Your message templates, as Meta has them.' },
        { name: 'Costs', description: 'What Meta told of what is charged.' },
        { name: 'Settings', description: 'How Recado behaves; kept in the database.' },
        { name: 'Health', description: 'For whoever watches over the process.' },
      ],
      components: {
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An API key, which `recado keys create` makes, with the scopes that an operation names; or RECADO_ADMIN_KEY, which `recado init` makes, and which may do everything.',
          },
        },
      },
      security: [{ key: [] }],
    },
    hideUntagged: true,
    transform: withScopes(createJsonSchemaTransform({})),
    transformObject: createJsonSchemaTransformObject({}),
  });

  let known: { body: string; etag: string } | null = null;
  fastify.get('/openapi.json', { schema: { hide: true } }, async (request, reply) => {
    if (known === null) {
      const body = JSON.stringify(openapiDocument(fastify));
      known = { body, etag: etagOf(body) };
    }
    const { body, etag } = known;
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (isKnownTo(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(Buffer.from(body));
  });
}

type Transform = ReturnType<typeof createJsonSchemaTransform>;

/** Says of each operation which scopes are enough, as the route declares them in its configuration. */
function withScopes(transform: Transform): Transform {
  return (document) => {
    const { schema, url } = transform(document);
    const scopes: readonly ApiKeyScope[] = document.route.config?.scopes ?? ['manage'];
    // `security: []`, for what is open to everybody, is the route's own word.
    if (schema === undefined || schema.hide === true || schema.security !== undefined) return { schema, url };
    return { schema: { ...schema, security: scopes.map((scope) => ({ key: [scope] })) }, url };
  };
}

/** The OpenAPI document of a ready server. */
export function openapiDocument(fastify: Pick<Api, 'swagger'>): JsonObject {
  const document: Json = JSON.parse(JSON.stringify(fastify.swagger()));
  return tidy(isJsonObject(document) ? document : {});
}

const componentPrefix = '#/components/schemas/';

/**
 * The generator writes every schema twice, as input and as output. Here only those that a route uses are
 * kept, inputs lose the suffix where no output has the same name, and answers are left open for members
 * that later versions add.
 */
function tidy(document: JsonObject): JsonObject {
  const components = isJsonObject(document.components) ? document.components : {};
  const schemas = isJsonObject(components.schemas) ? components.schemas : {};
  const used = referencesFrom(document.paths ?? null, schemas);
  const names = new Map([...used].map((name) => [name, plainName(name, used)]));
  const kept = [...names].map(([name, plain]): [string, Json] => {
    const schema = schemas[name] ?? null;
    return [plain, name.endsWith('Input') ? schema : opened(schema)];
  });
  return renamed(
    { ...document, components: { ...components, schemas: Object.fromEntries(kept.sort(byName)) } },
    names,
  );
}

function byName([one]: [string, Json], [other]: [string, Json]): number {
  return one < other ? -1 : 1;
}

function plainName(name: string, used: ReadonlySet<string>): string {
  const plain = name.replace(/Input$/, '');
  return used.has(plain) ? name : plain;
}

/** The names of all components that a value refers to, directly or through others. */
function referencesFrom(value: Json, schemas: JsonObject, found = new Set<string>()): Set<string> {
  for (const name of referencesIn(value)) {
    if (found.has(name)) continue;
    found.add(name);
    referencesFrom(schemas[name] ?? null, schemas, found);
  }
  return found;
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string'
      ? [member.slice(componentPrefix.length)]
      : referencesIn(member),
  );
}

function opened(value: Json): Json {
  if (Array.isArray(value)) return value.map(opened);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(
    ([name, member]) => !(name === 'additionalProperties' && member === false),
  );
  return Object.fromEntries(members.map(([name, member]) => [name, opened(member)]));
}

function renamed(document: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  return JSON.parse(JSON.stringify(document), (name, value) =>
    name === '$ref' && typeof value === 'string'
      ? componentPrefix + (names.get(value.slice(componentPrefix.length)) ?? value)
      : value,
  );
}
