import { z } from 'zod';
import { answerOf, problemAnswers } from '../answers.ts';
import type { Access } from '../authentication.ts';
import { requireCaller } from '../caller.ts';
import type { Api } from '../typed-fastify.ts';

/** What the route of metrics needs. */
export type MetricsPorts = {
  metrics: {
    contentType: string;
    /** All metrics in Prometheus' text format. */
    text(): Promise<string>;
  };
};

/**
 * GET /metrics, for Prometheus.
 *
 * @param access asks for a key with the scope `read`; null where only this machine can ask
 */
export function metricsRoutes(api: Api, ports: MetricsPorts, access: Access | null): void {
  if (access !== null) requireCaller(api, access.authenticate);
  api.get(
    '/metrics',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Health'],
        operationId: 'getMetrics',
        summary: 'Measurements',
        description:
          'All metrics in the text format of Prometheus. On an ADMIN_PORT that is bound to the loopback no key is needed.',
        response: {
          200: answerOf(
            z.string().meta({
              description: 'Metrics in Prometheus’ text format.',
              examples: ['# TYPE recado_feed_position gauge\nrecado_feed_position 42\n'],
            }),
            'The metrics.',
            'text/plain',
          ),
          ...problemAnswers(401, 500),
        },
      },
    },
    async (_request, reply) => {
      const text = await ports.metrics.text();
      reply.header('cache-control', 'no-store').type(ports.metrics.contentType).serializer(String);
      return reply.send(text);
    },
  );
}
