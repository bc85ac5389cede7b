import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemBody } from './contract/problem.ts';
import type { Caller } from './keyring.ts';
import { problemOf } from './problem.ts';

/** Counts a request; gives the problem to answer it with when it is one too many, else null. */
export type AdmitRequest = (
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
) => Promise<ProblemBody | null>;

/** The period over which requests are counted, in milliseconds. */
const PERIOD = 60_000;

/**
 * Counts the requests of each caller. Reading and changing are counted apart, so that a program that asks too
 * often never keeps a notification from being taken. Routes with `config.rateLimit: false` are not counted.
 *
 * @param fastify with @fastify/rate-limit registered
 * @param perMinute requests of each of the two kinds, for each caller
 */
export function createRateLimit(
  fastify: Pick<FastifyInstance, 'createRateLimit'>,
  perMinute: number,
): AdmitRequest {
  const keyGenerator = (request: FastifyRequest) => request.getDecorator<Caller>('caller').id;
  const limits = {
    reads: fastify.createRateLimit({ max: perMinute, timeWindow: PERIOD, keyGenerator }),
    changes: fastify.createRateLimit({ max: perMinute, timeWindow: PERIOD, keyGenerator }),
  };
  return async (request, reply) => {
    if (request.routeOptions.config.rateLimit === false) return null;
    const kind = request.method === 'GET' || request.method === 'HEAD' ? 'reads' : 'changes';
    const counted = await limits[kind](request);
    if (counted.isAllowed) return null;
    reply.headers({
      'ratelimit-limit': counted.max,
      'ratelimit-remaining': counted.remaining,
      'ratelimit-reset': counted.ttlInSeconds,
    });
    if (!counted.isExceeded) return null;
    reply.header('retry-after', counted.ttlInSeconds);
    return problemOf('too-many-requests', {
      detail: `This caller has made its ${counted.max} ${kind === 'reads' ? 'reading' : 'changing'} requests of this minute.`,
      remedy: `Wait ${counted.ttlInSeconds} s, as \`Retry-After\` says. Follow GET /v1/events/stream instead of asking again and again; the limit itself is RATE_LIMIT.`,
    });
  };
}
