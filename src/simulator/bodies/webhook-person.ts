import type { JsonObject } from '../../domain/json.ts';
import type { WebhookShape } from './webhook-shape.ts';

/** The person whom a body is about. */
export type WebhookPerson = {
  waId: string;
  /** The business-scoped user id (BSUID). */
  userId: string;
  name: string;
  /** Null, or left out, for somebody without one. */
  username?: string | null;
  /** True for somebody with a username whose number this business is not shown. */
  numberHidden?: boolean;
};

/** Names a member of an element by number and user id, as the shape has it: what is hidden is left out (meta-facts §9). */
export function named(
  person: { waId: string | null; userId: string | null; numberHidden?: boolean },
  names: { number: string; userId: string },
  shape: WebhookShape,
): JsonObject {
  const showsNumber = person.waId !== null && !isHidden(person, shape);
  return {
    ...(showsNumber && { [names.number]: person.waId }),
    ...(shape.userIds && person.userId !== null && { [names.userId]: person.userId }),
  };
}

/** The person's entry in `contacts` (meta-facts §4.1). */
export function contactOf(person: WebhookPerson, shape: WebhookShape): JsonObject {
  const username = shape.userIds ? (person.username ?? null) : null;
  return {
    profile: { name: person.name, ...(username !== null && { username }) },
    ...named(person, { number: 'wa_id', userId: 'user_id' }, shape),
  };
}

/** Whether the body must do without the number. */
function isHidden(person: { numberHidden?: boolean }, shape: WebhookShape): boolean {
  return person.numberHidden === true && shape.userIds;
}
