import type { Json, JsonObject } from '../../domain/json.ts';
import { type App, webhookFields } from '../accounts/developer-app.ts';
import { proveCallback, refuseCallback } from './callback.ts';
import type { GraphContext } from './graph-context.ts';
import { type GraphProblem, invalidParameter } from './graph-error.ts';
import { type GraphReply, type GraphRoute, success } from './graph-route.ts';
import { readFields } from './read-fields.ts';

const whatsappObject = 'whatsapp_business_account';

/** The version of a field's shape, as a list of subscriptions tells it. */
const FIELD_VERSION = 'v25.0';

/**
 * `POST`, `GET` and `DELETE /{app}/subscriptions` (meta-facts §7.2): the app's one callback, and the fields that it
 * hears of. Takes the app's own token only, and shakes hands with the callback while the call runs.
 */
export function subscriptionsRoutes(app: App, context: GraphContext): GraphRoute[] {
  async function answerSubscribe(parameters: JsonObject): Promise<GraphReply> {
    if (context.openQuestions.appSubscriptions === 'refused') {
      return { refusal: invalidParameter(`Param object does not take ${whatsappObject} on this edge.`) };
    }
    const refusal =
      refuseObject(parameters.object) ?? refuseCallback('callback_url', parameters.callback_url);
    if (refusal !== null) return { refusal };
    const { callback_url: callbackUrl, verify_token: verifyToken } = parameters;
    if (typeof callbackUrl !== 'string' || typeof verifyToken !== 'string' || verifyToken === '') {
      return { refusal: invalidParameter('The parameter verify_token is required.') };
    }
    const fields = readFieldNames(parameters.fields);
    const unknown = fields.find((field) => !webhookFields.includes(field));
    if (unknown !== undefined)
      return { refusal: invalidParameter(`Param fields names no field: ${unknown}.`) };
    const unproven = await proveCallback(callbackUrl, verifyToken, context);
    if (unproven !== null) return { refusal: unproven };
    const ticked = new Set([
      ...(app.subscription.callbackUrl === null ? [] : app.subscription.fields),
      ...fields,
    ]);
    app.subscription = { callbackUrl, verifyToken, fields: ticked, active: true, verified: true };
    return success;
  }

  function answerList(): GraphReply {
    const { callbackUrl, fields, active } = app.subscription;
    if (callbackUrl === null) return { body: { data: [] } };
    const data = [
      {
        object: whatsappObject,
        callback_url: callbackUrl,
        active,
        fields: [...fields].map((name) => ({ name, version: FIELD_VERSION })),
      },
    ];
    return { body: { data } };
  }

  function answerUnsubscribe(parameters: JsonObject): GraphReply {
    if (parameters.object !== undefined) {
      const refusal = refuseObject(parameters.object);
      if (refusal !== null) return { refusal };
    }
    const fields = readFieldNames(parameters.fields);
    if (fields.length === 0) {
      app.subscription = { ...app.subscription, callbackUrl: null, fields: new Set() };
    } else {
      for (const field of fields) app.subscription.fields.delete(field);
    }
    return success;
  }

  const edge = 'subscriptions';
  const needs = 'app';
  return [
    {
      method: 'GET',
      edge: null,
      needs: [],
      answer: ({ parameters }) =>
        readFields({ id: app.id, name: app.name }, parameters.fields, ['id', 'name']),
    },
    { method: 'GET', edge, needs, answer: answerList },
    { method: 'POST', edge, needs, answer: ({ parameters }) => answerSubscribe(parameters) },
    { method: 'DELETE', edge, needs, answer: ({ parameters }) => answerUnsubscribe(parameters) },
  ];
}

function refuseObject(object: Json | undefined): GraphProblem | null {
  return object === whatsappObject ? null : invalidParameter(`Param object must be ${whatsappObject}.`);
}

/** Names separated by commas, or a list of them. */
function readFieldNames(fields: Json | undefined): string[] {
  const names = Array.isArray(fields)
    ? fields.map(String)
    : typeof fields === 'string'
      ? fields.split(',')
      : [];
  return names.map((name) => name.trim()).filter((name) => name !== '');
}
