import type { Lane } from './lane.ts';
import type { HeldIdentifier } from './person.ts';

/** A person on WhatsApp as one business phone knows them. */
export type Contact = {
  /** `ct_` and sixteen characters; sorts by the time of the event that made the contact known. */
  id: string;
  lane: Lane;
  /** The profile name and the (time, key) it came with: of two, the later one stands. */
  name: string | null;
  nameAt: number;
  nameKey: string;
  identifiers: HeldIdentifier[];
  /** Effective time in milliseconds of the first event about this person. */
  firstSeenAt: number;
  /** True once this person wrote to us, or called: only then are they registered by their own act. */
  wroteIn: boolean;
  /** The contact that this one turned out to be, and under which it is shown; null while it stands for itself. */
  mergedInto: string | null;
};

/** A profile name with the time and event key that decide between two of them. */
export type NamedAt = { name: string; at: number; key: string };

/** The contact with the profile name, when that name is later than the one it has. Ties go to the larger key. */
export function withName(contact: Contact, named: NamedAt): Contact {
  const later = named.at > contact.nameAt || (named.at === contact.nameAt && named.key > contact.nameKey);
  if (contact.name !== null && !later) return contact;
  return { ...contact, name: named.name, nameAt: named.at, nameKey: named.key };
}

/** The contact with an identifier as it is held now, in the place of the one with the same name and end. */
export function withIdentifier(contact: Contact, held: HeldIdentifier): Contact {
  const others = contact.identifiers.filter(
    ({ kind, value, until }) => kind !== held.kind || value !== held.value || until !== held.until,
  );
  return { ...contact, identifiers: [...others, held] };
}
