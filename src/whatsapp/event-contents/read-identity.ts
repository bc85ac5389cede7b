import type { IdentityContent } from '../../domain/event-content/identity.ts';
import type { JsonObject } from '../../domain/json.ts';
import { namingOf } from '../element-facts.ts';
import { readList, readObject, readText } from '../wire-values.ts';
import type { Around } from './around.ts';
import { namedPerson, readNamedPerson } from './read-named-person.ts';

/** An element of `user_id_update`, or the whole value of `consumer_profile` (meta-facts §3, §3.1). */
export function readIdentity(element: JsonObject, { list }: Around): IdentityContent {
  const userId = readObject(element.user_id);
  const parentUserId = readObject(element.parent_user_id);
  if (list === 'user_id_update' || userId !== null || parentUserId !== null) {
    return {
      form: 'user-id-changed',
      person: readNamedPerson('identity', element),
      formerUserId: readText(userId?.previous),
      formerParentUserId: readText(parentUserId?.previous),
      detail: readText(element.detail),
    };
  }
  // Meta documents the name of this field and not its value: it is read as everywhere people are described.
  const contact = readObject(readList(element.contacts)[0]) ?? element;
  const profile = readObject(contact.profile);
  return {
    form: 'profile',
    person: namedPerson(namingOf('identity', contact)),
    name: readText(profile?.name),
    username: readText(profile?.username),
  };
}
