import type { DoctorRuns } from '../../flows/setup/doctor-runs.ts';
import { explainRun } from '../../flows/setup/explain-run.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type DoctorBody, doctorRequestSchema, doctorSchema } from '../contract/doctor.ts';
import { languageFor } from '../language.ts';
import { ProblemError, problemOf } from '../problem.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of doctor need. */
export type DoctorRoutePorts = { doctor: Pick<DoctorRuns, 'latest' | 'run'> };

/** GET /v1/doctor and POST /v1/doctor/run: the chain of evidence. */
export function doctorRoutes(api: Api, { doctor }: DoctorRoutePorts): void {
  api.get(
    '/doctor',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags: ['Doctor'],
        operationId: 'getDoctor',
        summary: 'What did doctor find?',
        description:
          'The result of the last run, by a person or by Recado itself. Nothing is looked at anew. In Portuguese where `Accept-Language` asks for it.',
        response: { 200: answerOf(doctorSchema, 'The chain as it was found.'), ...problemAnswers(401, 500) },
      },
    },
    async (_request, reply): Promise<DoctorBody> => explainRun(doctor.latest(), languageFor(reply)),
  );

  api.post(
    '/doctor/run',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Doctor'],
        operationId: 'runDoctor',
        summary: 'Look at the whole chain',
        description:
          'Proves link by link that webhooks arrive and messages leave, or names the first link that is broken, with its cure. Takes some seconds, a minute at most; one run at a time. Nothing is changed at Meta. In Portuguese where `Accept-Language` asks for it.',
        body: doctorRequestSchema,
        response: {
          200: answerOf(doctorSchema, 'The chain as it is.'),
          ...problemAnswers(400, 401, 409, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<DoctorBody> => {
      const run = await doctor.run({ only: request.body.only ?? null, alone: request.body.alone });
      if (run === 'busy') throw new ProblemError(problemOf('doctor-running'));
      return explainRun(run, languageFor(reply));
    },
  );
}
