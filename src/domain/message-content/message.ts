import type { MetaError } from '../status.ts';
import type { MediaContent } from './media.ts';
import type { IdentityHint, MessageContext, Referral } from './message-context.ts';
import type { NoticeContent } from './notice.ts';
import type { OrderContent } from './order.ts';
import type { ReplyContent } from './reply.ts';
import type { ContactsContent } from './shared-contact.ts';

/** Plain words. */
type TextContent = { type: 'text'; body: string | null };

/** A place; without a name and an address when the person shared only where they are. */
type LocationContent = {
  type: 'location';
  /** Degrees north. */
  latitude: number | null;
  /** Degrees east. */
  longitude: number | null;
  name: string | null;
  address: string | null;
  url: string | null;
};

/** An emoji put to an earlier message, or taken away from it. */
type ReactionContent = {
  type: 'reaction';
  /** The message that it is put to. */
  messageId: string | null;
  /** Null when the reaction was taken away. */
  emoji: string | null;
};

/** An earlier message taken back. */
type RevokeContent = { type: 'revoke'; originalMessageId: string | null };

/** Everything that a message can hold at first. */
export type OriginalContent =
  | TextContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | ReplyContent
  | ReactionContent
  | OrderContent
  | RevokeContent
  | NoticeContent;

/** An earlier message changed. */
type EditContent = {
  type: 'edit';
  originalMessageId: string | null;
  /** What the message says from now on; null when Meta does not say. */
  edited: OriginalContent | null;
};

/**
 * What a message holds, told apart by `type` (meta-facts §4.2). A message whose parts are missing or malformed
 * stays of its type, with nulls.
 */
export type MessageContent = OriginalContent | EditContent;

/** Our word for a type of message. */
export type MessageType = MessageContent['type'];

/** One message, whoever wrote it. Who that is stands beside it, in the event. */
export type Message = {
  /** Meta's wamid; null in bodies that carry none. */
  messageId: string | null;
  /** The group that it was written in; null outside groups. */
  groupId: string | null;
  content: MessageContent;
  /** What it refers to; null when it refers to nothing. */
  context: MessageContext | null;
  /** The advertisement that led to it; null without one. */
  referral: Referral | null;
  /** Old bodies only; null otherwise. */
  identity: IdentityHint | null;
  /**
   * Stands with the sender and changes with their security code; null unless the business asked Meta for such
   * checks.
   */
  identityKeyHash: string | null;
  /** What Meta could not hand over, and why. */
  errors: MetaError[];
};
