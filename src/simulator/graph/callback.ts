import type { Json } from '../../domain/json.ts';
import type { GraphContext } from './graph-context.ts';
import { type GraphProblem, invalidParameter, problem } from './graph-error.ts';

/** The longest callback of an override, in characters (meta-facts §7.2). */
const CALLBACK_MAX_LENGTH = 200;

/** Why a callback is no address that Meta would call; null when it may be one. */
export function refuseCallback(name: string, callback: Json | undefined): GraphProblem | null {
  if (
    typeof callback !== 'string' ||
    !URL.canParse(callback) ||
    !/^https?:$/.test(new URL(callback).protocol)
  ) {
    return invalidParameter(`Param ${name} must be a valid URL.`);
  }
  return callback.length > CALLBACK_MAX_LENGTH
    ? invalidParameter(`Param ${name} must be at most ${CALLBACK_MAX_LENGTH} characters long.`)
    : null;
}

/**
 * Shakes hands with a callback while the call runs (meta-facts §1): null when it answered 200 and the challenge.
 * Plain http is taken, which Meta does not, so that everything can be tried on one machine.
 */
export async function proveCallback(
  callbackUrl: string,
  verifyToken: string,
  context: Pick<GraphContext, 'handshake' | 'openQuestions'>,
): Promise<GraphProblem | null> {
  const { ok, status, body } = await context.handshake(callbackUrl, verifyToken);
  if (ok) return null;
  const found =
    status === null ? body : `HTTP ${status} and ${body.length} characters that are not the challenge`;
  return problem(
    context.openQuestions.failedHandshake,
    `The callback URL or verify token could not be validated: expected HTTP 200 and the challenge, found ${found}.`,
  );
}
