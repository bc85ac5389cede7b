import type { Json, JsonObject } from '../../domain/json.ts';
import type { ReplyContent } from '../../domain/message-content/reply.ts';
import { isNestedTooDeep } from '../nesting.ts';
import { parseBody } from '../read-event.ts';
import { readMilliseconds, readObject, readText } from '../wire-values.ts';
import { typeOf } from './type-of.ts';

type ReadReply = (reply: JsonObject | null) => ReplyContent;

/** Meta's word for the kind of an interactive answer, and how to read what stands under the same word. */
const replies: ReadonlyMap<string, ReadReply> = new Map<string, ReadReply>([
  ['button_reply', readButtonReply],
  ['list_reply', readListReply],
  ['nfm_reply', readFormReply],
  ['call_permission_reply', readCallPermissionReply],
  ['payment_method', (details) => ({ type: 'payment-method', details })],
  ['payment_notification', (details) => ({ type: 'payment-notification', details })],
]);

/** A tap on a quick-reply button of a template (meta-facts §4.2, `button`). */
export function readButton(element: JsonObject): ReplyContent {
  const button = readObject(element.button);
  return { type: 'button', payload: readText(button?.payload), text: readText(button?.text) };
}

/** The answer to an interactive message (meta-facts §4.2, `interactive`); Meta sends some without the object. */
export function readInteractive(element: JsonObject): ReplyContent {
  const interactive = readObject(element.interactive);
  const metaType = interactive && typeOf(interactive, replies);
  const read = metaType === null ? undefined : replies.get(metaType);
  if (interactive === null || metaType === null || read === undefined) {
    return { type: 'other-reply', metaType };
  }
  return read(readObject(interactive[metaType]));
}

function readButtonReply(reply: JsonObject | null): ReplyContent {
  return { type: 'button-reply', id: readText(reply?.id), title: readText(reply?.title) };
}

function readListReply(reply: JsonObject | null): ReplyContent {
  return {
    type: 'list-reply',
    id: readText(reply?.id),
    title: readText(reply?.title),
    description: readText(reply?.description),
  };
}

/** Flows and forms for an address come alike (`nfm_reply`), apart from their name. */
function readFormReply(reply: JsonObject | null): ReplyContent {
  const name = readText(reply?.name);
  const form = { body: readText(reply?.body), ...readResponse(reply?.response_json) };
  return name === 'address_message'
    ? { type: 'address-reply', ...form }
    : { type: 'flow-reply', name, ...form };
}

/** Meta documents a string of JSON; it comes malformed, and need not be an object (meta-facts §4.2, notes). */
function readResponse(value: Json | undefined): { response: Json; responseText: string | null } {
  if (value === undefined || value === null || isNestedTooDeep(value)) {
    return { response: null, responseText: null };
  }
  const responseText = typeof value === 'string' ? value : JSON.stringify(value);
  const response = parseBody(Buffer.from(responseText)) ?? null;
  return { response: isNestedTooDeep(response) ? null : response, responseText };
}

function readCallPermissionReply(reply: JsonObject | null): ReplyContent {
  const response = readText(reply?.response);
  return {
    type: 'call-permission-reply',
    accepted: response === 'accept' ? true : response === 'reject' ? false : null,
    expiresAt: readMilliseconds(reply?.expiration_timestamp),
    source: readText(reply?.response_source),
  };
}
