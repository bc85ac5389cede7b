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
