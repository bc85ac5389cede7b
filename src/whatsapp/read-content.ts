import type { EventKind } from '../domain/event.ts';
import type { EventContents } from '../domain/event-content/event-content.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { type ElementPath, holderOf, type Located, locate } from './element-path.ts';
import { type Around, nothingAround } from './event-contents/around.ts';
import { readAccount } from './event-contents/read-account.ts';
import { readAction } from './event-contents/read-action.ts';
import {
  readHandover,
  readPartner,
  readPayment,
  readSecurity,
  readTracking,
} from './event-contents/read-business-change.ts';
import { readCall } from './event-contents/read-call.ts';
import { readContext } from './event-contents/read-context.ts';
import { readEcho } from './event-contents/read-echo.ts';
import { readError } from './event-contents/read-error.ts';
import { readFlow } from './event-contents/read-flow.ts';
import { readGroup } from './event-contents/read-group.ts';
import { readHistory } from './event-contents/read-history.ts';
import { readIdentity } from './event-contents/read-identity.ts';
import { readPhone } from './event-contents/read-phone.ts';
import { readPreference } from './event-contents/read-preference.ts';
import { readStandby } from './event-contents/read-standby.ts';
import { readStatus } from './event-contents/read-status.ts';
import { readSync } from './event-contents/read-sync.ts';
import { readTemplateChange } from './event-contents/read-template-change.ts';
import { readUnrecognised } from './event-contents/read-unrecognised.ts';
import { readMessage } from './message-content/read-message.ts';
import { isNestedTooDeep } from './nesting.ts';
import { readObject, readText } from './wire-values.ts';

const readers: { [Kind in EventKind]: (element: JsonObject, around: Around) => EventContents[Kind] } = {
  message: readMessage,
  status: readStatus,
  notification: () => null,
  alarm: () => null,
  error: readError,
  action: readAction,
  context: readContext,
  call: readCall,
  echo: readEcho,
  history: readHistory,
  sync: readSync,
  preference: readPreference,
  identity: readIdentity,
  group: readGroup,
  template: readTemplateChange,
  account: readAccount,
  phone: readPhone,
  security: readSecurity,
  flow: readFlow,
  handover: readHandover,
  standby: readStandby,
  payment: readPayment,
  partner: readPartner,
  tracking: readTracking,
  unrecognised: readUnrecognised,
};

/**
 * What an element says to the outside, in our words. Total and pure: whatever is missing or malformed is null,
 * or an empty list, and a number for a text, or the other way round, is the same.
 *
 * @param around what stands around it: some families share a kind, and the field tells them apart
 */
export function readContent<Kind extends EventKind>(
  kind: Kind,
  element: Json | undefined,
  around: Around = nothingAround,
): EventContents[Kind] {
  return readers[kind](isJsonObject(element) ? element : {}, around);
}

/**
 * The same for the element at a path of a stored body.
 *
 * @param body what `parseBody` gave
 */
export function readContentAt<Kind extends EventKind>(
  kind: Kind,
  body: Json | undefined,
  path: ElementPath,
): EventContents[Kind] {
  return readLocatedContent(kind, body, path, locate(body, path));
}

/** The same for what is located already at this path. */
export function readLocatedContent<Kind extends EventKind>(
  kind: Kind,
  body: Json | undefined,
  path: ElementPath,
  { element, change, value }: Located,
): EventContents[Kind] {
  const around = aroundOf(path, change, value);
  if (body === undefined) return readContent(kind, undefined, { ...around, unreadable: 'not-json' });
  if (isNestedTooDeep(element ?? null)) {
    return readContent(kind, undefined, { ...around, unreadable: 'nested-too-deep' });
  }
  return readContent(kind, element, around);
}

function aroundOf(path: ElementPath, change: Json | undefined, value: JsonObject | null): Around {
  if (!path.includes('.')) return nothingAround;
  return { field: readText(readObject(change)?.field), list: holderOf(path), value, unreadable: null };
}
