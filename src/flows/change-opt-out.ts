import type { Actor, AuditEntry } from '../domain/audit.ts';
import { type Lane, phoneLane } from '../domain/lane.ts';
import {
  type OptOut,
  type OptOutName,
  optOutNames,
  type Preference,
  type RefusablePurpose,
  standingOptOuts,
} from '../domain/opt-out.ts';
import type { Identifier } from '../domain/person.ts';
import { identifiersOf } from '../domain/recipient.ts';
import type { ContactView } from '../domain/views.ts';
import type { PreferenceStore } from './outbound/opt-out-of.ts';
import { readRecipient } from './outbound/read-recipient.ts';

/** A caller's word on what a person wants. */
type OptOutChange = {
  /** A contact's id, or a number as people type it. */
  who: string;
  /** For a person who is named by number; null for the default. */
  businessPhoneId: string | null;
  purpose: RefusablePurpose;
  optedOut: boolean;
  evidence: string;
  actor: Actor;
};

/** What changing opt-outs asks of the store. */
export type OptOutStore = PreferenceStore & {
  findContact(id: string): Promise<ContactView | null>;
  findRecipient(lane: Lane, contactId: string | null, identifiers: Identifier[]): Promise<ContactView | null>;
  /** Keeps a person's word under all these names with its entry in the audit log, all or nothing. */
  insertPreference(
    lane: Lane,
    names: readonly OptOutName[],
    preference: Preference,
    audit: AuditEntry,
  ): Promise<void>;
};

/** Keeps a caller's word on a person; answers with what stands then, or why there is no such person. */
export type ChangeOptOut = (
  change: OptOutChange,
) => Promise<{ optOuts: OptOut[] } | { refusal: 'contact-unknown' | 'business-phone-unknown' }>;

/**
 * Makes the step that opts people out and in, also those who never wrote. It adds a fact, as a webhook does: it
 * holds from the answer on, for what is taken and for what is about to be sent.
 */
export function createChangeOptOut(options: {
  store: OptOutStore;
  phones: { defaultId(): string | null; isOurs(businessPhoneId: string): boolean };
  country(): string | null;
  clock: { now(): number };
}): ChangeOptOut {
  const { store, phones, clock } = options;

  async function personOf({ who, businessPhoneId }: OptOutChange) {
    const recipient = readRecipient(who, options.country());
    // A group has no word of its own: each of its people has.
    if (typeof recipient === 'string' || recipient.kind === 'group') return null;
    if (recipient.kind === 'contact') {
      const contact = (await store.findContact(recipient.contactId))?.contact ?? null;
      return contact && { lane: contact.lane, identifiers: contact.identifiers, id: contact.id };
    }
    const phone = businessPhoneId ?? phones.defaultId();
    const lane: Lane = phone === null ? 'installation' : phoneLane(phone);
    const known = (await store.findRecipient(lane, null, identifiersOf(recipient)))?.contact ?? null;
    const named: Identifier =
      recipient.kind === 'number'
        ? { kind: 'typed', value: recipient.digits }
        : { kind: 'user_id', value: recipient.userId };
    return { lane, identifiers: [named, ...(known?.identifiers ?? [])], id: known?.id ?? null };
  }

  return async (change) => {
    const { businessPhoneId, purpose, optedOut, evidence, actor } = change;
    if (businessPhoneId !== null && !phones.isOurs(businessPhoneId)) {
      return { refusal: 'business-phone-unknown' };
    }
    const person = await personOf(change);
    if (person === null) return { refusal: 'contact-unknown' };
    const at = clock.now();
    await store.insertPreference(
      person.lane,
      optOutNames(person.identifiers),
      { purpose, optedOut, at, key: '', evidence },
      {
        at,
        actor,
        action: optedOut ? 'contact.opted-out' : 'contact.opted-in',
        // The audit log holds nothing about people: somebody who is no contact has no id to name.
        subject: person.id ?? 'no contact',
        detail: { purpose },
      },
    );
    return { optOuts: standingOptOuts(await store.readPreferences(person.lane, person.identifiers)) };
  };
}
