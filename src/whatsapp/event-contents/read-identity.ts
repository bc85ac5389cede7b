import type { IdentityContent } from '../../domain/event-content/identity.ts';
import type { JsonObject } from '../../domain/json.ts';
import { namingOf } from '../element-facts.ts';
import { contactBookOf } from '../read-event.ts';
import { readList, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';
import { namedPerson } from './read-named-person.ts';

/** An element of `user_id_update`, or the whole value of `consumer_profile` (meta-facts §3, §3.1). */
export function readIdentity(element: JsonObject, { list, value }: Around): IdentityContent {
  const userId = readObject(element.user_id);
  const parentUserId = readObject(element.parent_user_id);
  if (list === 'user_id_update' || userId !== null || parentUserId !== null) {
    const naming = namingOf('identity', element);
    const entry = naming && contactBookOf(value).entry(naming);
    return {
      form: 'user-id-changed',
      person: namedPerson(naming),
      ...readProfile(entry),
      formerUserId: readText(userId?.previous),
      formerParentUserId: readText(parentUserId?.previous),
      detail: readText(element.detail),
    };
  }
  // Meta documents the name of this field and not its value: it is read as everywhere people are described.
  const contact = readObject(readList(element.contacts)[0]) ?? element;
  return { form: 'profile', person: namedPerson(namingOf('identity', contact)), ...readProfile(contact) };
}

function readProfile(contact: JsonObject | null): { name: string | null; username: string | null } {
  const profile = readObject(contact?.profile);
  return { name: readText(profile?.name), username: readText(profile?.username) };
}
