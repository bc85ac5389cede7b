import type { EventKind } from '../domain/event.ts';
import type { EventFacts, MessageFacts, StatusFacts } from '../domain/event-facts.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Person } from '../domain/person.ts';
import { type MetaError, type StatusName, statusNames } from '../domain/status.ts';
import {
  type ContactBook,
  groupMember,
  isOfGroup,
  type Naming,
  recipientOf,
  senderOf,
} from './contact-book.ts';
import { ownMember, readList, readNumber, readObject, readText } from './wire-values.ts';

/** Types that are no act of the person who writes, or change an earlier one: they open no window (meta-facts §4.2). */
const openNoWindow: ReadonlySet<string> = new Set(['system', 'request_welcome', 'edit', 'revoke', 'errors']);

/** Whether an element of `messages` can be read as a message: it must say which it is, or who wrote it. */
export function isMessage(element: JsonObject): boolean {
  return (
    readText(element.id) !== null ||
    readText(element.from) !== null ||
    readText(element.from_user_id) !== null
  );
}

/** Whether an element of `statuses` can be read as a status: it must say of which message, and which one of ours. */
export function isStatus(element: JsonObject): boolean {
  return readText(element.id) !== null && statusNameOf(element) !== null;
}

/**
 * What an element says, in our words. Total and pure: an element that does not fit its kind says nothing.
 *
 * @param contacts the book of the change value around the element
 */
export function factsOf(kind: EventKind, element: Json | undefined, contacts: ContactBook): EventFacts {
  if (isJsonObject(element)) {
    if (kind === 'message') return messageFacts(element, contacts);
    const name = kind === 'status' ? statusNameOf(element) : null;
    const messageId = name === null ? null : readText(element.id);
    if (name !== null && messageId !== null) return statusFacts(element, messageId, name, contacts);
    return { fact: 'other', person: personOf(kind, element, contacts) };
  }
  return { fact: 'other', person: null };
}

function messageFacts(element: JsonObject, contacts: ContactBook): MessageFacts {
  const type = typeof element.type === 'string' && element.type !== '' ? element.type : null;
  const isMereError = type === null && readList(element.errors).length > 0;
  return {
    fact: 'message',
    messageId: readText(element.id),
    type: type ?? 'unknown',
    sender: contacts.person(senderOf(element), true),
    groupId: readText(element.group_id),
    text: wordsOf(element, type),
    opensWindow: !isMereError && (type === null || !openNoWindow.has(type)),
  };
}

function wordsOf(element: JsonObject, type: string | null): string | null {
  const body = readObject(element.text)?.body;
  if (typeof body === 'string') return body;
  const caption = type === null ? undefined : readObject(ownMember(element, type))?.caption;
  return typeof caption === 'string' ? caption : null;
}

function statusNameOf(element: JsonObject): StatusName | null {
  return statusNames.find((name) => name === element.status) ?? null;
}

function statusFacts(
  element: JsonObject,
  messageId: string,
  name: StatusName,
  contacts: ContactBook,
): StatusFacts {
  const callbackData = element.biz_opaque_callback_data;
  const ofGroup = isOfGroup(element);
  return {
    fact: 'status',
    messageId,
    name,
    participant: groupMember(element),
    recipient: contacts.person(recipientOf(element), !ofGroup),
    groupId: ofGroup ? readText(element.recipient_id) : null,
    errors: readMetaErrors(element.errors),
    callbackData: typeof callbackData === 'string' ? callbackData : null,
  };
}

/**
 * Meta's errors out of a list of them (meta-facts §4.3); what has no code is left out. Old bodies have the
 * details beside the code.
 */
export function readMetaErrors(list: Json | undefined): MetaError[] {
  return readList(list).flatMap((item) => {
    const error = readObject(item);
    const code = readCode(error?.code);
    if (error === null || code === null) return [];
    return [
      {
        code,
        title: readText(error.title) ?? readText(error.message),
        details: readText(readObject(error.error_data)?.details) ?? readText(error.details),
      },
    ];
  });
}

function readCode(value: Json | undefined): number | null {
  const text = readText(value);
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Whom an event of another kind is about; null when about nobody, or about many. */
function personOf(kind: EventKind, element: JsonObject, contacts: ContactBook): Person | null {
  const naming = namingOf(kind, element);
  if (naming === null) return null;
  const person = contacts.person(naming, false);
  const former = kind === 'identity' ? readText(readObject(element.user_id)?.previous) : null;
  if (former !== null) person.identifiers.push({ kind: 'user_id', value: former });
  return person.identifiers.length === 0 ? null : person;
}

/** How an element of a kind names the person it is about; null for the kinds that are about nobody, or many. */
export function namingOf(kind: EventKind, element: JsonObject): Naming | null {
  switch (kind) {
    case 'echo':
      return addresseeOf(element);
    case 'call':
      return element.direction === 'BUSINESS_INITIATED' ? addresseeOf(element) : senderOrRecipientOf(element);
    case 'standby':
      return element.to === undefined ? senderOrRecipientOf(element) : addresseeOf(element);
    case 'preference':
    case 'identity':
    case 'action':
      return subjectOf(element);
    case 'sync':
      return subjectOf(readObject(element.contact));
    case 'handover':
      return subjectOf(readObject(element.sender));
    default:
      return null;
  }
}

function addresseeOf(element: JsonObject): Naming {
  return {
    number: readNumber(element.to),
    userId: readText(element.to_user_id),
    parentUserId: readText(element.to_parent_user_id),
  };
}

function senderOrRecipientOf(element: JsonObject): Naming {
  const isStatusOfOurs = element.recipient_id !== undefined || element.recipient_user_id !== undefined;
  return isStatusOfOurs || groupMember(element) !== null ? recipientOf(element) : senderOf(element);
}

/** How an element names a person who neither sends nor gets it; of a change of ids the current ones. */
function subjectOf(element: JsonObject | null): Naming {
  return {
    number: readNumber(element?.wa_id ?? element?.phone_number),
    userId: currentOf(element?.user_id),
    parentUserId: currentOf(element?.parent_user_id),
  };
}

function currentOf(id: Json | undefined): string | null {
  return readText(id) ?? readText(readObject(id)?.current);
}
