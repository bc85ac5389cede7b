import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './answers.ts';
import type { Authenticate, Caller } from './authentication.ts';
import { type ProblemCode, problemOf } from './problem.ts';

/** Closes a part of the server to whoever does not authenticate, whatever the address in it. */
export function requireCaller(
  scope: Pick<FastifyInstance, 'decorateRequest' | 'addHook'>,
  authenticate: Authenticate,
): void {
  scope.decorateRequest('caller', undefined);
  scope.addHook('onRequest', async (request, reply) => {
    const authentication = await authenticate(request.raw);
    if ('caller' in authentication) {
      request.setDecorator<Caller>('caller', authentication.caller);
      return;
    }
    reply.header('www-authenticate', challengeFor(authentication.refused));
    sendProblem(reply, problemOf(authentication.refused));
    return reply;
  });
}

function challengeFor(refused: ProblemCode): string {
  return refused === 'api-key-wrong'
    ? 'Bearer realm="Recado", error="invalid_token"'
    : 'Bearer realm="Recado"';
}

/** Who makes a request to a part that requires a caller. */
export function callerOf(request: Pick<FastifyRequest, 'getDecorator'>): Caller {
  return request.getDecorator<Caller>('caller');
}
