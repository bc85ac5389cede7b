import type { Identifier } from './person.ts';
import { phoneNumberVariants } from './phone-number.ts';

/** Whom a notification is for, as far as its `to` says. */
export type Recipient =
  /** A phone number or WhatsApp ID, in digits with the country code. */
  | { kind: 'number'; digits: string }
  /** A business-scoped user id (BSUID). */
  | { kind: 'user_id'; userId: string }
  /** A contact's own id (`ct_…`). */
  | { kind: 'contact'; contactId: string }
  /** A group, by Meta's id. */
  | { kind: 'group'; groupId: string };

/** How a message is addressed on Meta's wire: `to` with a plus sign, `recipient` with a BSUID, or a group's id. */
export type Address = { to: string } | { recipient: string } | { group: string };

/** The identifiers by which a recipient may already be known, likeliest first. */
export function identifiersOf(recipient: Recipient): Identifier[] {
  if (recipient.kind === 'contact' || recipient.kind === 'group') return [];
  if (recipient.kind === 'user_id') {
    return [
      { kind: 'user_id', value: recipient.userId },
      { kind: 'parent_user_id', value: recipient.userId },
    ];
  }
  return phoneNumberVariants(recipient.digits).flatMap((value): Identifier[] => [
    { kind: 'wa_id', value },
    { kind: 'typed', value },
  ]);
}

/**
 * The name of whoever a message is for, as far as order goes: the contact, or else the recipient, in whichever
 * spelling of a number.
 */
export function partyOf(recipient: Recipient, contactId: string | null): string {
  if (contactId !== null) return contactId;
  switch (recipient.kind) {
    case 'contact':
      return recipient.contactId;
    case 'user_id':
      return `user_id:${recipient.userId}`;
    case 'group':
      return `group:${recipient.groupId}`;
    case 'number':
      return `number:${phoneNumberVariants(recipient.digits).sort()[0] ?? recipient.digits}`;
  }
}

/** The name under which messages to whoever has an identifier wait while nobody knows whose it is; null when none do. */
export function partyOfIdentifier({ kind, value }: Identifier): string | null {
  if (kind === 'username') return null;
  const isNumber = kind === 'wa_id' || kind === 'typed';
  return partyOf(isNumber ? { kind: 'number', digits: value } : { kind: 'user_id', userId: value }, null);
}

/** Meta's word on who the recipient of an accepted message is: what was typed, and what WhatsApp calls them. */
export function identifiersOfAnswer(answer: {
  waId: string | null;
  userId: string | null;
  input: string | null;
}): Identifier[] {
  // Meta repeats what it was given: a number, or a user id, which is nobody's number.
  const typed = /^\+?(\d+)$/.exec(answer.input ?? '')?.[1] ?? '';
  const identifiers: Identifier[] = [];
  if (answer.waId !== null) identifiers.push({ kind: 'wa_id', value: answer.waId });
  if (answer.userId !== null) identifiers.push({ kind: 'user_id', value: answer.userId });
  if (typed !== '' && typed !== answer.waId) identifiers.push({ kind: 'typed', value: typed });
  return identifiers;
}
