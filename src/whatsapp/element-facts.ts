import type { EventKind } from '../domain/event.ts';
import type { EventFacts, IdentityChange, MessageFacts, StatusFacts } from '../domain/event-facts.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Identifier, IdentifierKind, Person } from '../domain/person.ts';
import { spellingsOfNumber } from '../domain/phone-number.ts';
import { type MetaError, type StatusName, statusNames } from '../domain/status.ts';
import {
  type ContactBook,
  groupMember,
  isOfGroup,
  type Naming,
  recipientOf,
  senderOf,
} from './contact-book.ts';
import { readConversation, readPricing } from './event-contents/read-charge.ts';
import {
  ownMember,
  readList,
  readMetaCode,
  readMilliseconds,
  readNumber,
  readObject,
  readText,
} from './wire-values.ts';

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
    const change = kind === 'identity' ? userIdUpdate(element) : null;
    if (change !== null) return { fact: 'identity', change };
    const person = personOf(kind, element, contacts);
    if (kind === 'call' && element.direction === 'USER_INITIATED' && person !== null) {
      return { fact: 'call', person, beganAt: readMilliseconds(element.start_time) };
    }
    return { fact: 'other', person };
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
    sender: contacts.person(senderOf(element)),
    groupId: readText(element.group_id),
    text: wordsOf(element, type),
    quickReply: type === 'button' ? readText(readObject(element.button)?.text) : null,
    opensWindow: !isMereError && (type === null || !openNoWindow.has(type)),
    change: type === 'system' ? systemChange(element) : null,
  };
}

/**
 * What a system notice says of its sender: `from` and `from_user_id` are the former names, those inside `system`
 * the new ones (meta-facts §4.2). Another spelling of the same number is no other number.
 */
function systemChange(element: JsonObject): IdentityChange | null {
  const system = readObject(element.system);
  const number = readNumber(element.from);
  const newNumber = readNumber(system?.wa_id);
  const present = [
    ...namesOf('wa_id', [newNumber]),
    ...namesOf('user_id', [system?.user_id]),
    ...namesOf('parent_user_id', [system?.parent_user_id]),
  ];
  if (present.length === 0) return null;
  const hasLeft = number !== null && newNumber !== null && !spellingsOfNumber(number).includes(newNumber);
  const former = [
    ...namesOf('wa_id', [hasLeft ? null : number]),
    ...namesOf('user_id', [element.from_user_id, system?.previous_user_id]),
    ...namesOf('parent_user_id', [element.from_parent_user_id]),
  ];
  return {
    kind: newNumber === null ? 'user-id-change' : 'number-change',
    present,
    former: without(former, present),
    leftNumber: hasLeft ? number : null,
  };
}

/** The former and the present ids of the field `user_id_update` (meta-facts §3.1); null when it names one only. */
function userIdUpdate(element: JsonObject): IdentityChange | null {
  const { number, userId, parentUserId } = nowNamed(element);
  const present = [
    ...namesOf('wa_id', [number]),
    ...namesOf('user_id', [userId]),
    ...namesOf('parent_user_id', [parentUserId]),
  ];
  const former = [
    ...namesOf('user_id', [readObject(element.user_id)?.previous]),
    ...namesOf('parent_user_id', [readObject(element.parent_user_id)?.previous]),
  ];
  if (present.length + former.length < 2) return null;
  return { kind: 'user-id-change', present, former: without(former, present), leftNumber: null };
}

function without(identifiers: Identifier[], others: readonly Identifier[]): Identifier[] {
  return identifiers.filter(
    ({ kind, value }) => !others.some((other) => other.kind === kind && other.value === value),
  );
}

function namesOf(kind: IdentifierKind, values: readonly (Json | undefined)[]): Identifier[] {
  const texts = values.map(readText).filter((text) => text !== null);
  return [...new Set(texts)].map((value) => ({ kind, value }));
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
    recipient: contacts.person(recipientOf(element)),
    groupId: ofGroup ? readText(element.recipient_id) : null,
    errors: readMetaErrors(element.errors),
    callbackData: typeof callbackData === 'string' ? callbackData : null,
    pricing: readPricing(element.pricing),
    conversation: readConversation(element.conversation),
  };
}

/**
 * Meta's errors out of a list of them, or of one alone (meta-facts §4.3). One without a code is one as well: its
 * words may be all that is told of the reason.
 */
export function readMetaErrors(errors: Json | undefined): MetaError[] {
  return readList(errors).filter(isJsonObject).map(readMetaError);
}

/** One error of Meta's. Old bodies have the details beside the code. */
export function readMetaError(error: JsonObject): MetaError {
  return {
    code: readMetaCode(error.code),
    title: readText(error.title) ?? readText(error.message),
    details: readText(readObject(error.error_data)?.details) ?? readText(error.details),
  };
}

/** Whom an event of another kind is about; null when about nobody, or about many. */
function personOf(kind: EventKind, element: JsonObject, contacts: ContactBook): Person | null {
  // A context names nobody itself.
  const naming = kind === 'context' ? contacts.sole : namingOf(kind, element);
  if (naming === null) return null;
  const person = contacts.person(naming);
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
    case 'action':
      return subjectOf(element);
    case 'identity':
      return nowNamed(element);
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

/** How a person is named from now on: a notice of a change has the former id beside the current one. */
function nowNamed(element: JsonObject): Naming {
  return {
    number: readNumber(element.wa_id),
    userId: readText(readObject(element.user_id)?.current ?? element.user_id),
    parentUserId: readText(readObject(element.parent_user_id)?.current ?? element.parent_user_id),
  };
}

/** How an element names a person who neither sends nor gets it. */
function subjectOf(element: JsonObject | null): Naming {
  return {
    number: readNumber(element?.wa_id ?? element?.phone_number),
    userId: readText(element?.user_id),
    parentUserId: readText(element?.parent_user_id),
  };
}
