import { type Contact, withName } from '../domain/contact.ts';
import type { IdentityChange } from '../domain/event-facts.ts';
import { idFromKey } from '../domain/id.ts';
import type { Lane } from '../domain/lane.ts';
import type { Evidence } from '../domain/merge.ts';
import { endOf, type Identifier, laterOf, type Person } from '../domain/person.ts';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import { type ContactGroups, contactGroups, type Sighting } from './contact-groups.ts';
import { type Holding, heldIdentifiers, isSame, numberKinds, wasLeft } from './held-identifiers.ts';
import type { LaneChanges, LaneState } from './lane-state.ts';

/** What is known of a sighting beside the names. */
type Circumstances = {
  /** Where it stands who is who: when the names belong to several contacts, it makes them one. */
  evidence: Evidence;
  /** True when the person wrote to us, or called. */
  wroteIn?: boolean;
  /** True when Meta says with it how to reach this person now. */
  confirms?: boolean;
  /** The contact that the person is known to be by other evidence. */
  knownAs?: string | null;
};

/** The people of a lane while a batch is worked through. */
export type LanePeople = Omit<ContactGroups, 'put' | 'join' | 'userIdsOf' | 'changes'> & {
  /** The contact that identifiers name at a time, in milliseconds. */
  contactNamed(identifiers: readonly Identifier[], at: number): Contact | null;
  /**
   * The same for a message that is to be sent: of several spellings the first that somebody has, and a number that
   * nobody has leads to who had it last.
   */
  recipientNamed(identifiers: readonly Identifier[]): Contact | null;
  /** The contact of a person, made known if nobody was; takes over new identifiers and a later name. */
  meet(person: Person, sighting: Sighting, circumstances: Circumstances): Contact | null;
  /** The contact whose number or user id changed. A number that it left is free from that moment on. */
  change(change: IdentityChange, sighting: Sighting, circumstances: Circumstances): Contact | null;
  changes(): Pick<LaneChanges, 'contacts' | 'endedIdentifiers' | 'identifiers' | 'merges'>;
};

/** A contact that was named, and whether by the very spelling. */
type Named = { contact: Contact; exactly: boolean };

const namingKinds = ['wa_id', 'user_id', 'parent_user_id', 'typed'] as const;

/**
 * Starts with the people that were loaded. A contact keeps its identifiers when it is made one with another, so
 * that the two can be told apart again. A user id says who somebody is: contacts with different ones are never made
 * one, unless WhatsApp told that the one became the other. A number has a holder at each time: whoever left it, or
 * had it before somebody with another user id, holds it until then, in all its spellings.
 */
export function lanePeople(lane: Lane, state: Pick<LaneState, 'contacts' | 'merges'>): LanePeople {
  const { put, join, userIdsOf, changes: groupChanges, ...groups } = contactGroups(lane, state);
  const held = heldIdentifiers(state, { ...groups, put, userIdsOf });

  function holdersOf(identifier: Identifier, at: number): readonly Holding[] {
    if (!numberKinds.includes(identifier.kind)) return held.of(identifier);
    const end = held.tenureEnd(identifier.value, at);
    return held.ofNumber(identifier.value).filter(({ until }) => until === end);
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
    const all = [...named.values()];
    return [...all.filter(({ exactly }) => exactly), ...all.filter(({ exactly }) => !exactly)];
  }

  /** Those of the named who may be one person with these user ids; nobody's user ids: with the first who has any. */
  function onePerson(named: readonly Named[], userIds: readonly string[]): Named[] {
    const who = new Set(userIds);
    return named.filter(({ contact }) => {
      const theirs = userIdsOf(contact.id);
      if (theirs.length > 0 && who.size > 0 && !theirs.some((userId) => who.has(userId))) return false;
      for (const userId of theirs) who.add(userId);
      return true;
    });
  }

  function contactNamed(identifiers: readonly Identifier[], at: number): Contact | null {
    return onePerson(namedBy(identifiers, at), userIdsIn(identifiers))[0]?.contact ?? null;
  }

  function recipientNamed(identifiers: readonly Identifier[]): Contact | null {
    const spellings = identifiers.flatMap(({ kind, value }): Identifier[] =>
      numberKinds.includes(kind)
        ? phoneNumberVariants(value).map((each) => ({ kind, value: each }))
        : [{ kind, value }],
    );
    const now = spellings.flatMap(held.of).find(({ until }) => until === null);
    if (now !== undefined) return groups.contact(now.contactId);
    const [former] = spellings
      .flatMap(held.of)
      .toSorted((one, other) => (other.until ?? 0) - (one.until ?? 0));
    return groups.contact(former?.contactId ?? '');
  }

  function meet(person: Person, sighting: Sighting, circumstances: Circumstances): Contact | null {
    if (person.identifiers.length === 0) return null;
    const told = userIdsIn(person.identifiers);
    const knownAs = groups.contact(circumstances.knownAs ?? '');
    const userIds = told.length > 0 || knownAs === null ? told : userIdsOf(knownAs.id);
    const asKnown = knownAs === null ? [] : [{ contact: knownAs, exactly: true }];
    const named = onePerson([...asKnown, ...namedBy(person.identifiers, sighting.at)], userIds);
    let contact = named.find(({ exactly }) => exactly)?.contact ?? newContact(lane, sighting);
    if (person.name !== null) contact = withName(contact, { name: person.name, ...sighting });
    if (sighting.at < contact.firstSeenAt) contact = { ...contact, firstSeenAt: sighting.at };
    if (circumstances.wroteIn === true && !contact.wroteIn) contact = { ...contact, wroteIn: true };
    put(contact);
    for (const { contact: other, exactly } of named) {
      const { evidence } = circumstances;
      join(contact.id, other.id, exactly ? evidence : { ...evidence, kind: 'spelling' }, sighting);
    }
    const confirms = circumstances.confirms === true;
    const isClaim = ({ kind }: Identifier): boolean => kind === 'wa_id' && userIds.length > 0;
    // Who they are comes before what is theirs.
    for (const identifier of person.identifiers.filter((each) => !isClaim(each))) {
      name(contact.id, identifier, sighting.at, confirms);
    }
    for (const identifier of person.identifiers.filter(isClaim)) {
      claim(contact.id, identifier, sighting.at, confirms);
    }
    return groups.contact(contact.id);
  }

  /** Gives a contact an identifier that nobody holds, or notes that it was confirmed. */
  function name(contactId: string, { kind, value }: Identifier, at: number, confirms: boolean): void {
    const isNumber = numberKinds.includes(kind);
    const until = isNumber ? held.tenureEnd(value, at) : null;
    const confirmedAt = confirms && kind !== 'typed' ? at : null;
    const holding = held.of({ kind, value }).find((candidate) => candidate.until === until);
    if (holding === undefined) {
      // What somebody else says of a number late does not give it back to who has left it.
      const hasLeft = isNumber && theirHoldings(contactId, value).some(({ until: end }) => end !== null);
      if (hasLeft && !confirms && until === null) return;
      const passedOn = isNumber && held.ofNumber(value).some((one) => one.until === until && one.passedOn);
      held.replace(null, { ...unpaired, kind, value, contactId, confirmedAt, until, passedOn });
    } else if (groups.idsOf(contactId).includes(holding.contactId)) {
      const now = { ...holding, confirmedAt: laterOf(holding.confirmedAt, confirmedAt) };
      if (!isSame(holding, now)) held.replace(holding, now);
    }
  }

  /** Notes that a number was seen together with the user id of a contact, or with what stands for it. */
  function claim(contactId: string, { kind, value }: Identifier, at: number, confirms: boolean): void {
    const theirs = theirHoldings(contactId, value);
    const left = theirs.findLast((holding) => wasLeft(holding) && endOf(holding) >= at);
    const until = left?.until ?? null;
    const holding = theirs
      .filter((one) => one.kind === kind && one.value === value)
      .find((one) => (left === undefined ? !wasLeft(one) : one.until === until));
    // What somebody else says of a number late does not give it back to who has left it.
    if (holding === undefined && left === undefined && !confirms && theirs.some(wasLeft)) return;
    const nothing = { ...unpaired, kind, value, contactId, confirmedAt: null, until, passedOn: false };
    const before = holding ?? nothing;
    const now: Holding = {
      ...before,
      confirmedAt: laterOf(before.confirmedAt, confirms ? at : null),
      pairedSince: Math.min(before.pairedSince ?? at, at),
      pairedAt: laterOf(before.pairedAt, confirms ? at : null),
    };
    if (holding === undefined || !isSame(holding, now)) held.claim(holding ?? null, now);
  }

  /** A number in any spelling, as the person who a contact is has it and had it; the latest first. */
  function theirHoldings(contactId: string, number: string): Holding[] {
    const ids = groups.idsOf(contactId);
    return held
      .ofNumber(number)
      .filter((holding) => ids.includes(holding.contactId))
      .toSorted((one, other) => endOf(other) - endOf(one));
  }

  function change(change: IdentityChange, sighting: Sighting, circumstances: Circumstances): Contact | null {
    const { leftNumber } = change;
    const identifiers = [...change.present, ...change.former];
    const leavers =
      leftNumber === null
        ? []
        : onePerson(
            // Who was first seen with it later has the number after the one who left it.
            namedBy([{ kind: 'wa_id', value: leftNumber }], sighting.at).filter(
              ({ contact: { firstSeenAt } }) => firstSeenAt <= sighting.at,
            ),
            userIdsIn(identifiers),
          );
    const contact = meet({ identifiers, name: null }, sighting, {
      ...circumstances,
      knownAs: leavers[0]?.contact.id ?? null,
    });
    if (contact === null) return null;
    // Meta's times are whole seconds: what is new now is newer than everything of this second.
    const confirm = userIdsOf(contact.id).length > 0 ? claim : name;
    for (const identifier of change.present) {
      (identifier.kind === 'wa_id' ? confirm : name)(contact.id, identifier, sighting.at + 1, true);
    }
    if (leftNumber === null) return groups.contact(contact.id);
    for (const { contact: leaver } of leavers) {
      join(contact.id, leaver.id, { ...circumstances.evidence, kind: 'spelling' }, sighting);
    }
    leave(contact.id, leftNumber, sighting.at);
    return groups.contact(contact.id);
  }

  function leave(contactId: string, number: string, at: number): void {
    const theirs = theirHoldings(contactId, number).filter((holding) => !wasLeft(holding));
    const last = [...Map.groupBy(theirs, ({ kind, value }) => `${kind}:${value}`).values()];
    for (const [holding] of last) {
      // Who wrote from it later has come back to it.
      if (holding === undefined || (holding.confirmedAt ?? 0) > at) continue;
      held.replace(holding, { ...holding, until: at, passedOn: false });
    }
    if (!held.ofNumber(number).some(({ until }) => until === at)) {
      const left = { kind: 'wa_id', value: number, contactId, confirmedAt: null, until: at } as const;
      held.replace(null, { ...unpaired, ...left, passedOn: false });
    }
    held.settle(number);
  }

  return {
    ...groups,
    contactNamed,
    recipientNamed,
    meet,
    change,
    changes: () => ({ ...groupChanges(), ...held.changes() }),
  };
}

const unpaired = { pairedSince: null, pairedAt: null };

function userIdsIn(identifiers: readonly Identifier[]): string[] {
  return identifiers.flatMap(({ kind, value }) => (kind === 'user_id' ? [value] : []));
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
