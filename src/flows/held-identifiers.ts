import { withIdentifier } from '../domain/contact.ts';
import type { HeldIdentifier, Identifier, IdentifierKind } from '../domain/person.ts';
import { spellingsOfNumber } from '../domain/phone-number.ts';
import { type Claim, endsOfTenures } from '../domain/tenure.ts';
import type { ContactGroups } from './contact-groups.ts';
import type { KnownIdentifier, LaneChanges, LaneState } from './lane-state.ts';

/** An identifier with the contact that holds it, or held it. */
export type Holding = HeldIdentifier & { contactId: string };

/** Who holds what in a lane, and held it, while a batch is worked through. */
export type HeldIdentifiers = {
  /** Who holds, or held, this very identifier. */
  of(identifier: Identifier): readonly Holding[];
  /** Who has, or had, a number in any of its spellings, the very spelling first. */
  ofNumber(number: string): Holding[];
  /** Until when whoever has a number at a time keeps it, in milliseconds; null: until now. */
  tenureEnd(number: string, at: number): number | null;
  /** Puts one holding in the place of another; `was` is null for a new one. */
  replace(was: Holding | null, now: Holding): void;
  /** The same for a claim on a number: everybody who was seen with it then has it for their own time. */
  claim(was: Holding | null, now: Holding): void;
  /** Tells anew who has a number, when one of the claims on it is gone. */
  settle(number: string): void;
  changes(): Pick<LaneChanges, 'endedIdentifiers' | 'identifiers'>;
};

/** The kinds that hold a phone number. */
export const numberKinds: readonly IdentifierKind[] = ['wa_id', 'typed'];

/** True when WhatsApp told that the person left this number. */
export function wasLeft({ until, passedOn }: HeldIdentifier): boolean {
  return until !== null && !passedOn;
}

/** Whether two states of one holding say the same. */
export function isSame(one: HeldIdentifier, other: HeldIdentifier): boolean {
  return (
    one.until === other.until &&
    one.passedOn === other.passedOn &&
    one.pairedSince === other.pairedSince &&
    one.pairedAt === other.pairedAt &&
    one.confirmedAt === other.confirmedAt
  );
}

type Replacement = { was: Holding | null; now: Holding };

/** Starts with what the loaded contacts hold. */
export function heldIdentifiers(
  state: Pick<LaneState, 'contacts'>,
  groups: Pick<ContactGroups, 'contact' | 'put' | 'idsOf' | 'userIdsOf'>,
): HeldIdentifiers {
  /** By kind and value; more than one only of a number that was left or passed on. */
  const holdings = new Map<string, Holding[]>();
  const changed = new Map<string, { held: KnownIdentifier; ended: boolean }>();

  /** Asked several times for every event of a batch. */
  const spellings = new Map<string, string[]>();
  function spellingsOf(number: string): string[] {
    const known = spellings.get(number) ?? spellingsOfNumber(number);
    spellings.set(number, known);
    return known;
  }

  for (const contact of state.contacts) {
    for (const held of contact.identifiers) remember({ ...held, contactId: contact.id });
  }

  function forget(held: Holding): void {
    const others = of(held).filter(({ until }) => until !== held.until);
    holdings.set(`${held.kind}:${held.value}`, others);
  }

  function remember(held: Holding): void {
    forget(held);
    holdings.set(`${held.kind}:${held.value}`, [...of(held), held]);
  }

  function of({ kind, value }: Identifier): readonly Holding[] {
    return holdings.get(`${kind}:${value}`) ?? [];
  }

  function ofNumber(number: string): Holding[] {
    return spellingsOf(number).flatMap((value) => numberKinds.flatMap((kind) => of({ kind, value })));
  }

  function note({ kind, value, until, contactId }: Holding, ended: boolean): void {
    const held: KnownIdentifier = { kind, value, until, contactId };
    changed.set(JSON.stringify([kind, value, until]), { held, ended });
  }

  /** Takes all away before it gives anything: one's end may be where another one's was. */
  function replaceAll(replacements: readonly Replacement[]): void {
    for (const { was, now } of replacements) {
      if (was === null || was.until === now.until) continue;
      const contact = groups.contact(was.contactId);
      if (contact === null) continue;
      const identifiers = contact.identifiers.filter(
        ({ kind, value, until }) => kind !== was.kind || value !== was.value || until !== was.until,
      );
      groups.put({ ...contact, identifiers });
      forget(was);
      note(was, true);
    }
    for (const { was, now } of replacements) {
      const contact = groups.contact(now.contactId);
      if (contact === null) continue;
      const { contactId: _, ...identifier } = now;
      groups.put(withIdentifier(contact, identifier));
      remember(now);
      if (was?.until !== now.until) note(now, false);
    }
  }

  function personOf({ contactId }: Holding): string {
    return groups.idsOf(contactId)[0] ?? contactId;
  }

  /** What was never seen with a user id counts from when the contact was first seen. */
  function sinceOf({ pairedSince, contactId }: Holding): number {
    return pairedSince ?? groups.contact(contactId)?.firstSeenAt ?? 0;
  }

  /** When a number is last known to have been theirs. */
  function latestOf(held: Holding): number {
    return Math.max(sinceOf(held), held.pairedAt ?? 0, wasLeft(held) ? (held.until ?? 0) : 0);
  }

  /** What a person's holdings of a number come to. What bore the number alone may have been anybody's. */
  function claimOf(side: readonly Replacement[]): Claim {
    const certain = side.filter(({ now }) => now.pairedSince !== null || wasLeft(now));
    const holdings = (certain.length > 0 ? certain : side).map(({ now }) => now);
    return {
      since: Math.min(...holdings.map(sinceOf)),
      latest: Math.max(...holdings.map(latestOf)),
      userId: holdings.flatMap(({ contactId }) => groups.userIdsOf(contactId)).toSorted()[0] ?? '',
    };
  }

  /** Every claim on a number with what it comes to beside the others. */
  function settled(number: string, claim: Replacement | null): Replacement[] {
    const claims: Replacement[] = ofNumber(number)
      // Without a user id nothing shows that the other spelling is of somebody else.
      .filter(({ value, contactId }) => value === number || groups.userIdsOf(contactId).length > 0)
      .filter((held) => held !== claim?.was)
      .map((held) => ({ was: held, now: held }));
    if (claim !== null) claims.push(claim);
    const sides = [...Map.groupBy(claims, ({ now }) => personOf(now)).values()];
    const ends = endsOfTenures(sides.map(claimOf));
    return sides.flatMap((side, index) => side.map((one) => endedAt(ends[index] ?? null, one, side)));
  }

  /** A person's last hold on each spelling ends with their tenure. WhatsApp's word that they left it stands. */
  function endedAt(until: number | null, one: Replacement, side: readonly Replacement[]): Replacement {
    const { was, now } = one;
    const isFormer = side.some(
      ({ now: other }) => other.kind === now.kind && other.value === now.value && isLater(other, now),
    );
    if (isFormer || wasLeft(now)) return one;
    return { was, now: { ...now, until, passedOn: until !== null } };
  }

  function isLater(one: Holding, other: Holding): boolean {
    const difference = latestOf(one) - latestOf(other);
    return difference > 0 || (difference === 0 && one.contactId > other.contactId);
  }

  function settle(number: string, claim: Replacement | null): void {
    replaceAll(settled(number, claim).filter(({ was, now }) => was === null || !isSame(was, now)));
  }

  return {
    of,
    ofNumber,
    tenureEnd(number, at) {
      let end: number | null = null;
      for (const { until } of ofNumber(number)) {
        if (until !== null && until >= at && (end === null || until < end)) end = until;
      }
      return end;
    },
    replace: (was, now) => replaceAll([{ was, now }]),
    claim(was, now) {
      const isTheirsAlone = ofNumber(now.value).every((held) => personOf(held) === personOf(now));
      if (isTheirsAlone && now.until === null) replaceAll([{ was, now }]);
      else settle(now.value, { was, now });
    },
    settle: (number) => settle(number, null),
    changes() {
      const all = [...changed.values()];
      return {
        endedIdentifiers: all.flatMap(({ held, ended }) => (ended ? [held] : [])),
        identifiers: all.flatMap(({ held, ended }) => (ended ? [] : [held])),
      };
    },
  };
}
