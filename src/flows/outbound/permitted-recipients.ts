import type { Contact } from '../../domain/contact.ts';
import { phoneNumberVariants } from '../../domain/phone-number.ts';
import type { Recipient } from '../../domain/recipient.ts';

/** Says whether a message may go to a recipient; the contact when they are known. */
export type PermittedRecipients = (recipient: Recipient, contact: Contact | null) => boolean;

/**
 * The staging guard (RECADO_ONLY_TO): whether a message may go to a recipient. A number is permitted in all
 * its spellings; a contact when one of its identifiers is.
 *
 * @param onlyTo phone numbers in digits, everything else as written; empty permits everybody
 */
export function createPermittedRecipients(onlyTo: readonly string[]): PermittedRecipients {
  if (onlyTo.length === 0) return () => true;
  const permitted = new Set(onlyTo.flatMap((entry) => [entry, ...phoneNumberVariants(entry)]));
  return (recipient, contact) => {
    return (
      permitted.has(nameOf(recipient)) ||
      (contact?.identifiers.some(({ value }) => permitted.has(value)) ?? false)
    );
  };
}

function nameOf(recipient: Recipient): string {
  switch (recipient.kind) {
    case 'number':
      return recipient.digits;
    case 'user_id':
      return recipient.userId;
    case 'contact':
      return recipient.contactId;
    case 'group':
      return `group:${recipient.groupId}`;
  }
}
