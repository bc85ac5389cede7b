import type { Dispatcher } from 'undici';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { Callback } from '../../flows/setup/connection-plan.ts';
import type { GraphChange, GraphChanges } from '../../flows/setup/graph-changes.ts';
import { readGraphError } from '../../whatsapp/graph-answers/read-graph-error.ts';
import { readFlag, readText } from '../../whatsapp/wire-values.ts';
import { exchange } from './exchange.ts';

/**
 * How long Meta's answer may take, in milliseconds. It shakes hands with the callback before it answers, and nobody
 * says how long it waits there.
 */
const ANSWER_TIMEOUT = 45_000;

/** Changes Meta's books over a pool of connections. `root`: the path of the version, such as `/v25.0`. */
export function createGraphChanges(pool: Dispatcher, root: string): GraphChanges {
  async function tell(
    path: string,
    accessToken: string,
    body: JsonObject | null,
    method: 'POST' | 'DELETE' = 'POST',
  ): Promise<GraphChange> {
    const result = await exchange(
      pool,
      {
        method,
        path: `${root}/${path}`,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      },
      ANSWER_TIMEOUT,
    );
    if (result.got === 'nothing') return { outcome: 'unanswered', reason: result.reason };
    return readChange(result.status, result.body, [accessToken, ...tokensIn(body)]);
  }

  return {
    setAppCallback: ({ appId, appSecret, callback, fields }) =>
      tell(`${encodeURIComponent(appId)}/subscriptions`, `${appId}|${appSecret}`, {
        object: 'whatsapp_business_account',
        callback_url: callback.url,
        verify_token: callback.verifyToken,
        fields: fields.join(','),
        include_values: true,
      }),
    subscribeAccount: ({ wabaId, accessToken, override }) =>
      tell(
        `${encodeURIComponent(wabaId)}/subscribed_apps`,
        accessToken,
        override === null ? null : overrideBody(override),
      ),
    createTemplate: ({ wabaId, accessToken, template }) =>
      tell(`${encodeURIComponent(wabaId)}/message_templates`, accessToken, template),
    editTemplate: ({ templateId, accessToken, template }) =>
      tell(encodeURIComponent(templateId), accessToken, template),
    deleteTemplate: ({ wabaId, accessToken, name }) =>
      tell(
        `${encodeURIComponent(wabaId)}/message_templates?${new URLSearchParams({ name })}`,
        accessToken,
        null,
        'DELETE',
      ),
    overridePhone: ({ phoneNumberId, accessToken, override }) =>
      tell(encodeURIComponent(phoneNumberId), accessToken, {
        webhook_configuration: override === null ? { override_callback_uri: '' } : overrideBody(override),
      }),
  };
}

function overrideBody({ url, verifyToken }: Callback): JsonObject {
  return { override_callback_uri: url, verify_token: verifyToken };
}

/** `{"success":true}`, or the id of what was made, or Meta's error envelope. Meta's sentence may repeat what it was told: not the secrets. */
function readChange(status: number, text: string, secrets: readonly string[]): GraphChange {
  const body = objectIn(text);
  const error = body === null ? null : readGraphError(body);
  if (error !== null) {
    const message = secrets.reduce((sentence, secret) => sentence.replaceAll(secret, '…'), error.message);
    return { outcome: 'refused', error: { ...error, message } };
  }
  const done = readFlag(body?.success) === true || readText(body?.id) !== null;
  if (status >= 200 && status <= 299 && done) return { outcome: 'done' };
  return { outcome: 'unanswered', reason: `HTTP ${status} without Meta’s word on it` };
}

function tokensIn(body: JsonObject | null): string[] {
  const configuration = body?.webhook_configuration;
  return [body, isJsonObject(configuration) ? configuration : null].flatMap((part) =>
    typeof part?.verify_token === 'string' ? [part.verify_token] : [],
  );
}

function objectIn(text: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
