import type { Contact } from '../../domain/contact.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Purpose } from '../../domain/notification.ts';
import { type OptOut, type Preference, standingOptOuts } from '../../domain/opt-out.ts';
import type { Identifier } from '../../domain/person.ts';
import { identifiersOf, type Recipient } from '../../domain/recipient.ts';

/** What asking for opt-outs needs of the store. */
export type PreferenceStore = {
  /** Every word of the person that stands under one of these names, in any spelling. */
  readPreferences(lane: Lane, identifiers: readonly Identifier[]): Promise<Preference[]>;
};

/** The recipient's word against messages of a purpose, also of somebody who is no contact; null when there is none. */
export async function optOutOf(
  store: PreferenceStore,
  lane: Lane,
  purpose: Purpose,
  recipient: Recipient,
  contact: Contact | null,
): Promise<OptOut | null> {
  // Nobody can refuse the others, and most notifications are such: they need no look.
  if (purpose !== 'marketing') return null;
  const identifiers = [
    ...identifiersOf(recipient),
    ...(contact?.identifiers.filter(({ until }) => until === null) ?? []),
  ];
  const preferences = await store.readPreferences(lane, identifiers);
  return standingOptOuts(preferences).find((optOut) => optOut.purpose === purpose) ?? null;
}
