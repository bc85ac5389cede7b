import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { asciiJson, securityHeaders } from './answers.ts';
import { answerEarly, defaultDiscardLimits } from './early-answer.ts';
import { problemOf } from './problem.ts';
import type { WebhookRoute } from './webhook-route.ts';

/** What everybody may ask besides handing over webhooks. */
const healthPaths: readonly string[] = ['/healthz', '/readyz'];

/**
 * The answers on PORT when the API has a port of its own. What is not named here never reaches the framework,
 * so no route can be served by mistake where everybody may ask.
 */
export function createPublicDoor(
  webhookRoute: Pick<WebhookRoute, 'matches' | 'handle'>,
  framework: RequestListener,
): RequestListener {
  return (request, response) => {
    if (webhookRoute.matches(request)) webhookRoute.handle(request, response);
    else if (healthPaths.includes(request.url?.split('?', 1)[0] ?? '')) framework(request, response);
    else answerElsewhere(request, response);
  };
}

function answerElsewhere(request: IncomingMessage, response: ServerResponse): void {
  // A connection may break at any time; the end of the response sees to it.
  request.on('error', ignore);
  response.on('error', ignore);
  const problem = problemOf('elsewhere');
  const body = asciiJson(problem);
  const headers = Object.entries({
    ...securityHeaders,
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': `${body.length}`,
  }).flat();
  answerEarly(request, response, { status: problem.status, headers, body }, defaultDiscardLimits);
}

function ignore(): void {}
