import { explainAll, explainError } from '../../whatsapp/explain-error.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import {
  type ErrorCodeBody,
  type ErrorCodePageBody,
  errorCodePageSchema,
  errorCodeParameters,
  errorCodeQuerySchema,
  errorCodeSchema,
} from '../contract/error-code.ts';
import { languageFor } from '../language.ts';
import { readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import type { Api } from '../typed-fastify.ts';

/** GET /v1/errors and GET /v1/errors/{code}: what Meta's error codes, and ours, mean, and their cure. */
export function errorRoutes(api: Api): void {
  api.get(
    '/errors',
    {
      config: { scopes: ['read', 'send', 'manage'] },
      schema: {
        tags: ['Errors'],
        operationId: 'listErrors',
        summary: 'List Meta’s error codes',
        description:
          'Every error code of Meta’s that Recado knows, by its number; a range stands under its first. In Portuguese where `Accept-Language` asks for it.',
        querystring: errorCodeQuerySchema,
        response: {
          200: answerOf(errorCodePageSchema, 'A page of error codes.'),
          ...problemAnswers(400, 401),
        },
      },
    },
    async (request, reply): Promise<ErrorCodePageBody> => {
      const { limit, after, ...filter } = request.query;
      const behind = after === undefined ? -1 : metaCodeIn(after);
      const found = explainAll(languageFor(reply)).filter(
        (error) =>
          (error.metaCode ?? 0) > behind &&
          (filter.family ?? error.family) === error.family &&
          (filter.code ?? error.code) === error.code &&
          (filter.fault ?? error.fault) === error.fault &&
          (filter.retried ?? error.retried) === error.retried &&
          (filter.appearsIn === undefined || error.appearsIn.includes(filter.appearsIn)),
      );
      const { rows, next } = await readPage(
        limit,
        async (most) => found.slice(0, most),
        ({ metaCode }) => String(metaCode),
      );
      return { data: rows, next };
    },
  );

  api.get(
    '/errors/:code',
    {
      config: { scopes: ['read', 'send', 'manage'] },
      schema: {
        tags: ['Errors'],
        operationId: 'explainError',
        summary: 'Explain an error code',
        description:
          'What an error code means, where it comes from, and its cure step by step. A number that this version does not know is answered with `known: false`, and with whom to ask. In Portuguese where `Accept-Language` asks for it.',
        params: errorCodeParameters,
        response: {
          200: answerOf(errorCodeSchema, 'What it means.'),
          ...problemAnswers(401, 404),
        },
      },
    },
    async (request, reply): Promise<ErrorCodeBody> => {
      const explanation = explainError(request.params.code, languageFor(reply));
      if (explanation === null) throw new ProblemError(problemOf('error-code-unknown'));
      return explanation;
    },
  );
}

function metaCodeIn(after: string): number {
  if (/^\d{1,9}$/.test(after)) return Number(after);
  throw new ProblemError(problemOf('cursor-invalid', { detail: '`after` must be a number of Meta’s.' }));
}
