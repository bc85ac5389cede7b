import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Recipient } from '../../domain/recipient.ts';

/** The form of a business-scoped user id: country, dot, up to 128 letters and digits (meta-facts §9). */
const userIdForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/**
 * Reads `to` as people write it: a phone number with its country code (with or without `+`, spaces,
 * hyphens, parentheses), a WhatsApp ID, a business-scoped user id, or a contact's id.
 *
 * @returns null when it is none of these
 */
export function readRecipient(to: string): Recipient | null {
  const text = to.trim();
  if (/^ct_[0-9a-z]{16}$/.test(text)) return { kind: 'contact', contactId: text };
  if (userIdForm.test(text)) return { kind: 'user_id', userId: text };
  if (!/^\+?[\d\s().-]{7,25}$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  // Possible, not valid: WhatsApp IDs such as Brazil's without the ninth digit are no valid mobile numbers.
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number?.isPossible() === true ? { kind: 'number', digits } : null;
}
