import { createHash } from 'node:crypto';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { phoneNumberVariants } from '../../domain/phone-number.ts';
import type { PhoneContent } from './phone-content.ts';
import type { PhoneMessage } from './phone-message.ts';

/** A message from the business on its way to a phone. */
export type Letter = {
  messageId: string;
  text: string;
  kind: 'text' | 'template';
  content: PhoneContent;
  /** `biz_opaque_callback_data`, echoed in every status. */
  callbackData: string | null;
};

/** A message that the phone shows and the person has not looked at. */
type UnreadMessage = { message: PhoneMessage; callbackData: string | null };

/** A person's phone: everything that the simulator knows of them. */
export type PersonState = {
  readonly waId: string;
  /** The business-scoped user id (BSUID). */
  readonly userId: string;
  name: string;
  online: boolean;
  /** The chat is open on the phone, so whatever arrives is read at once. */
  autoRead: boolean;
  /** When they last wrote, in milliseconds: the start of their window; null when they never did. */
  lastWroteAt: number | null;
  /** What the phone shows, oldest first. */
  messages: PhoneMessage[];
  /** What waits for the phone to come online, oldest first, by message id. */
  waiting: Map<string, Letter>;
  /** What arrived and was not read yet, oldest first. */
  unread: UnreadMessage[];
};

/** Everyone who is on the simulated WhatsApp. */
export type People = {
  /** The person with this number, made when there is none. Throws a TypeError for anything but 10–15 digits. */
  make(waId: string): { person: PersonState; made: boolean };
  /** The person whom these digits reach, in any of the number's spellings (meta-facts §4.4). */
  byNumber(digits: string): PersonState | null;
  byUserId(userId: string): PersonState | null;
  /** Everyone, in the order in which they were made. */
  all(): PersonState[];
};

/**
 * An empty WhatsApp.
 *
 * @param portfolio the business to which user ids are scoped: the same person has the same id in every run
 */
export function createPeople(portfolio: string): People {
  const byWaId = new Map<string, PersonState>();
  const byUserId = new Map<string, PersonState>();

  function byNumber(digits: string): PersonState | null {
    for (const spelling of phoneNumberVariants(digits)) {
      const person = byWaId.get(spelling);
      if (person !== undefined) return person;
    }
    return null;
  }

  function make(waId: string): { person: PersonState; made: boolean } {
    if (!/^\d{10,15}$/.test(waId)) {
      throw new TypeError(
        `A simulated person needs a WhatsApp id of 10 to 15 digits with the country code, such as 558587654321; found ${waId.length} characters.`,
      );
    }
    const known = byNumber(waId);
    if (known !== null) return { person: known, made: false };
    const person: PersonState = {
      waId,
      userId: userIdOf(portfolio, waId),
      name: waId,
      online: true,
      autoRead: false,
      lastWroteAt: null,
      messages: [],
      waiting: new Map(),
      unread: [],
    };
    byWaId.set(waId, person);
    byUserId.set(person.userId, person);
    return { person, made: true };
  }

  return {
    make,
    byNumber,
    byUserId: (userId) => byUserId.get(userId) ?? null,
    all: () => [...byWaId.values()],
  };
}

/** A BSUID: the country, a dot, and what looks random (meta-facts §9, April 2026). */
function userIdOf(portfolio: string, waId: string): string {
  const country = parsePhoneNumberFromString(`+${waId}`)?.country ?? 'ZZ';
  const digest = createHash('sha256').update(`${portfolio}:${waId}`).digest();
  return `${country}.${digest.readBigUInt64BE(0)}${digest.readUInt8(8)}`;
}
