import { eventId, eventPosition } from '../../domain/event.ts';
import type {
  EndpointRefusal,
  Endpoints,
  EndpointView,
  Redelivery,
} from '../../flows/forwarding/endpoints.ts';
import type { EndpointStore } from '../../flows/forwarding/forwarding-store.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import {
  type DeadLetterPageBody,
  deadLetterPageSchema,
  type EndpointBody,
  type EndpointPageBody,
  type EndpointSecretBody,
  type EndpointTrialBody,
  endpointChangesSchema,
  endpointPageSchema,
  endpointQuerySchema,
  endpointSchema,
  endpointSecretSchema,
  endpointTrialSchema,
  type ForwardAttemptPageBody,
  forwardAttemptPageSchema,
  newEndpointSchema,
  type RedeliveredBody,
  redeliveredSchema,
  redeliverySchema,
  rotationSchema,
} from '../contract/endpoint.ts';
import { problemSchema } from '../contract/problem.ts';
import { idParameters } from '../contract/value.ts';
import { eventCursor, idCursor, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { endpointBody, endpointTrialBody, forwardAttemptBody } from '../representations/endpoint.ts';
import { isoTime } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of endpoints need. */
export type EndpointPorts = {
  endpoints: Omit<Endpoints, 'reload' | 'ready' | 'warnings'>;
  listForwardAttempts: EndpointStore['listForwardAttempts'];
  listDeadLetters: EndpointStore['listDeadLetters'];
  clock: Clock;
};

/** How many events one request has delivered again: more are asked for with `after`. */
const REDELIVERED_AT_ONCE = 5_000;

const example = 'ep_1np4c3zk9v0w2xy7';
const tags = ['Endpoints'];
const noKey = answerOf(
  problemSchema,
  'RECADO_ENCRYPTION_KEY is missing, or another one. Nothing was stored.',
  'application/problem+json',
);

/** /v1/endpoints: the applications that hear every event. */
export function endpointRoutes(api: Api, ports: EndpointPorts): void {
  const { endpoints } = ports;
  const bodyOf = async (endpoint: EndpointView) =>
    endpointBody(endpoint, await endpoints.picture(endpoint.id));

  api.post(
    '/endpoints',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags,
        operationId: 'createEndpoint',
        summary: 'Make an endpoint',
        description:
          'From this answer on, every event that its filters let through is posted to the URL, signed by Standard Webhooks: at least once, and within a conversation in order. The secret is in this answer and nowhere else.',
        body: newEndpointSchema,
        response: {
          201: answerOf(endpointSecretSchema, 'The endpoint, with its secret.'),
          ...problemAnswers(400, 401, 413, 415, 500),
          409: noKey,
        },
      },
    },
    async (request, reply): Promise<EndpointSecretBody> => {
      const made = done(await endpoints.create(request.body, callerOf(request)));
      reply.code(201).header('location', `/v1/endpoints/${made.endpoint.id}`);
      return { ...(await bodyOf(made.endpoint)), secret: made.secret };
    },
  );

  api.get(
    '/endpoints',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags,
        operationId: 'listEndpoints',
        summary: 'List endpoints',
        description: 'The endpoints in the order of making, with how each stands.',
        querystring: endpointQuerySchema,
        response: {
          200: answerOf(endpointPageSchema, 'A page of endpoints.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<EndpointPageBody> => {
      const after = idCursor('ep', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        async (limit) =>
          endpoints
            .list()
            .filter(({ id }) => after === null || id > after)
            .slice(0, limit),
        ({ id }) => id,
      );
      return { data: await Promise.all(rows.map(bodyOf)), next };
    },
  );

  api.get(
    '/endpoints/:id',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags,
        operationId: 'getEndpoint',
        summary: 'Get an endpoint',
        description: 'An endpoint with how it stands.',
        params: idParameters(example),
        response: { 200: answerOf(endpointSchema, 'The endpoint.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<EndpointBody> => bodyOf(known(request.params.id)),
  );

  api.patch(
    '/endpoints/:id',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags,
        operationId: 'changeEndpoint',
        summary: 'Change an endpoint',
        description:
          'Changes what is named and leaves the rest. Paused, its events wait; active again, they go on where they stood.',
        params: idParameters(example),
        body: endpointChangesSchema,
        response: {
          200: answerOf(endpointSchema, 'The endpoint as it is now.'),
          ...problemAnswers(400, 401, 404, 413, 415, 500),
          409: noKey,
        },
      },
    },
    async (request): Promise<EndpointBody> =>
      bodyOf(done(await endpoints.change(request.params.id, request.body, callerOf(request))).endpoint),
  );

  api.delete(
    '/endpoints/:id',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags,
        operationId: 'removeEndpoint',
        summary: 'Remove an endpoint',
        description:
          'Forgets an endpoint, its secret, and what waited for it. What is on its way may still arrive. The events stay in the feed.',
        params: idParameters(example),
        response: {
          200: answerOf(endpointSchema, 'The endpoint as it was.'),
          ...problemAnswers(401, 404, 500),
        },
      },
    },
    async (request): Promise<EndpointBody> => {
      const { id } = request.params;
      const picture = await endpoints.picture(known(id).id);
      return endpointBody(done(await endpoints.remove(id, callerOf(request))).endpoint, picture);
    },
  );

  api.post(
    '/endpoints/:id/test',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags,
        operationId: 'testEndpoint',
        summary: 'Try an endpoint',
        description:
          'Posts a made-up event of the type `test` at once, signed like any other, and says what it met.',
        params: idParameters(example),
        response: {
          200: answerOf(endpointTrialSchema, 'What it met, a failure too.'),
          ...problemAnswers(400, 401, 404, 500),
          409: noKey,
        },
      },
    },
    async (request): Promise<EndpointTrialBody> =>
      endpointTrialBody(done(await endpoints.test(request.params.id)).result, ports.clock.now()),
  );

  api.post(
    '/endpoints/:id/rotate-secret',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags,
        operationId: 'rotateEndpointSecret',
        summary: 'Rotate the secret of an endpoint',
        description:
          'Makes a new secret, which is in this answer and nowhere else. Deliveries are signed by the former one too for a while, so that the receiver can change in peace. `X-Hub-Signature-256` has room for one signature: it is by the new one at once.',
        params: idParameters(example),
        body: rotationSchema,
        response: {
          200: answerOf(endpointSecretSchema, 'The endpoint, with its new secret.'),
          ...problemAnswers(400, 401, 404, 413, 415, 500),
          409: noKey,
        },
      },
    },
    async (request): Promise<EndpointSecretBody> => {
      const { secret = null, overlapHours } = request.body;
      const overlap = overlapHours * 60 * 60_000;
      const rotated = done(
        await endpoints.rotateSecret(request.params.id, { secret, overlap }, callerOf(request)),
      );
      return { ...(await bodyOf(rotated.endpoint)), secret: rotated.secret };
    },
  );

  api.post(
    '/endpoints/:id/redeliver',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags,
        operationId: 'redeliver',
        summary: 'Deliver events again',
        description:
          'Delivers events again, whether they were delivered or given up: some by their ids, all that were given up since a time, or all of a time. Each has the `webhook-id` that it had. They go beside what is new and hold it up nowhere. At most 5,000 with each request: ask again with `next`.',
        params: idParameters(example),
        body: redeliverySchema,
        response: {
          202: answerOf(redeliveredSchema, 'How many are on their way again.'),
          ...problemAnswers(400, 401, 404, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<RedeliveredBody> => {
      const { after } = request.body;
      const { count, next } = done(
        await endpoints.redeliver(
          request.params.id,
          {
            scope: scopeOf(request.body),
            after: after === undefined ? 0 : (eventPosition(after) ?? 0),
            limit: REDELIVERED_AT_ONCE,
          },
          callerOf(request),
        ),
      );
      reply.code(202);
      return { count, next: next === null ? null : eventId(next) };
    },
  );

  api.get(
    '/endpoints/:id/attempts',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags,
        operationId: 'listForwardAttempts',
        summary: 'List the attempts of an endpoint',
        description: 'The latest 500 tries to deliver something to an endpoint, the newest first.',
        params: idParameters(example),
        querystring: endpointQuerySchema,
        response: {
          200: answerOf(forwardAttemptPageSchema, 'A page of attempts.'),
          ...problemAnswers(400, 401, 404, 500),
        },
      },
    },
    async (request): Promise<ForwardAttemptPageBody> => {
      const { id } = known(request.params.id);
      const before = eventCursor('after', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listForwardAttempts({ endpoint: id, before, limit }),
        ({ number }) => eventId(number),
      );
      return { data: rows.map(forwardAttemptBody), next };
    },
  );

  api.get(
    '/endpoints/:id/dead-letters',
    {
      config: { scopes: ['read', 'manage'] },
      schema: {
        tags,
        operationId: 'listDeadLetters',
        summary: 'List the dead letters of an endpoint',
        description:
          'Events that an endpoint could not be delivered, in feed order. `redeliver` tries them again.',
        params: idParameters(example),
        querystring: endpointQuerySchema,
        response: {
          200: answerOf(deadLetterPageSchema, 'A page of dead letters.'),
          ...problemAnswers(400, 401, 404, 500),
        },
      },
    },
    async (request): Promise<DeadLetterPageBody> => {
      const { id } = known(request.params.id);
      const after = eventCursor('after', request.query.after) ?? 0;
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listDeadLetters({ endpoint: id, after, limit }),
        ({ position }) => eventId(position),
      );
      return {
        data: rows.map(({ position, kind, attempts, failure, at }) => ({
          event: eventId(position),
          kind,
          attempts,
          failure,
          givenUpAt: isoTime(at),
        })),
        next,
      };
    },
  );

  /** @throws ProblemError when there is none with this id */
  function known(id: string): EndpointView {
    return endpoints.find(id) ?? unknown();
  }
}

function unknown(): never {
  throw new ProblemError(problemOf('endpoint-unknown'));
}

/** @throws ProblemError for a refusal */
function done<Result extends object>(result: Result | EndpointRefusal): Result {
  if (!isRefusal(result)) return result;
  throw new ProblemError(problemOf(result.refusal, 'found' in result ? { detail: result.found } : {}));
}

function isRefusal(result: object): result is EndpointRefusal {
  return 'refusal' in result;
}

function scopeOf(request: {
  events?: string[] | undefined;
  deadSince?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  kinds?: Extract<Redelivery, { kind: 'range' }>['kinds'] | undefined;
}): Redelivery {
  if (request.events !== undefined) {
    return { kind: 'positions', positions: request.events.flatMap((id) => eventPosition(id) ?? []) };
  }
  if (request.deadSince !== undefined) return { kind: 'dead', since: Date.parse(request.deadSince) };
  return {
    kind: 'range',
    from: Date.parse(request.from ?? ''),
    until: Date.parse(request.until ?? ''),
    kinds: request.kinds ?? null,
  };
}
