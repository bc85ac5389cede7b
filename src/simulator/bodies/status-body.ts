import type { JsonObject } from '../../domain/json.ts';
import { type GraphProblem, titleOf } from '../graph/graph-error.ts';
import type { PriceType } from '../send/price.ts';
import type { TemplateCategory } from '../templates/template.ts';
import { phoneBody, seconds, type WebhookSource } from './webhook-envelope.ts';
import { contactOf, named } from './webhook-person.ts';
import { namesConversations, presentShape, pricingModelAt, type WebhookShape } from './webhook-shape.ts';

/** Whom a status is about; what is not known is left out of the body, as Meta does. */
type StatusRecipient = {
  waId: string | null;
  userId: string | null;
  name: string | null;
  username?: string | null;
  numberHidden?: boolean;
};

/** What Meta charges a message as. After an advertisement a conversation is named in every version (meta-facts §4.3). */
export type Charge = { category: TemplateCategory | 'service'; price: PriceType };

/** The message that a status speaks of. Time in milliseconds. */
export type StatusSubject = {
  messageId: string;
  at: number;
  recipient: StatusRecipient;
  callbackData: string | null;
  /** The group that it was sent to; the recipient is then one of its members. */
  groupId?: string | null;
  /** The conversation that it is counted to, where the shape names one; made from the message when left out. */
  conversationId?: string;
};

/**
 * What happened to the message. `sent` always knows the price; what arrives is given it where the shape tells the
 * price there: `delivered`, or `read` where that alone is told.
 */
export type StatusNews =
  | ({ status: 'sent' } & Charge)
  | { status: 'delivered' | 'read'; charge?: Charge }
  | { status: 'played' | 'deleted' }
  | { status: 'failed'; failure: GraphProblem };

/** How long a conversation is counted as one, in milliseconds (meta-facts §4.3, `expiration_timestamp`). */
const CONVERSATION_LENGTH = 24 * 60 * 60 * 1000;

/**
 * A status in a shape (meta-facts §4.3): the conversation before v24 only, or after an advertisement; the price
 * once; `contacts` beside it since April 2026, except for `failed`.
 */
export function statusBody(
  source: WebhookSource,
  subject: StatusSubject,
  news: StatusNews,
  shape: WebhookShape = presentShape,
): JsonObject {
  const status: JsonObject = {
    id: subject.messageId,
    status: news.status,
    timestamp: seconds(subject.at),
    ...recipientParts(subject, shape),
    ...(subject.callbackData !== null && { biz_opaque_callback_data: subject.callbackData }),
    ...chargeParts(subject, news, shape),
    ...(news.status === 'failed' && { errors: [errorPart(news.failure)] }),
  };
  const contact = news.status === 'failed' ? null : contactPart(subject.recipient, shape);
  return phoneBody(source, 'messages', {
    ...(contact !== null && { contacts: [contact] }),
    statuses: [status],
  });
}

function recipientParts({ recipient, groupId }: StatusSubject, shape: WebhookShape): JsonObject {
  if (groupId === undefined || groupId === null) {
    return named(recipient, { number: 'recipient_id', userId: 'recipient_user_id' }, shape);
  }
  const names = { number: 'recipient_participant_id', userId: 'recipient_participant_user_id' };
  return { recipient_id: groupId, recipient_type: 'group', ...named(recipient, names, shape) };
}

function contactPart(recipient: StatusRecipient, shape: WebhookShape): JsonObject | null {
  const { waId, userId, name } = recipient;
  if (!shape.userIds || waId === null || userId === null || name === null) return null;
  return contactOf({ ...recipient, waId, userId, name }, shape);
}

/** The price, and before v24 the conversation: with `sent` both; on arrival the conversation again, without its end. */
function chargeParts(subject: StatusSubject, news: StatusNews, shape: WebhookShape): JsonObject {
  const charge = news.status === 'sent' ? news : 'charge' in news ? news.charge : undefined;
  if (charge === undefined) return {};
  const namesConversation = namesConversations(shape) || charge.price === 'free_entry_point';
  const priced = (shape.priceWith === 'sent') === (news.status === 'sent');
  return {
    ...(namesConversation && { conversation: conversationPart(subject, news.status, charge) }),
    ...(priced && { pricing: pricingPart(charge, pricingModelAt(subject.at, shape)) }),
  };
}

function conversationPart(subject: StatusSubject, status: string, charge: Charge): JsonObject {
  const type = charge.price === 'free_entry_point' ? 'referral_conversion' : charge.category;
  return {
    id: subject.conversationId ?? `conversation-${subject.messageId}`,
    ...(status === 'sent' && { expiration_timestamp: seconds(subject.at + CONVERSATION_LENGTH) }),
    origin: { type },
  };
}

function pricingPart({ category, price }: Charge, model: 'CBP' | 'PMP'): JsonObject {
  const billable = price === 'regular';
  return model === 'CBP'
    ? { billable, pricing_model: model, category }
    : { billable, pricing_model: model, type: price, category };
}

function errorPart(failure: GraphProblem): JsonObject {
  const title = titleOf(failure.code);
  return {
    code: failure.code,
    title,
    message: title,
    ...(failure.details !== null && { error_data: { details: failure.details } }),
    href: '/documentation/business-messaging/whatsapp/support/error-codes',
  };
}
