import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { fitText } from './fit-text.ts';

/** As much of an event as commands show. */
export const eventSchema = z.looseObject({
  id: z.string(),
  key: z.string(),
  kind: z.string(),
  occurredAt: z.string().nullable(),
  receivedAt: z.string(),
  businessPhoneId: z.string().nullable(),
  contactId: z.string().nullable(),
  foreign: z.boolean(),
  revision: z.number(),
  // A gateway of an earlier version tells nothing of it.
  replayed: z.boolean().default(false),
  payload: z.custom<Json>((value) => value !== undefined),
});

/** An event as commands show it. */
export type ShownEvent = z.infer<typeof eventSchema>;

/** The longest stranger's text in a line. */
const LONGEST = 60;

/** What an event says, in one line. Strangers' texts in it are escaped and cut. */
export function describeEvent({ kind, payload }: Pick<ShownEvent, 'kind' | 'payload'>): string {
  if (!isJsonObject(payload)) return fitText(JSON.stringify(payload) ?? '', LONGEST);
  const describe = descriptions[kind] ?? describeOther;
  return describe(payload);
}

const descriptions: Readonly<Record<string, (payload: JsonObject) => string>> = {
  message: describeMessage,
  echo: describeMessage,
  status: describeStatus,
  notification: describeNotification,
};

function describeMessage(message: JsonObject): string {
  const from = text(message['from']) ?? text(message['from_user_id']) ?? 'somebody';
  const type = text(message['type']) ?? 'unknown';
  const body = textIn(message['text'], 'body') ?? textIn(message[type], 'caption');
  return words(`from ${from},`, body === null ? type : `${type}: ${quoted(body)}`);
}

function describeStatus(status: JsonObject): string {
  const to = text(status['recipient_id']) ?? text(status['recipient_user_id']);
  const [error] = Array.isArray(status['errors']) ? status['errors'] : [];
  const failure = isJsonObject(error) ? `#${text(error['code']) ?? '?'} ${text(error['title']) ?? ''}` : null;
  return words(text(status['status']) ?? 'unknown', to && `to ${to}`, failure && `(${failure.trim()})`);
}

function describeNotification(notification: JsonObject): string {
  const failure = textIn(notification['failure'], 'code');
  const id = text(notification['notificationId']);
  const to = text(notification['to']);
  return words(text(notification['state']) ?? 'unknown', to && `to ${to}`, failure && `(${failure})`, id);
}

/** Of everything else the members that usually say what happened. */
function describeOther(payload: JsonObject): string {
  const said = ['event', 'status', 'action', 'message_template_name', 'type', 'title']
    .flatMap((name) => text(payload[name]) ?? [])
    .join(' ');
  return words(said === '' ? Object.keys(payload).slice(0, 6).join(', ') : said);
}

function words(...parts: (string | null)[]): string {
  return parts.flatMap((part) => (part === null || part === '' ? [] : [fitText(part, LONGEST)])).join(' ');
}

function quoted(said: string): string {
  return `"${said}"`;
}

function text(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function textIn(value: Json | undefined, member: string): string | null {
  return isJsonObject(value) ? text(value[member]) : null;
}
