import type { MetaError, StatusName } from '../status.ts';
import type { NamedPerson } from './named-person.ts';

/** The conversation that Meta counts a message to; left out by Meta since Graph v24, except after an advertisement. */
type CountedConversation = {
  id: string | null;
  /** When it ends; Meta tells it with `sent` only. */
  expiresAt: number | null;
  /** Meta's word for what began it, such as `marketing`, `service` or `group_marketing`. */
  origin: string | null;
};

/** What Meta charges for a message; told once, with `sent` or with what follows it. */
type Pricing = {
  /** Whether it is charged; null when Meta does not say. */
  billable: boolean | null;
  /** `CBP`, by conversation, until July 2025; `PMP`, by message, since. */
  model: string | null;
  /** Such as `regular`, `free_customer_service` or `free_entry_point`; since July 2025. */
  type: string | null;
  /** Such as `utility`, `marketing` or `service`. */
  category: string | null;
};

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
