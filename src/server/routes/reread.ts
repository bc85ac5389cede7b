import type { RereadScope } from '../../flows/inbound/reread.ts';
import type { RereadRun, RereadStart } from '../../flows/inbound/reread-runs.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type RereadBody, rereadRequestSchema, rereadSchema } from '../contract/reread.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { isoTime, isoTimeOrNull } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of re-reading need. */
export type RereadPorts = {
  startReread(scope: RereadScope & { dryRun: boolean }): Promise<RereadStart>;
  /** The one that runs or ran last; null when there was none since the start. */
  latestReread(): RereadRun | null;
};

/** POST and GET /v1/reread: reading stored webhooks again after an upgrade. */
export function rereadRoutes(api: Api, ports: RereadPorts): void {
  api.post(
    '/reread',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Upkeep'],
        operationId: 'startReread',
        summary: 'Read stored webhooks again',
        description:
          'Reads stored webhooks with the understanding of this version, in the background. Events that are better understood are upgraded in place and what was overlooked is appended; the state follows, and nothing else does: nothing is sent. Doing it twice changes nothing the second time.',
        body: rereadRequestSchema,
        response: {
          202: answerOf(rereadSchema, 'It has begun; GET /v1/reread shows how far it is.'),
          ...problemAnswers(400, 401, 404, 409, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<RereadBody> => {
      const { since, webhook, dryRun } = request.body;
      const started = await ports.startReread({
        since: since === undefined ? null : Date.parse(since),
        webhookId: webhook ?? null,
        dryRun,
      });
      if (started.outcome === 'busy') throw new ProblemError(problemOf('reread-running'));
      if (started.outcome === 'unknown-webhook') throw new ProblemError(problemOf('webhook-unknown'));
      reply.code(202).header('location', '/v1/reread');
      return rereadBody(started.run);
    },
  );

  api.get(
    '/reread',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Upkeep'],
        operationId: 'getReread',
        summary: 'How far is the re-reading?',
        description: 'The re-reading that runs, or the one that ran last since this gateway started.',
        response: { 200: answerOf(rereadSchema, 'The re-reading.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (): Promise<RereadBody> => {
      const run = ports.latestReread();
      if (run === null) throw new ProblemError(problemOf('reread-none'));
      return rereadBody(run);
    },
  );
}

function rereadBody(run: RereadRun): RereadBody {
  return {
    state: run.state,
    dryRun: run.dryRun,
    since: isoTimeOrNull(run.since),
    webhook: run.webhookId,
    total: run.total,
    webhooks: run.webhooks,
    upgraded: run.upgraded,
    found: run.found,
    skipped: run.skipped,
    kinds: { ...run.kinds },
    startedAt: isoTime(run.startedAt),
    finishedAt: isoTimeOrNull(run.finishedAt),
  };
}
