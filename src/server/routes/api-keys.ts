import type { ApiKey } from '../../domain/api-key.ts';
import type { Actor } from '../../domain/audit.ts';
import type { IssueApiKey } from '../../flows/access/issue-api-key.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf, scopeMissing } from '../caller.ts';
import {
  type ApiKeyBody,
  type ApiKeyPageBody,
  apiKeyPageSchema,
  apiKeyQuerySchema,
  apiKeyRequestSchema,
  apiKeySchema,
  type NewApiKeyBody,
  newApiKeySchema,
} from '../contract/api-key.ts';
import { idParameters } from '../contract/value.ts';
import { idCursor, looksLikeId, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { apiKeyBody } from '../representations/api-key.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of API keys need. */
export type ApiKeyPorts = {
  issueApiKey: IssueApiKey;
  /** At most `limit`, in the order of making, behind the id `after`. */
  listApiKeys(query: { after: string | null; limit: number }): Promise<ApiKey[]>;
  /** The key as it is now; null when there is none. */
  revokeApiKey(revocation: { id: string; at: number; actor: Actor }): Promise<ApiKey | null>;
  clock: Clock;
};

/** The keys of the API: make, list, revoke. */
export function apiKeyRoutes(api: Api, ports: ApiKeyPorts): void {
  api.post(
    '/keys',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Access'],
        operationId: 'createApiKey',
        summary: 'Make an API key',
        description:
          'Makes a key for one program. Its text is in this answer and nowhere else. A key gives only scopes that it has itself.',
        body: apiKeyRequestSchema,
        response: {
          201: answerOf(newApiKeySchema, 'The key, with its text.'),
          ...problemAnswers(400, 401, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<NewApiKeyBody> => {
      const caller = callerOf(request);
      const { name, scopes } = request.body;
      const lacking = scopes.filter((scope) => !caller.scopes.includes(scope));
      if (lacking.length > 0) throw new ProblemError(scopeMissing(reply, caller, lacking));
      const { key, text } = await ports.issueApiKey({ name, scopes, actor: caller });
      reply.code(201);
      return { ...apiKeyBody(key), key: text };
    },
  );

  api.get(
    '/keys',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Access'],
        operationId: 'listApiKeys',
        summary: 'List API keys',
        description:
          'API keys in the order in which they were made, revoked ones too. RECADO_ADMIN_KEY is not among them.',
        querystring: apiKeyQuerySchema,
        response: {
          200: answerOf(apiKeyPageSchema, 'A page of API keys.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<ApiKeyPageBody> => {
      const after = idCursor('ak', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listApiKeys({ after, limit }),
        (key) => key.id,
      );
      return { data: rows.map(apiKeyBody), next };
    },
  );

  api.delete(
    '/keys/:id',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Access'],
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description:
          'Refuses the key within a second, for ever, and ends its sessions and event streams. Revoking it again changes nothing.',
        params: idParameters('ak_01k9x2m4c7b8d3fq'),
        response: { 200: answerOf(apiKeySchema, 'The key, revoked.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<ApiKeyBody> => {
      const { id } = request.params;
      const revocation = { id, at: ports.clock.now(), actor: callerOf(request) };
      const key = looksLikeId('ak', id) ? await ports.revokeApiKey(revocation) : null;
      if (key === null) throw new ProblemError(problemOf('api-key-unknown'));
      return apiKeyBody(key);
    },
  );
}
