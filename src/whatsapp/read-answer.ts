import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { AttemptOutcome } from '../domain/notification.ts';
import { failureOfMetaError } from './error-catalogue.ts';

/** The longest explanation of Meta's that is kept, in characters. */
const DETAILS_MAX_LENGTH = 1_000;

/**
 * What an HTTP answer of the send call means (meta-facts §5, §7.1).
 *
 * It is accepted only when a 2xx carries a message id, and refused only when Meta's own error envelope says
 * so, whatever the HTTP status. Everything else, such as a gateway's 502 or a page of a proxy, leaves open
 * whether Meta took the message.
 */
export function readAnswer(httpStatus: number, bodyText: string): AttemptOutcome {
  const body = parseJson(bodyText);
  if (isJsonObject(body)) {
    const outcome = readAcceptance(httpStatus, body) ?? readRefusal(httpStatus, body);
    if (outcome !== null) return outcome;
  }
  return { outcome: 'unknown', reason: `HTTP ${httpStatus} with ${kindOf(bodyText, body)}` };
}

function readAcceptance(httpStatus: number, body: JsonObject): AttemptOutcome | null {
  if (httpStatus < 200 || httpStatus > 299) return null;
  const message = firstOf(body.messages);
  const messageId = textOf(message?.id);
  if (messageId === null) return null;
  const contact = firstOf(body.contacts);
  return {
    outcome: 'accepted',
    messageId,
    metaHold: isHeld(textOf(message?.message_status)),
    waId: textOf(contact?.wa_id),
    userId: textOf(contact?.user_id),
    input: textOf(contact?.input),
  };
}

/**
 * Whether Meta took a message without sending it on: while it assesses the template's quality, or because the
 * template is paused (meta-facts §7.1). A word invented tomorrow is not plainly `accepted` either.
 */
function isHeld(messageStatus: string | null): boolean {
  return messageStatus !== null && messageStatus !== 'accepted';
}

function readRefusal(httpStatus: number, body: JsonObject): AttemptOutcome | null {
  const { error } = body;
  if (!isJsonObject(error)) return null;
  const code = integerOf(error.code);
  if (code === null) return null;
  const data = isJsonObject(error.error_data) ? error.error_data : {};
  const title = textOf(error.message);
  const details = textOf(data.details) ?? textOf(error.error_user_msg);
  return {
    outcome: 'refused',
    failure: failureOfMetaError({
      code,
      title: title === null ? null : withoutSecrets(title),
      details: details === null ? null : withoutSecrets(details),
      subcode: integerOf(error.error_subcode),
      transient: error.is_transient === true,
    }),
    httpStatus,
    traceId: textOf(error.fbtrace_id),
  };
}

/**
 * Meta's explanation without what it must not spread: Graph repeats a malformed access token word by word,
 * and a wamid holds the person's number. Both are far longer than any word of a sentence.
 */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/[A-Za-z0-9+/=|-]{40,}/g, '…')
    .slice(0, DETAILS_MAX_LENGTH)
    .toWellFormed();
}

function kindOf(bodyText: string, body: Json | undefined): string {
  if (body !== undefined) return 'JSON that holds neither a message id nor an error code';
  if (bodyText.trim() === '') return 'an empty body';
  return /^\s*</.test(bodyText) ? 'HTML' : 'a body that is not JSON';
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstOf(list: Json | undefined): JsonObject | null {
  const first = Array.isArray(list) ? list[0] : undefined;
  return isJsonObject(first) ? first : null;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Meta writes numbers now and then as strings (meta-facts §2.6). */
function integerOf(value: Json | undefined): number | null {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? Number(number) : null;
}
