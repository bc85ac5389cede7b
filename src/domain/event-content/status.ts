import type { CountedConversation, Pricing } from '../charge.ts';
import type { MetaError, StatusName } from '../status.ts';
import type { NamedPerson } from './named-person.ts';

/** What Meta says of a message that was sent (meta-facts §4.3). */
export type StatusContent = {
  /** Meta's wamid of the message. */
  messageId: string | null;
  /** `sent`, `delivered`, `read`, `played`, `failed` or `deleted`; null when it is none of them. */
  name: StatusName | null;
  /** Meta's own word. */
  event: string | null;
  /** Who got it, or did not; in a group the member that it speaks of. */
  recipient: NamedPerson;
  /** The group that it was sent to; null outside groups. */
  groupId: string | null;
  /** The group's member by the first id that Meta gives; null outside groups. */
  participant: string | null;
  /** Changes with the person's security code; old, and only when asked for. */
  identityKeyHash: string | null;
  /** Why it failed. */
  errors: MetaError[];
  /** What was sent along as `biz_opaque_callback_data`. */
  callbackData: string | null;
  conversation: CountedConversation | null;
  pricing: Pricing | null;
};
