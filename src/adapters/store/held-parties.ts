import type { Contact } from '../../domain/contact.ts';
import type { Identifier } from '../../domain/person.ts';
import { partyOfIdentifier } from '../../domain/recipient.ts';

/** The names under which messages to these people may be held: as contacts, or under a name that nobody had yet. */
export function heldParties(contacts: readonly Contact[], identifiers: readonly Identifier[]): string[] {
  const names = [...identifiers, ...contacts.flatMap((contact) => contact.identifiers)];
  return [
    ...new Set([...contacts.map(({ id }) => id), ...names.flatMap((name) => partyOfIdentifier(name) ?? [])]),
  ];
}
