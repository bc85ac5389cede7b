import type { JsonObject } from '../../domain/json.ts';
import { type AccessToken, managementScope } from '../accounts/access-token.ts';
import type { WhatsappAccount } from '../accounts/whatsapp-account.ts';
import { proveCallback, refuseCallback } from './callback.ts';
import type { GraphContext } from './graph-context.ts';
import { invalidParameter } from './graph-error.ts';
import { type GraphReply, type GraphRoute, success } from './graph-route.ts';

/**
 * `POST`, `GET` and `DELETE /{waba}/subscribed_apps` (meta-facts §7.2): whether the token's app is told of this
 * account, and at which callback. A `POST` without one removes it.
 */
export function subscribedAppsRoutes(account: WhatsappAccount, context: GraphContext): GraphRoute[] {
  const { accounts } = context;

  function answerSubscribe(parameters: JsonObject, token: AccessToken): GraphReply | Promise<GraphReply> {
    const { override_callback_uri: callback, verify_token: verifyToken } = parameters;
    if (callback === undefined) {
      account.subscribedApps.set(token.appId, { override: null });
      return success;
    }
    const refusal = refuseCallback('override_callback_uri', callback);
    if (refusal !== null) return { refusal };
    if (typeof callback !== 'string' || typeof verifyToken !== 'string') {
      return { refusal: invalidParameter('The parameter verify_token is required.') };
    }
    return overrideCallback(callback, verifyToken, token);
  }

  async function overrideCallback(
    callbackUrl: string,
    verifyToken: string,
    token: AccessToken,
  ): Promise<GraphReply> {
    const unproven = await proveCallback(callbackUrl, verifyToken, context);
    if (unproven !== null) return { refusal: unproven };
    account.subscribedApps.set(token.appId, { override: { callbackUrl, verifyToken } });
    return success;
  }

  function answerList(): GraphReply {
    const data = [...account.subscribedApps].map(([appId, { override }]): JsonObject => {
      const { id, name } = accounts.app(appId);
      return {
        whatsapp_business_api_data: { id, link: `https://www.facebook.com/games/?app_id=${id}`, name },
        ...(override !== null && { override_callback_uri: override.callbackUrl }),
      };
    });
    return { body: { data } };
  }

  const edge = 'subscribed_apps';
  const needs = [managementScope];
  return [
    { method: 'GET', edge, needs, answer: answerList },
    { method: 'POST', edge, needs, answer: ({ parameters, token }) => answerSubscribe(parameters, token) },
    {
      method: 'DELETE',
      edge,
      needs,
      answer: ({ token }) => {
        account.subscribedApps.delete(token.appId);
        return success;
      },
    },
  ];
}
