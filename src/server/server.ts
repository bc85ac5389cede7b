import rateLimit from '@fastify/rate-limit';
import createFastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Json } from '../domain/json.ts';
import { securityHeaders } from './answers.ts';
import { type ApiPorts, registerApi } from './api.ts';
import { registerApiPage } from './api-page/api-page.ts';
import type { Access } from './authentication.ts';
import { type DashboardOptions, registerDashboard } from './dashboard-page/dashboard-page.ts';
import { answerClientError, createAnswerError, newReference, type ServerReport } from './errors.ts';
import { createGracefulServer } from './graceful-server.ts';
import { listenOn } from './listen.ts';
import { compileCheck } from './mistakes.ts';
import { registerOpenapi } from './openapi.ts';
import { ProblemError, problemOf } from './problem.ts';
import { createPublicDoor } from './public-door.ts';
import { BODY_LIMIT, readJsonBody } from './request-body.ts';
import { type HealthPorts, healthRoutes } from './routes/health.ts';
import { type MetricsPorts, metricsRoutes } from './routes/metrics.ts';
import { defaultStreamTimings, type StreamTimings } from './stream-events.ts';
import { createAnswerUnknown } from './unknown-route.ts';
import type { WebhookRoute } from './webhook-route.ts';

/** What the server needs. */
export type ServerOptions = {
  /** Takes the webhook paths past the framework, which would halve what the door can carry. */
  webhookRoute: Pick<WebhookRoute, 'matches' | 'handle'>;
  ports: ApiPorts & HealthPorts & MetricsPorts;
  access: Access;
  /** Requests per caller and minute, reading and changing apart; null or left out for any number. */
  requestsPerMinute?: number | null;
  /** Event streams that one caller may have open; 50 when left out. */
  streamsPerCaller?: number;
  /** Give /metrics without a key, because only this machine can ask. */
  metricsOpen?: boolean;
  /** The API and the pages are apart: `listen` is then for webhooks and health alone, `listenApart` for the rest. */
  apart?: boolean;
  report: ServerReport;
  /** The pages at `/`; none when left out. */
  dashboard?: DashboardOptions;
  /** Further routes, each registered in a scope of its own; they answer for their own authentication. */
  extensions?: readonly ServerExtension[];
  /** Times of event streams in milliseconds. */
  streamTimings?: Partial<StreamTimings>;
  /** How long `close` lets requests finish, in milliseconds. */
  closeGrace?: number;
};

const adminSettings = { host: 'ADMIN_HOST', port: 'ADMIN_PORT' };

/** Enough for every process of a program; an open stream costs memory and readings of the feed. */
const STREAMS_PER_CALLER = 50;

/** Adds routes to the server, such as the sandbox's page. */
type ServerExtension = (fastify: FastifyInstance) => void | Promise<void>;

/** The HTTP door: the webhook route and the API, on one port or on two. */
export type Server = {
  /** Begins to listen; port 0 for any free one. Throws StartError when it cannot. */
  listen(host: string, port: number): Promise<{ port: number }>;
  /** Begins to listen for the API when it is apart; before `listen`. Throws StartError when it cannot. */
  listenApart(host: string, port: number): Promise<{ port: number }>;
  /** Ends event streams, lets requests in flight finish within the grace, and stops listening. */
  close(): Promise<void>;
  fastify: FastifyInstance;
};

/** Builds the server; it does not listen yet. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { access, ports, report, webhookRoute } = options;
  const streamsEnded = new AbortController();
  const answerError = createAnswerError(report);
  const apart = options.apart === true;
  // The framework is bound to one server: the only one, or the one that is apart.
  const inner = createGracefulServer((request, response) => {
    if (!apart && webhookRoute.matches(request)) webhookRoute.handle(request, response);
    else fastify.routing(request, response);
  });
  const fastify = createFastify({
    serverFactory: () => inner.server,
    bodyLimit: BODY_LIMIT,
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
  });
  const api = fastify.withTypeProvider<ZodTypeProvider>();
  const answerUnknown = createAnswerUnknown(fastify);

  fastify.setValidatorCompiler(compileCheck);
  // What is sent was typed by the contract and is tested against it: checking it again on every answer would
  // only turn a surprising fact into an error.
  fastify.setSerializerCompiler(() => JSON.stringify);
  fastify.setErrorHandler(answerError);
  fastify.setNotFoundHandler(answerUnknown);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, readBody);
  // Many clients declare a content type on everything, also on a request without a body.
  fastify.addContentTypeParser('*', async (request: FastifyRequest, body: NodeJS.ReadableStream) => {
    if (takesBody(request)) throw new ProblemError(problemOf('content-type-unsupported'));
    body.resume();
  });
  fastify.addHook('onRequest', async (_request, reply) => {
    reply.headers(securityHeaders);
  });

  // Counts only where a route is told to; /v1 does it itself, once it knows who asks.
  fastify.register(rateLimit, { global: false });
  registerOpenapi(api);
  registerApiPage(api);
  api.register(async (scope) => healthRoutes(scope, ports));
  api.register(async (scope) => metricsRoutes(scope, ports, options.metricsOpen === true ? null : access));
  registerApi(api, {
    ports,
    access,
    requestsPerMinute: options.requestsPerMinute ?? null,
    answerUnknown,
    stream: {
      timings: { ...defaultStreamTimings, ...options.streamTimings },
      ended: streamsEnded.signal,
      most: options.streamsPerCaller ?? STREAMS_PER_CALLER,
      stillAllowed: async (request) => 'caller' in (await access.authenticate(request)),
      broke: (error) => report.failed({ reference: newReference(), route: 'GET /v1/events/stream', error }),
    },
  });
  const { dashboard } = options;
  if (dashboard !== undefined) fastify.register(async (scope) => registerDashboard(scope, dashboard));
  for (const extension of options.extensions ?? []) {
    fastify.register(async (scope) => extension(scope));
  }
  await fastify.ready();
  const door = apart ? createGracefulServer(createPublicDoor(webhookRoute, fastify.routing)) : inner;
  if (apart) door.server.on('clientError', answerClientError);

  let closed: Promise<void> | null = null;
  async function close(): Promise<void> {
    streamsEnded.abort();
    const grace = options.closeGrace ?? 10_000;
    await Promise.all(door === inner ? [inner.close(grace)] : [inner.close(grace), door.close(grace)]);
    await fastify.close();
  }

  return {
    listen: async (host, port) => ({ port: await listenOn(door.server, host, port) }),
    listenApart: async (host, port) => ({ port: await listenOn(inner.server, host, port, adminSettings) }),
    close: () => {
      closed ??= close();
      return closed;
    },
    fastify,
  };
}

/** Whether the route of a request reads a body. What nobody reads is nobody's mistake. */
function takesBody(request: FastifyRequest): boolean {
  return request.routeOptions.schema?.body !== undefined;
}

async function readBody(request: FastifyRequest, body: Buffer): Promise<Json | undefined> {
  if (!takesBody(request)) return undefined;
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw new ProblemError(problemOf('body-encoded'));
  return readJsonBody(body);
}
