import { failureCodes, failureRow } from '../../domain/failure.ts';
import { failureCodeOfMeta, metaCodesOf } from '../../whatsapp/error-catalogue.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type ErrorCodeBody, errorCodeParameters, errorCodeSchema } from '../contract/error-code.ts';
import { ProblemError, problemOf } from '../problem.ts';
import type { Api } from '../typed-fastify.ts';

/** GET /v1/errors/{code}: what a code of Meta's, or one of ours, means. */
export function errorRoutes(api: Api): void {
  api.get(
    '/errors/:code',
    {
      config: { scopes: ['read', 'send', 'manage'] },
      schema: {
        tags: ['Errors'],
        operationId: 'explainError',
        summary: 'Explain an error code',
        description: 'What an error code means for a message that you send, and what to do about it.',
        params: errorCodeParameters,
        response: {
          200: answerOf(errorCodeSchema, 'What it means.'),
          ...problemAnswers(401, 404),
        },
      },
    },
    async (request): Promise<ErrorCodeBody> => {
      const asked = request.params.code.replace(/^#/, '');
      const metaCode = /^\d{1,9}$/.test(asked) ? Number(asked) : null;
      const code =
        metaCode === null ? failureCodes.find((known) => known === asked) : failureCodeOfMeta(metaCode);
      if (code === undefined || code === null) throw new ProblemError(problemOf('error-code-unknown'));
      const { title, retry, remedy } = failureRow(code);
      return { code, metaCode, metaCodes: metaCodesOf(code), title, retried: retry.help, remedy };
    },
  );
}
