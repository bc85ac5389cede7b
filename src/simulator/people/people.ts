import { createHash } from 'node:crypto';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { phoneNumberVariants } from '../../domain/phone-number.ts';
import { type Conversation, createConversation } from './conversation.ts';
import type { PhoneMessage } from './phone-message.ts';

/** An answer that a person gives by themselves. */
export type AutoReply = {
  /** What they write; null writes nothing. */
  words: (message: PhoneMessage) => string | null;
  /** Milliseconds of simulated time until they do. */
  after: number;
};

/** A person with a phone: everything that the simulator knows of them. */
export type PersonState = {
  /** Changes when they move to another number; `People` does it. */
  waId: string;
  /** The business-scoped user id (BSUID). Changes with the number (meta-facts §9). */
  userId: string;
  name: string;
  /** Without the `@`; null for somebody without one. */
  username: string | null;
  /** True when businesses are not shown the number, which takes a username (meta-facts §9). */
  numberHidden: boolean;
  online: boolean;
  /** The chat is open on the phone, so whatever arrives is read at once. */
  autoRead: boolean;
  /** False for somebody who has turned off that others see what they have read (meta-facts §4.3, `read`). */
  readReceipts: boolean;
  /** What they answer by themselves to whatever arrives; null for nothing. */
  autoReply: AutoReply | null;
  /** In the conversation with the first business phone. */
  lastWroteAt: number | null;
  /** With a business phone, by its id; with the first one when left out. */
  conversationWith(phoneNumberId?: string): Conversation;
  /** With everyone to whom they wrote, or who wrote to them, by the id of the business phone. */
  conversations: ReadonlyMap<string, Conversation>;
};

/** Everyone who is on the simulated WhatsApp. */
export type People = {
  /** The person with this number, made when there is none. Throws a TypeError for anything but 10–15 digits. */
  make(waId: string): { person: PersonState; made: boolean };
  /** The person whom these digits reach, in any of the number's spellings (meta-facts §4.4). */
  byNumber(digits: string): PersonState | null;
  byUserId(userId: string): PersonState | null;
  /**
   * Moves a person to another number, and with it to another user id. Nobody has the old ones then.
   *
   * @throws TypeError for a number that is none, RangeError for one that somebody has
   */
  move(person: PersonState, waId: string): void;
  /** Everyone, in the order in which they were made. */
  all(): PersonState[];
};

/**
 * An empty WhatsApp.
 *
 * @param portfolio the business to which user ids are scoped: the same person has the same id in every run
 * @param firstPhone the id of the business phone that is meant where none is named
 */
export function createPeople(portfolio: string, firstPhone = ''): People {
  const everyone: PersonState[] = [];
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
    const known = byNumber(asWaId(waId));
    if (known !== null) return { person: known, made: false };
    const person = createPerson(waId, userIdOf(portfolio, waId), firstPhone);
    everyone.push(person);
    enter(person);
    return { person, made: true };
  }

  function move(person: PersonState, waId: string): void {
    const owner = byNumber(asWaId(waId));
    if (owner !== null) {
      throw new RangeError(
        `The number that ${person.name} should move to is taken by ${owner.name}; choose one that nobody has.`,
      );
    }
    byWaId.delete(person.waId);
    byUserId.delete(person.userId);
    person.waId = waId;
    person.userId = userIdOf(portfolio, waId);
    enter(person);
  }

  function enter(person: PersonState): void {
    byWaId.set(person.waId, person);
    byUserId.set(person.userId, person);
  }

  return {
    make,
    byNumber,
    byUserId: (userId) => byUserId.get(userId) ?? null,
    move,
    all: () => [...everyone],
  };
}

function createPerson(waId: string, userId: string, firstPhone: string): PersonState {
  const conversations = new Map<string, Conversation>();

  function conversationWith(phoneNumberId: string = firstPhone): Conversation {
    const known = conversations.get(phoneNumberId);
    if (known !== undefined) return known;
    const conversation = createConversation();
    conversations.set(phoneNumberId, conversation);
    return conversation;
  }

  return {
    waId,
    userId,
    name: waId,
    username: null,
    numberHidden: false,
    online: true,
    autoRead: false,
    readReceipts: true,
    autoReply: null,
    get lastWroteAt() {
      return conversationWith().lastWroteAt;
    },
    set lastWroteAt(at) {
      conversationWith().lastWroteAt = at;
    },
    conversationWith,
    conversations,
  };
}

function asWaId(waId: string): string {
  if (/^\d{10,15}$/.test(waId)) return waId;
  throw new TypeError(
    `A simulated person needs a WhatsApp id of 10 to 15 digits with the country code, such as 558587654321; found ${waId.length} characters.`,
  );
}

/** A BSUID: the country, a dot, and what looks random (meta-facts §9, April 2026). */
function userIdOf(portfolio: string, waId: string): string {
  const country = parsePhoneNumberFromString(`+${waId}`)?.country ?? 'ZZ';
  const digest = createHash('sha256').update(`${portfolio}:${waId}`).digest();
  return `${country}.${digest.readBigUInt64BE(0)}${digest.readUInt8(8)}`;
}
