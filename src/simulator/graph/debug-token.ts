import type { JsonObject } from '../../domain/json.ts';
import { type AccessToken, isValidToken } from '../accounts/access-token.ts';
import type { GraphContext } from './graph-context.ts';
import { invalidParameter } from './graph-error.ts';
import type { GraphReply, GraphRoute } from './graph-route.ts';

/** How `debug_token` names the kinds. A temporary token is a user's. */
const typeOf = { 'system-user': 'SYSTEM_USER', user: 'USER', temporary: 'USER', app: 'APP' } as const;

/** `GET /debug_token?input_token=…` (meta-facts §7.2): what a token is and may, told to its own app. */
export function debugTokenRoutes({ accounts, clock }: GraphContext): GraphRoute[] {
  function answer(input: string, asker: AccessToken): GraphReply {
    const token = accounts.findToken(input);
    if (token === null || token.appId !== asker.appId) {
      const data = {
        is_valid: false,
        scopes: [],
        error: { code: 190, message: 'Invalid OAuth access token.' },
      };
      return { body: { data } };
    }
    const valid = isValidToken(token, clock);
    const data: JsonObject = {
      app_id: token.appId,
      type: typeOf[token.kind],
      is_valid: valid,
      expires_at: token.expiresAt === null ? 0 : Math.floor(token.expiresAt / 1000),
      scopes: [...token.scopes],
      granular_scopes: [...token.scopes].map((scope) => ({
        scope,
        ...(token.accountIds !== null && { target_ids: [...token.accountIds] }),
      })),
      ...(token.userId !== null && { user_id: token.userId }),
      ...(!valid && { error: { code: 190, message: 'The session has expired.' } }),
    };
    return { body: { data } };
  }

  return [
    {
      method: 'GET',
      edge: null,
      needs: [],
      answer: ({ parameters, token }) =>
        typeof parameters.input_token === 'string'
          ? answer(parameters.input_token, token)
          : { refusal: invalidParameter('The parameter input_token is required.') },
    },
  ];
}
