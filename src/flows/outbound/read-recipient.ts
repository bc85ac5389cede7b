import {
  isSupportedCountry,
  Metadata,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { phoneNumberVariants } from '../../domain/phone-number.ts';
import type { Recipient } from '../../domain/recipient.ts';

/** The form of a business-scoped user id: country, dot, up to 128 letters and digits (meta-facts §9). */
const userIdForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** A group, by the id that webhooks and the API show; Meta says nothing of its form. */
const groupForm = /^group:([\w.+/=@-]{1,256})$/;

/** Why nobody is meant by a `to`, as the failure table calls it. */
export type RecipientMistake = 'recipient-invalid' | 'area-code-missing';

/**
 * Reads `to` as people write it: a phone number with its country code (with or without `+`, spaces,
 * hyphens, parentheses), a WhatsApp ID, a business-scoped user id, a contact's id, or `group:` and a group's id.
 *
 * @param country the country whose number it is when there is no plus sign (ISO 3166-1); null: it then begins
 *   with its country code all the same
 * @returns a mistake when it is none of these, or a number that can only be dialled inside one town
 */
export function readRecipient(to: string, country: string | null): Recipient | RecipientMistake {
  const text = to.trim();
  if (/^ct_[0-9a-z]{16}$/.test(text)) return { kind: 'contact', contactId: text };
  const groupId = groupForm.exec(text)?.[1];
  if (groupId !== undefined) return { kind: 'group', groupId };
  if (userIdForm.test(text)) return { kind: 'user_id', userId: text };
  if (!/^\+?[\d\s().-]{7,25}$/.test(text)) return 'recipient-invalid';
  const digits = text.replace(/\D/g, '');
  const isInternational = text.startsWith('+') || country === null || !isSupportedCountry(country);
  let mistake: RecipientMistake = 'recipient-invalid';
  // Possible, not valid: WhatsApp IDs such as Brazil's without the ninth digit are no valid mobile numbers, and
  // Mexico's with the 1 are none at all; so one spelling that is possible is enough.
  for (const spelling of phoneNumberVariants(digits)) {
    // With the country's code or without; what is too long for the country is nobody's number there.
    const number = isInternational
      ? parsePhoneNumberFromString(`+${spelling}`)
      : parsePhoneNumberFromString(spelling, country);
    if (number === undefined) continue;
    const length = lengthOf(number);
    if (length === 'too-short') mistake = 'area-code-missing';
    if (length !== 'reachable') continue;
    const asTyped = isInternational || spelling !== digits ? digits : number.number.replace(/\D/g, '');
    return { kind: 'number', digits: asTyped };
  }
  return mistake;
}

/**
 * Whether a number has as many digits as one that WhatsApp can know, which is a mobile or a landline. A country's
 * service numbers may be shorter, such as Brazil's 4003-1234: their lengths are left out, or every number without
 * its area code would pass for one.
 */
function lengthOf(number: PhoneNumber): 'reachable' | 'too-short' | 'other' {
  const country = number.country ?? number.getPossibleCountries()[0];
  const lengths = country === undefined ? [] : personalLengths(country);
  // Of a calling code that is no country's nothing more is known.
  if (lengths.length === 0) return number.isPossible() ? 'reachable' : 'other';
  const { length } = number.nationalNumber;
  if (lengths.includes(length)) return 'reachable';
  return length < Math.min(...lengths) ? 'too-short' : 'other';
}

const metadata = new Metadata();

/** How many digits a country's mobiles and landlines have without the country code. */
function personalLengths(country: Parameters<Metadata['selectNumberingPlan']>[0]): number[] {
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  return plan === undefined
    ? []
    : ['MOBILE', 'FIXED_LINE', 'VOIP'].flatMap((type) => lengthsOfType(plan, type));
}

/** The package knows the lengths of each type of number; its declarations do not tell of it. */
function lengthsOfType(plan: object, type: string): number[] {
  const typed = callMethod(plan, 'type', type);
  const lengths = callMethod(typed, 'possibleLengths');
  return Array.isArray(lengths) ? lengths.filter((length) => typeof length === 'number') : [];
}

function callMethod(holder: unknown, name: string, ...given: unknown[]): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const method: unknown = Reflect.get(holder, name);
  return typeof method === 'function' ? Reflect.apply(method, holder, given) : undefined;
}
