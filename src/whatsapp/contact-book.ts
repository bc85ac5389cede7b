import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { Identifier, IdentifierKind, Person } from '../domain/person.ts';
import { spellingsOfNumber } from '../domain/phone-number.ts';
import { readList, readNumber, readObject, readText } from './wire-values.ts';

/** How an element itself names a person; every part may be missing (meta-facts §9, BSUID). */
export type Naming = { number: string | null; userId: string | null; parentUserId: string | null };

/** The `contacts` of one change value, indexed once: who is meant by an element, with name and identifiers. */
export type ContactBook = {
  /**
   * The person whom an element names, with what the contact entry of this very person adds. An entry is theirs when
   * user id or number match, number by its spellings (meta-facts §4.4), and never for another reason: whoever else
   * stands in the same value must not matter. So the name is lost where `from` and `wa_id` are two numbers and no
   * user id joins them, as in one example of Meta's (meta-facts §4.1).
   */
  person(naming: Naming): Person;
  /** The contact entry of that person; null when there is none. */
  entry(naming: Naming): JsonObject | null;
  /** How the only entry names its person; null when there is none, or more than one. */
  sole: Naming | null;
};

/** How a message names its sender. */
export function senderOf(message: JsonObject): Naming {
  return {
    number: readNumber(message.from),
    userId: readText(message.from_user_id),
    parentUserId: readText(message.from_parent_user_id),
  };
}

/** True for a status that speaks of one member of a group. */
export function isOfGroup(status: JsonObject): boolean {
  return status.recipient_type === 'group' || groupMember(status) !== null;
}

/** How a status names the person it speaks of: the recipient, in a group one member (meta-facts §4.3). */
export function recipientOf(status: JsonObject): Naming {
  if (isOfGroup(status)) {
    return {
      number: readNumber(status.recipient_participant_id ?? status.participant_recipient_id),
      userId: readText(status.recipient_participant_user_id),
      parentUserId: readText(status.recipient_participant_parent_user_id),
    };
  }
  return {
    number: readNumber(status.recipient_id),
    userId: readText(status.recipient_user_id),
    parentUserId: readText(status.recipient_parent_user_id ?? status.parent_recipient_user_id),
  };
}

/** The group member's own id in a status, or null. */
export function groupMember(status: JsonObject): string | null {
  return (
    readText(status.recipient_participant_id) ??
    readText(status.participant_recipient_id) ??
    readText(status.recipient_participant_user_id)
  );
}

const emptyBook: ContactBook = {
  person: (naming) => personOf(naming, null),
  entry: () => null,
  sole: null,
};

/** The contact book of a change value; of `standby` with the contacts inside it too. */
export function createContactBook(value: JsonObject | null): ContactBook {
  if (value === null) return emptyBook;
  const holders = isJsonObject(value.standby) ? [value.standby, value] : [value];
  const entries: JsonObject[] = [];
  for (const holder of holders) {
    for (const contact of readList(holder.contacts)) if (isJsonObject(contact)) entries.push(contact);
  }
  const [first] = entries;
  if (first === undefined) return emptyBook;
  return entries.length === 1 ? bookOfOne(first) : bookOfMany(entries);
}

/** Nearly every value has one contact, and indexing it would take as long as all the rest of its facts. */
function bookOfOne(entry: JsonObject): ContactBook {
  const waId = readNumber(entry.wa_id);
  const isOf = (naming: Naming): boolean => {
    const byId = sameUserId(entry, naming);
    if (byId !== null || waId === null || naming.number === null) return byId === true;
    return spellingsOfNumber(naming.number).includes(waId);
  };
  return {
    person: (naming) => personOf(naming, isOf(naming) ? entry : null),
    entry: (naming) => (isOf(naming) ? entry : null),
    sole: { number: waId, userId: readText(entry.user_id), parentUserId: readText(entry.parent_user_id) },
  };
}

function bookOfMany(entries: readonly JsonObject[]): ContactBook {
  const byUserId = new Map<string, JsonObject>();
  const byNumber = new Map<string, JsonObject[]>();
  for (const entry of entries) {
    const userId = readText(entry.user_id);
    const waId = readNumber(entry.wa_id);
    if (userId !== null && !byUserId.has(userId)) byUserId.set(userId, entry);
    if (waId === null) continue;
    const others = byNumber.get(waId);
    if (others === undefined) byNumber.set(waId, [entry]);
    else others.push(entry);
  }

  function entryOf(naming: Naming): JsonObject | null {
    const byId = naming.userId === null ? undefined : byUserId.get(naming.userId);
    if (byId !== undefined || naming.number === null) return byId ?? null;
    for (const spelling of spellingsOfNumber(naming.number)) {
      const [first, ...rest] = (byNumber.get(spelling) ?? []).filter(
        (entry) => sameUserId(entry, naming) === null,
      );
      if (first === undefined) continue;
      // Two people with one number: nothing in the element says which of them it is.
      const userIds = new Set([first, ...rest].map((entry) => readText(entry.user_id)));
      userIds.delete(null);
      return userIds.size > 1 ? null : first;
    }
    return null;
  }

  return { person: (naming) => personOf(naming, entryOf(naming)), entry: entryOf, sole: null };
}

/** Whether an entry has the user id that an element names; null when one of them has none. */
function sameUserId(entry: JsonObject, { userId }: Naming): boolean | null {
  const entryUserId = readText(entry.user_id);
  return userId === null || entryUserId === null ? null : userId === entryUserId;
}

function personOf(naming: Naming, entry: JsonObject | null): Person {
  const identifiers: Identifier[] = [];
  const profile = readObject(entry?.profile);
  identify(identifiers, 'wa_id', naming.number);
  identify(identifiers, 'user_id', naming.userId ?? readText(entry?.user_id));
  identify(identifiers, 'parent_user_id', naming.parentUserId ?? readText(entry?.parent_user_id));
  identify(identifiers, 'username', readText(profile?.username));
  const waId = readNumber(entry?.wa_id);
  if (waId !== naming.number) identify(identifiers, 'wa_id', waId);
  return { identifiers, name: readText(profile?.name) };
}

function identify(identifiers: Identifier[], kind: IdentifierKind, value: string | null): void {
  if (value !== null) identifiers.push({ kind, value });
}
