import { answerOf, problemAnswers } from '../answers.ts';
import { healthSchema, type ReadinessBody, readinessSchema } from '../contract/health.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of health need. */
export type HealthPorts = {
  /** Every part that is needed to work, by name, with what was found. The details are shown to anybody. */
  readiness(): Promise<Record<string, { ok: boolean; detail: string }>>;
};

/** GET /healthz and GET /readyz, open to everybody, for whoever watches over the process. */
export function healthRoutes(api: Api, ports: HealthPorts): void {
  api.get(
    '/healthz',
    {
      schema: {
        tags: ['Health'],
        operationId: 'getHealth',
        summary: 'Does it run?',
        description: 'Answers as long as the process runs. Restart the process when it does not.',
        security: [],
        response: { 200: answerOf(healthSchema, 'It runs.') },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { status: 'ok' };
    },
  );

  api.get(
    '/readyz',
    {
      schema: {
        tags: ['Health'],
        operationId: 'getReadiness',
        summary: 'Can it work?',
        description: 'Whether every part that is needed works. Send no traffic while it does not.',
        security: [],
        response: {
          200: answerOf(readinessSchema, 'It can work.'),
          503: answerOf(readinessSchema, 'A part does not work; `checks` says which.'),
          ...problemAnswers(500),
        },
      },
    },
    async (_request, reply): Promise<ReadinessBody> => {
      const checks = await ports.readiness();
      const ready = Object.values(checks).every((check) => check.ok);
      reply.header('cache-control', 'no-store').code(ready ? 200 : 503);
      return { status: ready ? 'ready' : 'not-ready', checks };
    },
  );
}
