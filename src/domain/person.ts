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
  /** The last millisecond in which it was theirs; null while it is. Only a number passes on to somebody else. */
  until: number | null;
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
