import type {
  BatchChange,
  Batches,
  BatchLists,
  BatchStory,
  BatchWish,
} from '../../flows/outbound/batches.ts';
import type { ConsiderNotification } from '../../flows/outbound/take-contract.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import {
  type BatchBody,
  type BatchPageBody,
  type BatchPreviewBody,
  type BatchRowPageBody,
  batchHeadersSchema,
  batchPageSchema,
  batchPreviewRequestSchema,
  batchPreviewSchema,
  batchQuerySchema,
  batchRequestSchema,
  batchRowPageSchema,
  batchRowQuerySchema,
  batchRowsRequestSchema,
  batchSchema,
} from '../contract/batch.ts';
import { idParameters } from '../contract/value.ts';
import { languageFor } from '../language.ts';
import { idCursor, looksLikeId, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { batchBody, batchPreviewBody, batchRowBody } from '../representations/batch.ts';
import type { Api } from '../typed-fastify.ts';
import { notificationRequest } from './notifications.ts';

/** What the routes of batches need. */
export type BatchPorts = {
  batches: Batches;
  considerNotification: ConsiderNotification;
  findBatch(id: string): Promise<BatchStory | null>;
} & BatchLists;

const example = 'bt_01k9x2m4c7b8d3fq';

const wishes: { wish: BatchWish; operationId: string; summary: string; description: string }[] = [
  {
    wish: 'pause',
    operationId: 'pauseBatch',
    summary: 'Pause a batch',
    description: 'Nothing more of it leaves until it is resumed; what is on its way cannot be called back.',
  },
  {
    wish: 'resume',
    operationId: 'resumeBatch',
    summary: 'Resume a batch',
    description: 'Starts a batch that is open, or lets one that is paused go on.',
  },
  {
    wish: 'cancel',
    operationId: 'cancelBatch',
    summary: 'Cancel a batch',
    description:
      'Nothing more of it leaves, for ever: what waits ends as `cancelled`, and rows that are no notifications yet never become any.',
  },
];

/** /v1/batches: many messages at once. */
export function batchRoutes(api: Api, ports: BatchPorts): void {
  api.post(
    '/batches',
    {
      config: { scopes: ['send'] },
      schema: {
        tags: ['Batches'],
        operationId: 'createBatch',
        summary: 'Send many messages',
        description:
          'Keeps many messages to send. They are sent behind all single messages, at the pace that Meta allows, each exactly once. A row that cannot be sent says why and stops no other. A repeated request with the same idempotency key answers for the first one.',
        headers: batchHeadersSchema,
        body: batchRequestSchema,
        response: {
          202: answerOf(batchSchema, 'Kept; GET /v1/batches/{id} shows how far it is.'),
          ...problemAnswers(400, 401, 409, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<BatchBody> => {
      const { name = null, notifications, start } = request.body;
      const key = request.headers['idempotency-key'];
      const created = await ports.batches.create({
        name,
        rows: notifications.map(rowOf),
        start,
        idempotency: key === undefined ? null : { scope: callerOf(request).id, key },
      });
      if (created.outcome === 'conflict') {
        throw new ProblemError(problemOf('batch-key-conflict', { detail: `It made ${created.batchId}.` }));
      }
      const { story } = created;
      if (created.outcome === 'repeated') reply.header('idempotent-replayed', 'true');
      reply.code(202).header('location', `/v1/batches/${story.batch.id}`);
      return batchBody(story);
    },
  );

  api.post(
    '/batches/preview',
    {
      config: { scopes: ['send'] },
      schema: {
        tags: ['Batches'],
        operationId: 'previewBatch',
        summary: 'See what would become of many messages',
        description: 'Decides about each as if it were taken now, and stores and sends nothing.',
        body: batchPreviewRequestSchema,
        response: {
          200: answerOf(batchPreviewSchema, 'What would become of them.'),
          ...problemAnswers(400, 401, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<BatchPreviewBody> => {
      const considered: Awaited<ReturnType<ConsiderNotification>>[] = [];
      for (const row of request.body.notifications) {
        considered.push(await ports.considerNotification(rowOf(row)));
      }
      return batchPreviewBody(considered, languageFor(reply));
    },
  );

  api.get(
    '/batches',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Batches'],
        operationId: 'listBatches',
        summary: 'List batches',
        description: 'Batches in the order in which they were made.',
        querystring: batchQuerySchema,
        response: { 200: answerOf(batchPageSchema, 'A page of batches.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request): Promise<BatchPageBody> => {
      const after = idCursor('bt', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listBatches({ after, limit }),
        ({ batch }) => batch.id,
      );
      return { data: rows.map(batchBody), next };
    },
  );

  api.get(
    '/batches/:id',
    {
      config: { scopes: ['read', 'send'] },
      schema: {
        tags: ['Batches'],
        operationId: 'getBatch',
        summary: 'Get a batch',
        description: 'How far a batch is.',
        params: idParameters(example),
        response: { 200: answerOf(batchSchema, 'The batch.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<BatchBody> => batchBody(await storyOf(request.params.id)),
  );

  api.get(
    '/batches/:id/rows',
    {
      config: { scopes: ['read', 'send'] },
      schema: {
        tags: ['Batches'],
        operationId: 'listBatchRows',
        summary: 'List the rows of a batch',
        description: 'What became of each row, in the order of your list.',
        params: idParameters(example),
        querystring: batchRowQuerySchema,
        response: {
          200: answerOf(batchRowPageSchema, 'A page of rows.'),
          ...problemAnswers(400, 401, 404, 500),
        },
      },
    },
    async (request, reply): Promise<BatchRowPageBody> => {
      const { id } = request.params;
      await storyOf(id);
      const after = Number(request.query.after ?? 0);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listBatchRows(id, after, limit),
        ({ number }) => String(number),
      );
      const language = languageFor(reply);
      return { data: rows.map((row) => batchRowBody(row, language)), next };
    },
  );

  api.post(
    '/batches/:id/rows',
    {
      config: { scopes: ['send'] },
      schema: {
        tags: ['Batches'],
        operationId: 'addBatchRows',
        summary: 'Add rows to an open batch',
        description:
          'Rows whose number the batch has already change nothing, so the same request may be repeated.',
        params: idParameters(example),
        body: batchRowsRequestSchema,
        response: {
          200: answerOf(batchSchema, 'The batch with its new rows.'),
          ...problemAnswers(400, 401, 404, 409, 413, 415, 500),
        },
      },
    },
    async (request): Promise<BatchBody> => {
      const { firstRow, notifications } = request.body;
      const { id } = request.params;
      return changed(await ports.batches.addRows(known(id), firstRow, notifications.map(rowOf)));
    },
  );

  for (const { wish, operationId, summary, description } of wishes) {
    api.post(
      `/batches/:id/${wish}`,
      {
        config: { scopes: ['send', 'manage'] },
        schema: {
          tags: ['Batches'],
          operationId,
          summary,
          description,
          params: idParameters(example),
          response: {
            200: answerOf(batchSchema, 'The batch as it is now.'),
            // Whatever a batch is, it can be cancelled.
            ...(wish === 'cancel' ? problemAnswers(401, 404, 500) : problemAnswers(401, 404, 409, 500)),
          },
        },
      },
      async (request): Promise<BatchBody> =>
        changed(await ports.batches.change(known(request.params.id), wish, callerOf(request))),
    );
  }

  async function storyOf(id: string): Promise<BatchStory> {
    const story = await ports.findBatch(known(id));
    if (story === null) throw new ProblemError(problemOf('batch-unknown'));
    return story;
  }
}

function known(id: string): string {
  if (looksLikeId('bt', id)) return id;
  throw new ProblemError(problemOf('batch-unknown'));
}

function changed(change: BatchChange): BatchBody {
  if (change.outcome === 'unknown') throw new ProblemError(problemOf('batch-unknown'));
  const body = batchBody(change.story);
  if (change.outcome === 'not-possible') {
    throw new ProblemError(problemOf('batch-not-so-far', { detail: `It is ${body.state}.` }));
  }
  return body;
}

function rowOf(body: Parameters<typeof notificationRequest>[0]) {
  const { idempotency: _, batchId: __, ...row } = notificationRequest(body, null);
  return row;
}
