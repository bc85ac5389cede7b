import type { Language } from '../../domain/language.ts';
import { type SetupProblem, setupProblemCheck, setupProblemText } from '../../domain/setup-problem.ts';
import type { Connect, Connection } from '../../flows/setup/connect.ts';
import { explainError } from '../../whatsapp/explain-error.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import {
  type ConnectionBody,
  connectionQuerySchema,
  connectionRequestSchema,
  connectionSchema,
} from '../contract/connection.ts';
import { languageFor } from '../language.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of the connection need. */
export type ConnectionPorts = { connection: Connect };

/** What Meta has to be told so that webhooks come: see it, and do it. */
export function connectionRoutes(api: Api, { connection }: ConnectionPorts): void {
  api.get(
    '/connection',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Connection'],
        operationId: 'getConnection',
        summary: 'See what connecting would change',
        description:
          'Asks Meta how the app, the WhatsApp accounts and the business phones are set up, and says for each part how it stands and how it is to stand. Changes nothing.',
        querystring: connectionQuerySchema,
        response: {
          200: answerOf(connectionSchema, 'How it stands.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request, reply): Promise<ConnectionBody> =>
      bodyOf(await connection.plan(request.query.way ?? 'app'), languageFor(reply)),
  );

  api.post(
    '/connection',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Connection'],
        operationId: 'connect',
        summary: 'Connect with Meta',
        description:
          'Sets the callback and the fields of the app, subscribes the app to the WhatsApp accounts, takes away overrides that lead elsewhere, and registers business phones; then reads back whether it is so. Meta calls the public address while this runs. What is right already is left alone. One part that fails does not keep the others from being done.',
        body: connectionRequestSchema,
        response: {
          200: answerOf(connectionSchema, 'What was made of it.'),
          ...problemAnswers(400, 401, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<ConnectionBody> =>
      bodyOf(await connection.carryOut(request.body.way ?? 'app', callerOf(request)), languageFor(reply)),
  );
}

function bodyOf({ callbackUrl, way, steps }: Connection, language: Language): ConnectionBody {
  return {
    callbackUrl,
    way,
    connected: steps.every(({ outcome }) => outcome === 'right' || outcome === 'changed'),
    steps: steps.map(({ part, subject, outcome, now, wanted, warning, problem }) => ({
      part,
      subject,
      outcome,
      now,
      wanted,
      warning,
      problem: problem === null ? null : problemBody(problem, language),
    })),
  };
}

/** A problem with its cure: the catalogue's for a number of Meta's that says more than our own word. */
function problemBody({ code, metaCode, details }: SetupProblem, language: Language) {
  const own = setupProblemText(code, language);
  const ofMeta =
    code === 'meta-refused' && metaCode !== null ? explainError(String(metaCode), language) : null;
  const { title, remedy } = ofMeta === null || !ofMeta.known ? own : ofMeta;
  const check = ofMeta?.check ?? setupProblemCheck(code);
  return { code, metaCode, title, details, remedy, check };
}
