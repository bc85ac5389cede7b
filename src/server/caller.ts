import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKeyScope } from '../domain/api-key.ts';
import { sendProblem } from './answers.ts';
import type { Authenticate, Refusal } from './authentication.ts';
import type { ProblemBody } from './contract/problem.ts';
import type { Caller } from './keyring.ts';
import { type ProblemCode, problemOf } from './problem.ts';
import type { AdmitRequest } from './rate-limits.ts';

/**
 * Closes a part of the server to whoever does not authenticate, whatever the address in it, and every route to
 * whoever lacks its scopes. A route names in `config.scopes` those of which one is enough; one that names none
 * needs `manage`.
 *
 * @param admit counts the request and may refuse it; everything is admitted when left out
 */
export function requireCaller(
  scope: Pick<FastifyInstance, 'decorateRequest' | 'addHook'>,
  authenticate: Authenticate,
  admit?: AdmitRequest,
): void {
  scope.decorateRequest('caller', undefined);
  scope.addHook('onRequest', async (request, reply) => {
    const authentication = await authenticate(request.raw);
    if ('refused' in authentication) {
      sendRefusal(reply, authentication);
      return reply;
    }
    const { caller } = authentication;
    request.setDecorator<Caller>('caller', caller);
    const tooMany = (await admit?.(request, reply, caller)) ?? null;
    const problem = tooMany ?? missingScope(request, reply, caller);
    if (problem === null) return;
    sendProblem(reply, problem);
    return reply;
  });
}

/** Answers a request that may not use the API. */
export function sendRefusal(reply: FastifyReply, { refused, retryAfter }: Refusal): void {
  const challenge = challenges[refused];
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  sendProblem(reply, problemOf(refused));
}

const invalidKey = 'Bearer realm="Recado", error="invalid_token"';

/** The header of every 401; the other refusals are no matter of keys. */
const challenges: Partial<Record<ProblemCode, string>> = {
  'no-api-key': 'Bearer realm="Recado"',
  'api-key-missing': 'Bearer realm="Recado"',
  'api-key-wrong': invalidKey,
  'api-key-revoked': invalidKey,
  'session-ended': 'Bearer realm="Recado"',
};

/** The problem of a caller who may not use this route; null when they may, and for an address without a route. */
function missingScope(request: FastifyRequest, reply: FastifyReply, caller: Caller): ProblemBody | null {
  if (request.is404) return null;
  const enough: readonly ApiKeyScope[] = request.routeOptions.config.scopes ?? ['manage'];
  if (enough.some((scope) => caller.scopes.includes(scope))) return null;
  return scopeMissing(reply, caller, enough);
}

/** The problem of a caller who lacks scopes, of which one would be enough. Sets the header that says so, too. */
export function scopeMissing(
  reply: FastifyReply,
  caller: Caller,
  enough: readonly ApiKeyScope[],
): ProblemBody {
  const [first = 'manage'] = enough;
  reply.header('www-authenticate', `Bearer realm="Recado", error="insufficient_scope", scope="${first}"`);
  return problemOf('scope-missing', {
    detail: `This needs the scope ${enough.join(' or ')}; ${caller.name} (${caller.id}) has ${caller.scopes.join(', ')}.`,
    remedy: `Make a key that may: \`recado keys create --name "${caller.name}" --scope ${[...new Set([...caller.scopes, first])].join(' --scope ')}\`, and send that one.`,
  });
}

/** Who makes a request to a part that requires a caller. */
export function callerOf(request: Pick<FastifyRequest, 'getDecorator'>): Caller {
  return request.getDecorator<Caller>('caller');
}
