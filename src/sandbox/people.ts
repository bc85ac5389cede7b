import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Window } from '../domain/conversation.ts';
import type { PhoneMessage, SimulatedPerson, Simulator } from '../simulator/simulator.ts';

/** The part of the simulator that the page's phone and clock need. */
export type PretendPeople = Pick<Simulator, 'person' | 'people' | 'subscribe' | 'time' | 'travel' | 'media'>;

/** A pretend person as JSON for the page. */
export type PersonOnPage = {
  waId: string;
  /** The number as people write it, such as `+55 85 8765 4321`. */
  number: string;
  name: string;
  /** Without the `@`; null for somebody without one. */
  username: string | null;
  online: boolean;
  /** They have blocked the business. */
  blocked: boolean;
  /** The business is typing. */
  typing: boolean;
  /** As Meta sees it; `closesAt` in milliseconds of simulated time, null when they never wrote. */
  window: Window;
  messages: PhoneMessage[];
};

/** The phone shows this many of the newest messages; a load test may make very many. */
const shownMessages = 200;

/** A person as the page shows them. */
export function personOnPage(person: SimulatedPerson): PersonOnPage {
  return {
    waId: person.waId,
    number: readableNumber(person.waId),
    name: person.name,
    username: person.username,
    online: person.online,
    blocked: person.blocked,
    typing: person.seesTyping(),
    window: person.window(),
    messages: person.messages().slice(-shownMessages),
  };
}

/** Digits with country code, grouped as people write them; with a plus sign alone when they fit no country. */
export function readableNumber(digits: string): string {
  // WhatsApp keeps old Brazilian mobiles without their ninth digit, which no numbering plan knows any more.
  const brazilian = /^55(\d{2})(\d{4})(\d{4})$/.exec(digits);
  if (brazilian) return `+55 ${brazilian[1]} ${brazilian[2]} ${brazilian[3]}`;
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}
