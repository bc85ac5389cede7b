import type { NamedPerson } from './named-person.ts';

/** How a person is named from now on (meta-facts §3.1 `user_id_update`, §3 `consumer_profile`). */
export type IdentityContent =
  /** They have another business-scoped user id, as happens when they change their number. */
  | {
      form: 'user-id-changed';
      /** With the ids that hold from now on. */
      person: NamedPerson;
      name: string | null;
      username: string | null;
      formerUserId: string | null;
      formerParentUserId: string | null;
      /** Meta's sentence. */
      detail: string | null;
    }
  /** Their profile. */
  | { form: 'profile'; person: NamedPerson; name: string | null; username: string | null };
