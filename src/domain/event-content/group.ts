import type { MetaError } from '../status.ts';
import type { NamedPerson } from './named-person.ts';

/** A member of a group. */
export type GroupMember = NamedPerson & {
  /** The number as it was given when the member was asked for. */
  input: string | null;
};

/** A change of a group (meta-facts §3.1, the four `group_*_update` fields). */
export type GroupContent = {
  /** The part of the group that changed. */
  form: 'lifecycle' | 'participants' | 'settings' | 'status' | 'other';
  /** Meta's own word, such as `group_create` or `group_suspend`. */
  event: string | null;
  groupId: string | null;
  /** The request of the business that this answers; null when nobody asked. */
  requestId: string | null;
  subject: string | null;
  description: string | null;
  added: GroupMember[];
  removed: GroupMember[];
  picture: { mimeType: string | null; sha256: string | null } | null;
  errors: MetaError[];
};
