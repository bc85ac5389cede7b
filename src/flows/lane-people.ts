import { type Contact, withIdentifier, withName } from '../domain/contact.ts';
import type { IdentityChange } from '../domain/event-facts.ts';
import { idFromKey } from '../domain/id.ts';
import type { Lane } from '../domain/lane.ts';
import type { Evidence } from '../domain/merge.ts';
import type { HeldIdentifier, Identifier, IdentifierKind, Person } from '../domain/person.ts';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import { type ContactGroups, contactGroups, type Sighting } from './contact-groups.ts';
import type { KnownIdentifier, LaneChanges, LaneState } from './lane-state.ts';

/** What is known of a sighting beside the names. */
type Circumstances = {
  /** Where it stands who is who: when the names belong to several contacts, it makes them one. */
  evidence: Evidence;
  /** True when the person wrote to us. */
  wroteIn?: boolean;
  /** True when Meta says with it how to reach this person now. */
  confirms?: boolean;
  /** The contact that the person is known to be by other evidence. */
  knownAs?: string | null;
};

/** The people of a lane while a batch is worked through. */
export type LanePeople = Omit<ContactGroups, 'put' | 'join' | 'changes'> & {
  /** The contact that identifiers name at a time, in milliseconds. */
  contactNamed(identifiers: readonly Identifier[], at: number): Contact | null;
  /** The same for a message that is to be sent: a number that was left leads to who left it. */
  recipientNamed(identifiers: readonly Identifier[]): Contact | null;
  /** The contact of a person, made known if nobody was; takes over new identifiers and a later name. */
  meet(person: Person, sighting: Sighting, circumstances: Circumstances): Contact | null;
  /** The contact whose number or user id changed. A number that it left is free from that moment on. */
  change(change: IdentityChange, sighting: Sighting, circumstances: Circumstances): Contact | null;
  changes(): Pick<LaneChanges, 'contacts' | 'endedIdentifiers' | 'identifiers' | 'merges'>;
};

/** An identifier with the contact that holds it, or held it. */
type Holding = HeldIdentifier & { contactId: string };

/** A contact that was named, and whether by the very spelling. */
type Named = { contact: Contact; exactly: boolean };

const namingKinds = ['wa_id', 'user_id', 'parent_user_id', 'typed'] as const;
const numberKinds: readonly IdentifierKind[] = ['wa_id', 'typed'];

/**
 * Starts with the people that were loaded. A contact keeps its identifiers when it is made one with another, so
 * that the two can be told apart again. A number has a holder at each time: whoever left it holds it until then,
 * in all its spellings, and whoever is seen with it later is somebody else.
 */
export function lanePeople(lane: Lane, state: Pick<LaneState, 'contacts' | 'merges'>): LanePeople {
  const { put, join, changes: groupChanges, ...groups } = contactGroups(lane, state);
  /** By kind and value; more than one only of a number that was left. */
  const holdings = new Map<string, Holding[]>();
  const changedIdentifiers = new Map<string, { held: KnownIdentifier; ended: boolean }>();

  /** Asked several times for every event of a batch. */
  const variants = new Map<string, string[]>();
  function variantsOf(number: string): string[] {
    const known = variants.get(number) ?? phoneNumberVariants(number);
    variants.set(number, known);
    return known;
  }

  for (const contact of state.contacts) {
    for (const held of contact.identifiers) remember({ ...held, contactId: contact.id });
  }

  function remember(held: Holding): void {
    const key = `${held.kind}:${held.value}`;
    const others = (holdings.get(key) ?? []).filter(({ until }) => until !== held.until);
    holdings.set(key, [...others, held]);
  }

  /** Notes an identifier as a contact holds it now: the contact's own row says when it was confirmed. */
  function hold(contact: Contact, identifier: HeldIdentifier): void {
    const held = { ...identifier, contactId: contact.id };
    put(withIdentifier(contact, identifier));
    remember(held);
  }

  /** Gives a contact an identifier that it did not hold. */
  function give(contact: Contact, identifier: HeldIdentifier): void {
    hold(contact, identifier);
    const { kind, value, until } = identifier;
    changedIdentifiers.set(JSON.stringify([kind, value, until]), {
      held: { kind, value, until, contactId: contact.id },
      ended: false,
    });
  }

  /** Ends an identifier that was held until now. */
  function endAt({ contactId, ...identifier }: Holding, until: number): void {
    const contact = groups.contact(contactId);
    if (contact === null) return;
    const key = `${identifier.kind}:${identifier.value}`;
    const identifiers = contact.identifiers.filter(
      ({ kind, value, until: end }) => kind !== identifier.kind || value !== identifier.value || end !== null,
    );
    holdings.set(
      key,
      (holdings.get(key) ?? []).filter(({ until: end }) => end !== null),
    );
    changedIdentifiers.set(JSON.stringify([identifier.kind, identifier.value, null]), {
      held: { ...identifier, contactId },
      ended: true,
    });
    give({ ...contact, identifiers }, { ...identifier, until });
  }

  /** Who has, or had, a number in any of its spellings, the very spelling first. */
  function holdingsOf(number: string): Holding[] {
    const found: Holding[] = [];
    for (const value of variantsOf(number)) {
      for (const kind of numberKinds) {
        const held = holdings.get(`${kind}:${value}`);
        if (held !== undefined) found.push(...held);
      }
    }
    return found;
  }

  /** Until when whoever has a number at a time keeps it; null: until now. */
  function tenureEnd(number: string, at: number): number | null {
    let end: number | null = null;
    for (const { until } of holdingsOf(number)) {
      if (until !== null && until >= at && (end === null || until < end)) end = until;
    }
    return end;
  }

  function holdersOf({ kind, value }: Identifier, at: number): Holding[] {
    if (!numberKinds.includes(kind)) return holdings.get(`${kind}:${value}`) ?? [];
    const end = tenureEnd(value, at);
    return holdingsOf(value).filter(({ until }) => until === end);
  }

  /** Every contact that identifiers name at a time, the likeliest first: WhatsApp IDs before other names. */
  function namedBy(identifiers: readonly Identifier[], at: number): Named[] {
    const named = new Map<string, Named>();
    for (const kind of namingKinds) {
      for (const identifier of identifiers) {
        if (identifier.kind !== kind) continue;
        for (const { contactId, value } of holdersOf(identifier, at)) {
          const contact = groups.contact(contactId);
          if (contact === null) continue;
          const exactly = value === identifier.value || named.get(contactId)?.exactly === true;
          named.set(contactId, { contact, exactly });
        }
      }
    }
    return [...named.values()];
  }

  function likeliest(named: readonly Named[]): Contact | null {
    return (named.find(({ exactly }) => exactly) ?? named[0])?.contact ?? null;
  }

  function meet(person: Person, sighting: Sighting, circumstances: Circumstances): Contact | null {
    if (person.identifiers.length === 0) return null;
    const named = namedBy(person.identifiers, sighting.at);
    const known =
      groups.contact(circumstances.knownAs ?? '') ?? named.find(({ exactly }) => exactly)?.contact;
    let contact = known ?? newContact(lane, sighting);
    if (person.name !== null) contact = withName(contact, { name: person.name, ...sighting });
    if (sighting.at < contact.firstSeenAt) contact = { ...contact, firstSeenAt: sighting.at };
    if (circumstances.wroteIn === true && !contact.wroteIn) contact = { ...contact, wroteIn: true };
    put(contact);
    for (const { contact: other, exactly } of named) {
      const { evidence } = circumstances;
      join(contact.id, other.id, exactly ? evidence : { ...evidence, kind: 'spelling' }, sighting);
    }
    for (const identifier of person.identifiers) {
      name(contact.id, identifier, sighting.at, circumstances.confirms === true);
    }
    return groups.contact(contact.id);
  }

  /** Gives a contact an identifier that nobody holds, or notes that it was confirmed. */
  function name(contactId: string, { kind, value }: Identifier, at: number, confirms: boolean): void {
    const isNumber = numberKinds.includes(kind);
    const until = isNumber ? tenureEnd(value, at) : null;
    const confirmedAt = confirms && kind !== 'typed' ? at : null;
    const held = holdings.get(`${kind}:${value}`)?.find((candidate) => candidate.until === until);
    if (held === undefined) {
      // What somebody else says of a number late does not give it back to who has left it.
      if (isNumber && !confirms && until === null && hasLeft(contactId, value)) return;
      const contact = groups.contact(contactId);
      if (contact !== null) give(contact, { kind, value, confirmedAt, until });
      return;
    }
    const holder = groups.contact(held.contactId);
    if (holder === null || confirmedAt === null || confirmedAt <= (held.confirmedAt ?? 0)) return;
    if (groups.idsOf(contactId).includes(holder.id)) hold(holder, { kind, value, confirmedAt, until });
  }

  function hasLeft(contactId: string, number: string): boolean {
    const ids = groups.idsOf(contactId);
    return holdingsOf(number).some((held) => held.until !== null && ids.includes(held.contactId));
  }

  function change(change: IdentityChange, sighting: Sighting, circumstances: Circumstances): Contact | null {
    const { leftNumber } = change;
    const leavers =
      leftNumber === null
        ? []
        : namedBy([{ kind: 'wa_id', value: leftNumber }], sighting.at).filter(
            // Who was first seen later has the number after the one who left it.
            ({ contact }) => contact.firstSeenAt <= sighting.at,
          );
    const identifiers = [...change.present, ...change.former];
    const contact = meet({ identifiers, name: null }, sighting, {
      ...circumstances,
      knownAs: likeliest(leavers)?.id ?? null,
    });
    if (contact === null) return null;
    // Meta's times are whole seconds: what is new now is newer than everything of this second.
    for (const identifier of change.present) name(contact.id, identifier, sighting.at + 1, true);
    if (leftNumber === null) return groups.contact(contact.id);
    for (const { contact: leaver } of leavers) {
      join(contact.id, leaver.id, { ...circumstances.evidence, kind: 'spelling' }, sighting);
    }
    leave(contact.id, leftNumber, sighting.at);
    return groups.contact(contact.id);
  }

  function leave(contactId: string, number: string, at: number): void {
    const ids = groups.idsOf(contactId);
    for (const held of holdingsOf(number)) {
      const isTheirs = held.until === null && ids.includes(held.contactId);
      // Who wrote from it later has come back to it.
      if (isTheirs && (held.confirmedAt ?? 0) <= at) endAt(held, at);
    }
    if (holdingsOf(number).some(({ until }) => until === at)) return;
    const contact = groups.contact(contactId);
    if (contact !== null) give(contact, { kind: 'wa_id', value: number, confirmedAt: null, until: at });
  }

  return {
    ...groups,
    contactNamed: (identifiers, at) => likeliest(namedBy(identifiers, at)),
    recipientNamed(identifiers) {
      const now = likeliest(namedBy(identifiers, Number.POSITIVE_INFINITY));
      if (now !== null) return now;
      const former = identifiers
        .filter(({ kind }) => numberKinds.includes(kind))
        .flatMap(({ value }) => holdingsOf(value))
        .toSorted((one, other) => (other.until ?? 0) - (one.until ?? 0));
      return groups.contact(former[0]?.contactId ?? '');
    },
    meet,
    change,
    changes() {
      const identifiers = [...changedIdentifiers.values()];
      return {
        ...groupChanges(),
        endedIdentifiers: identifiers.flatMap(({ held, ended }) => (ended ? [held] : [])),
        identifiers: identifiers.flatMap(({ held, ended }) => (ended ? [] : [held])),
      };
    },
  };
}

function newContact(lane: Lane, sighting: Sighting): Contact {
  return {
    id: idFromKey('ct_', sighting.key),
    lane,
    name: null,
    nameAt: 0,
    nameKey: '',
    identifiers: [],
    firstSeenAt: sighting.at,
    wroteIn: false,
    mergedInto: null,
  };
}
