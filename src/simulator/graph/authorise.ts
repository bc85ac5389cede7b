import type { Clock } from '../../runtime/clock.ts';
import { type AccessToken, isValidToken } from '../accounts/access-token.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type GraphProblem, problem } from './graph-error.ts';
import type { GraphObject, GraphRoute } from './graph-route.ts';

/** Finds the token of a call; code 190 for a missing, wrong or expired one (meta-facts §5: without subcodes since v16). */
export function authenticate(
  given: string | null,
  accounts: Accounts,
  clock: Clock,
): { token: AccessToken } | { refusal: GraphProblem } {
  if (given === null) return { refusal: invalidToken('An access token is required.') };
  const token = accounts.findToken(given);
  if (token === null) return { refusal: invalidToken('The access token is not valid.') };
  if (!isValidToken(token, clock)) return { refusal: invalidToken('The session has expired.') };
  return { token };
}

/**
 * Why a good token may not make this call; null when it may.
 *
 * @param code what Meta says of a missing permission
 */
export function authorise(
  token: AccessToken,
  object: GraphObject,
  route: Pick<GraphRoute, 'needs'>,
  code: number,
): GraphProblem | null {
  if (object.appId !== null && object.appId !== token.appId) {
    return problem(code, 'The token belongs to another app.');
  }
  if (route.needs === 'app') {
    return token.kind === 'app'
      ? null
      : problem(code, 'This call takes an app token only: APP_ID|APP_SECRET.');
  }
  const missing = route.needs.filter((scope) => !token.scopes.has(scope));
  if (missing.length > 0) return problem(code, `The token lacks ${missing.join(' and ')}.`);
  if (object.wabaId !== null && token.accountIds !== null && !token.accountIds.has(object.wabaId)) {
    return problem(code, `The token does not reach the WhatsApp Business Account ${object.wabaId}.`);
  }
  return null;
}

function invalidToken(sentence: string): GraphProblem {
  return { code: 190, details: null, message: `Error validating access token: ${sentence}` };
}
