import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { phoneNumberVariants } from '../../domain/phone-number.ts';
import type { Recipient } from '../../domain/recipient.ts';

/** The form of a business-scoped user id: country, dot, up to 128 letters and digits (meta-facts §9). */
const userIdForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/**
 * Reads `to` as people write it: a phone number with its country code (with or without `+`, spaces,
 * hyphens, parentheses), a WhatsApp ID, a business-scoped user id, or a contact's id.
 *
 * @param country the country whose number it is when there is no plus sign (ISO 3166-1); null: it then begins
 *   with its country code all the same
 * @returns null when it is none of these
 */
export function readRecipient(to: string, country: string | null): Recipient | null {
  const text = to.trim();
  if (/^ct_[0-9a-z]{16}$/.test(text)) return { kind: 'contact', contactId: text };
  if (userIdForm.test(text)) return { kind: 'user_id', userId: text };
  if (!/^\+?[\d\s().-]{7,25}$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  const isInternational = text.startsWith('+') || country === null || !isSupportedCountry(country);
  // Possible, not valid: WhatsApp IDs such as Brazil's without the ninth digit are no valid mobile numbers, and
  // Mexico's with the 1 are none at all; so one spelling that is possible is enough.
  for (const spelling of phoneNumberVariants(digits)) {
    // With the country's code or without; what is too long for the country is nobody's number there.
    const number = isInternational
      ? parsePhoneNumberFromString(`+${spelling}`)
      : parsePhoneNumberFromString(spelling, country);
    if (number?.isPossible() !== true) continue;
    const asTyped = isInternational || spelling !== digits ? digits : number.number.replace(/\D/g, '');
    return { kind: 'number', digits: asTyped };
  }
  return null;
}
