/**
 * The ways in which WhatsApp names a person. `wa_id` is the WhatsApp ID (digits, usually the phone number),
 * `user_id` the business-scoped user id (BSUID) that exists since April 2026 and may be all there is,
 * `typed` a phone number as somebody typed it, in digits.
 */
export const identifierKinds = ['wa_id', 'user_id', 'parent_user_id', 'username', 'typed'] as const;

/** One of the ways in which WhatsApp names a person. */
export type IdentifierKind = (typeof identifierKinds)[number];

/** One name of a person; the same person may have many. */
export type Identifier = { kind: IdentifierKind; value: string };

/** An identifier of a contact, with when it was theirs. */
export type HeldIdentifier = Identifier & {
  /** When Meta last said that this is how to reach them, by effective time in milliseconds; null when never. */
  confirmedAt: number | null;
  /** When it was first seen together with their user id, by effective time in milliseconds; null when never. */
  pairedSince: number | null;
  /** When they last used it while Meta named their user id too, by effective time in milliseconds; null when never. */
  pairedAt: number | null;
  /** The last millisecond in which it was theirs; null while it is. Only a number passes on to somebody else. */
  until: number | null;
  /** True when it ended because somebody else was seen with it; false when it did not, or WhatsApp told that they left it. */
  passedOn: boolean;
};

/** What one element of a webhook says of the person it is about. Every part may be missing. */
export type Person = {
  identifiers: Identifier[];
  /** The profile name that belongs to this very person, never to another one in the same webhook. */
  name: string | null;
};

/** The value of a person's identifier of one kind, or null. */
export function identifierOf(identifiers: readonly Identifier[], kind: IdentifierKind): string | null {
  return identifiers.find((identifier) => identifier.kind === kind)?.value ?? null;
}

/** The value of the identifier of one kind that is theirs now; of several the one that was confirmed last. */
export function currentIdentifier(
  identifiers: readonly HeldIdentifier[],
  kind: IdentifierKind,
): string | null {
  const current = identifiers.filter((identifier) => identifier.kind === kind && identifier.until === null);
  const [latest] = current.sort(
    (one, other) => (other.confirmedAt ?? 0) - (one.confirmedAt ?? 0) || (one.value < other.value ? -1 : 1),
  );
  return latest?.value ?? null;
}

/** Whether names of a person show who is who: a number and a user id, or two of either. A username is no evidence. */
export function namesTwice(identifiers: readonly Identifier[]): boolean {
  return identifiers.filter(({ kind }) => kind !== 'username' && kind !== 'typed').length > 1;
}

/** When an identifier ends, in milliseconds; what is theirs still ends last. */
export function endOf({ until }: HeldIdentifier): number {
  return until ?? Number.MAX_SAFE_INTEGER;
}

/** The later of two times in milliseconds; null when there is neither. */
export function laterOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
