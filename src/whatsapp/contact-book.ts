import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import type { Identifier, IdentifierKind, Person } from '../domain/person.ts';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import { readList, readNumber, readObject, readText } from './wire-values.ts';

/** How an element itself names a person; every part may be missing (meta-facts §9, BSUID). */
export type Naming = { number: string | null; userId: string | null; parentUserId: string | null };

/** The `contacts` of one change value, indexed once: who is meant by an element, with name and identifiers. */
export type ContactBook = {
  /**
   * The person whom an element names, with what the contact entry of this very person adds. An entry is
   * theirs when user id or number match; number by its spellings (meta-facts §4.4).
   *
   * @param mayOwnSoleEntry whether the person of a value that is about one person only also owns its only
   *   entry without a match: Meta's own example has another `from` than `wa_id` (meta-facts §4.1)
   */
  person(naming: Naming, mayOwnSoleEntry: boolean): Person;
  /** The contact entry of that person; null when there is none. */
  entry(naming: Naming, mayOwnSoleEntry: boolean): JsonObject | null;
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
  return entries.length === 1 ? bookOfOne(first, holders) : bookOfMany(entries);
}

/** Nearly every value has one contact, and indexing it would take as long as all the rest of its facts. */
function bookOfOne(entry: JsonObject, holders: readonly JsonObject[]): ContactBook {
  const userId = readText(entry.user_id);
  const waId = readNumber(entry.wa_id);
  let aboutOne: boolean | undefined;

  function isOf(naming: Naming, mayOwnSoleEntry: boolean): boolean {
    const bothHaveUserIds = userId !== null && naming.userId !== null;
    if (bothHaveUserIds && userId === naming.userId) return true;
    if (waId !== null && naming.number !== null && isSpelling(naming.number, waId)) return true;
    if (!mayOwnSoleEntry || bothHaveUserIds) return false;
    aboutOne ??= isAboutOnePerson(holders);
    return aboutOne;
  }

  return {
    person: (naming, mayOwnSoleEntry) => personOf(naming, isOf(naming, mayOwnSoleEntry) ? entry : null),
    entry: (naming, mayOwnSoleEntry) => (isOf(naming, mayOwnSoleEntry) ? entry : null),
    sole: { number: waId, userId, parentUserId: readText(entry.parent_user_id) },
  };
}

function bookOfMany(entries: readonly JsonObject[]): ContactBook {
  const byUserId = new Map<string, JsonObject>();
  const byNumber = new Map<string, JsonObject>();
  for (const entry of entries.toReversed()) {
    const userId = readText(entry.user_id);
    const waId = readNumber(entry.wa_id);
    if (userId !== null) byUserId.set(userId, entry);
    if (waId !== null) byNumber.set(waId, entry);
  }

  function entryOf({ userId, number }: Naming): JsonObject | null {
    const byId = userId === null ? undefined : byUserId.get(userId);
    if (byId !== undefined || number === null) return byId ?? null;
    const exact = byNumber.get(number);
    if (exact !== undefined) return exact;
    return (
      phoneNumberVariants(number)
        .map((spelling) => byNumber.get(spelling))
        .find((entry) => entry !== undefined) ?? null
    );
  }

  return { person: (naming) => personOf(naming, entryOf(naming)), entry: entryOf, sole: null };
}

function isSpelling(number: string, waId: string): boolean {
  return number === waId || phoneNumberVariants(number).includes(waId);
}

function isAboutOnePerson(holders: readonly JsonObject[]): boolean {
  const namings = holders.flatMap((holder) => [
    ...namingsOf(holder.messages, senderOf),
    ...namingsOf(holder.statuses, recipientOf),
  ]);
  return namings.every(
    ({ number, userId }) => number === namings[0]?.number && userId === namings[0]?.userId,
  );
}

function namingsOf(list: Json | undefined, read: (element: JsonObject) => Naming): Naming[] {
  return readList(list).filter(isJsonObject).map(read);
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
