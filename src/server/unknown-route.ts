import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './answers.ts';
import { problemOf } from './problem.ts';

/** Answers a request that no route takes: 405 when another method would do, else 404. */
export type AnswerUnknown = (request: FastifyRequest, reply: FastifyReply) => void;

/** Remembers every route that is registered from now on, to tell a wrong method from a wrong address. */
export function createAnswerUnknown(fastify: Pick<FastifyInstance, 'addHook'>): AnswerUnknown {
  const known: { methods: string[]; address: RegExp }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    known.push({ methods: [method].flat(), address: addressPattern(url) });
  });

  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = known.filter(({ address }) => address.test(path)).flatMap(({ methods }) => methods);
    if (allowed.length === 0) {
      sendProblem(reply, problemOf('route-unknown'));
      return;
    }
    const allow = [...new Set(allowed)].sort().join(', ');
    reply.header('allow', allow);
    sendProblem(reply, problemOf('method-not-allowed', { detail: `This address takes ${allow}.` }));
  };
}

/** The addresses of a route: `:name` stands for one part, a final `*` for all the rest. */
function addressPattern(url: string): RegExp {
  const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/:\w+/g, '[^/]+').replace(/\*$/, '.*')}$`);
}
