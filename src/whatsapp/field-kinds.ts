import type { EventKind } from '../domain/event.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { isAccountUpdate } from './event-contents/read-account-update.ts';
import { readList } from './wire-values.ts';

/**
 * The lists of a change value that hold events, and the kind of their elements (meta-facts §3.1, §4.1).
 * A new list of Meta's is added here.
 */
export const listKinds: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['messages', 'message'],
  ['statuses', 'status'],
  ['errors', 'error'],
  ['user_actions', 'action'],
  ['calls', 'call'],
  ['message_echoes', 'echo'],
  ['history', 'history'],
  ['state_sync', 'sync'],
  ['user_preferences', 'preference'],
  ['user_id_update', 'identity'],
  ['groups', 'group'],
  ['automatic_events', 'tracking'],
  ['tracking_events', 'tracking'],
]);

/** The members of a change value that are one event each, beside its lists (meta-facts §4.1). */
export const memberKinds: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['conversation_context', 'context'],
]);

/** The members of a change value that say whom and what its events are about, and are none themselves. */
export const framing: ReadonlySet<string> = new Set(['messaging_product', 'metadata', 'contacts']);

/** Whether a value has a list of events, whatever is in it. */
export function holdsLists(value: JsonObject): boolean {
  return Object.keys(value).some((name) => listKinds.has(name));
}

/** How the value of a change is read. */
export type FieldReading = {
  /** The kind of the value when it is one event; `unrecognised` for `messages`, which is never one itself. */
  kind: EventKind;
  /** Whether the events are the elements of its lists, or the value as a whole. */
  events: 'elements' | 'value';
};

const asMessages: FieldReading = { kind: 'unrecognised', events: 'elements' };
const elements = (kind: EventKind): FieldReading => ({ kind, events: 'elements' });
const value = (kind: EventKind): FieldReading => ({ kind, events: 'value' });

/** Every webhook field that is known by name (meta-facts §3). A new field of Meta's is added here. */
const fields: ReadonlyMap<string, FieldReading> = new Map([
  ['messages', asMessages],
  ['calls', elements('call')],
  ['message_echoes', elements('echo')],
  ['smb_message_echoes', elements('echo')],
  ['history', elements('history')],
  ['smb_app_state_sync', elements('sync')],
  ['user_preferences', elements('preference')],
  ['user_id_update', elements('identity')],
  ['standby', elements('standby')],
  ['automatic_events', elements('tracking')],
  ['tracking_events', elements('tracking')],
  ['consumer_profile', value('identity')],
  ['business_capability_update', value('account')],
  ['business_status_update', value('account')],
  ['business_username_updates', value('phone')],
  ['security', value('security')],
  ['flows', value('flow')],
  ['messaging_handovers', value('handover')],
  ['payment_configuration_update', value('payment')],
  ['partner_solutions', value('partner')],
]);

/** Families of fields that Meta keeps adding to, by how their names begin. */
const families: readonly [prefix: string, FieldReading][] = [
  ['group_', elements('group')],
  ['message_template_', value('template')],
  ['template_', value('template')],
  ['account_', value('account')],
  ['phone_number_', value('phone')],
];

/**
 * How to read a change: by its field, and by what its value holds when the field is missing (Meta's own
 * `account_update` examples, meta-facts §2.6) or unknown but carries messages or statuses.
 */
export function readingOf(field: string | null, content: JsonObject): FieldReading {
  const known = field === null ? undefined : (fields.get(field) ?? familyOf(field));
  if (known !== undefined) return known;
  if (isListed(content, 'messages') || isListed(content, 'statuses')) return asMessages;
  return field === null ? readingByContent(content) : value('unrecognised');
}

function familyOf(field: string): FieldReading | undefined {
  return families.find(([prefix]) => field.startsWith(prefix))?.[1];
}

function readingByContent(content: JsonObject): FieldReading {
  if (isJsonObject(content.standby)) return elements('standby');
  for (const list of listKinds.keys()) if (isListed(content, list)) return asMessages;
  if (content.message_template_id !== undefined) return value('template');
  return value(isAccountUpdate(content) ? 'account' : 'unrecognised');
}

/** Whether a member is a list, be it an empty one, or a lone element in its place. */
function isListed(content: JsonObject, name: string): boolean {
  return Array.isArray(content[name]) || readList(content[name]).length > 0;
}
