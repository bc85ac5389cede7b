import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PhoneMessage, SimulatedPerson, Simulator } from '../simulator/simulator.ts';

/** The part of the simulator that the page's phone needs. */
export type PretendPeople = Pick<Simulator, 'person' | 'people' | 'subscribe'>;

/** A pretend person as JSON for the page. */
export type PersonOnPage = {
  waId: string;
  /** The number as people write it, such as `+55 85 8765 4321`. */
  number: string;
  name: string;
  online: boolean;
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
    online: person.online,
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
