import type { JsonObject } from '../../domain/json.ts';
import { type GraphProblem, titleOf } from '../graph/graph-error.ts';
import type { TemplateCategory } from '../templates/template.ts';

/** The business phone as every body names it. */
export type WebhookSource = { wabaId: string; phoneNumberId: string; displayPhoneNumber: string };

/** The person whom a body is about. */
export type WebhookPerson = { waId: string; userId: string; name: string };

/** Whom a status is about; what is not known is left out of the body, as Meta does. */
type StatusRecipient = { waId: string | null; userId: string | null; name: string | null };

/** The message that a status speaks of. Time in milliseconds. */
export type StatusSubject = {
  messageId: string;
  at: number;
  recipient: StatusRecipient;
  callbackData: string | null;
};

/** What happened to the message. `sent` carries the price, so it needs the category. */
export type StatusNews =
  | { status: 'sent'; category: TemplateCategory | 'service' }
  | { status: 'delivered' | 'read' }
  | { status: 'failed'; failure: GraphProblem };

/** A text that a person wrote, as in v25 (meta-facts §2.6, §4.1, §4.2). Time in milliseconds. */
export function textMessageBody(
  source: WebhookSource,
  person: WebhookPerson,
  message: { id: string; at: number; text: string },
): JsonObject {
  return messagesBody(source, {
    contacts: [contactOf(person)],
    messages: [
      {
        from: person.waId,
        from_user_id: person.userId,
        id: message.id,
        timestamp: seconds(message.at),
        type: 'text',
        text: { body: message.text },
      },
    ],
  });
}

/**
 * A status, as in v25 (meta-facts §4.3): no `conversation`; the price per message, once, with `sent`;
 * `contacts` beside it, except for `failed`.
 */
export function statusBody(source: WebhookSource, subject: StatusSubject, news: StatusNews): JsonObject {
  const { waId, userId, name } = subject.recipient;
  const status: JsonObject = {
    id: subject.messageId,
    status: news.status,
    timestamp: seconds(subject.at),
    ...(waId !== null && { recipient_id: waId }),
    ...(userId !== null && { recipient_user_id: userId }),
    ...(subject.callbackData !== null && { biz_opaque_callback_data: subject.callbackData }),
    ...(news.status === 'sent' && { pricing: pricingOf(news.category) }),
    ...(news.status === 'failed' && { errors: [statusError(news.failure)] }),
  };
  if (news.status === 'failed' || waId === null || userId === null || name === null) {
    return messagesBody(source, { statuses: [status] });
  }
  return messagesBody(source, { contacts: [contactOf({ waId, userId, name })], statuses: [status] });
}

function messagesBody(source: WebhookSource, parts: JsonObject): JsonObject {
  const metadata = {
    display_phone_number: source.displayPhoneNumber,
    phone_number_id: source.phoneNumberId,
  };
  const value = { messaging_product: 'whatsapp', metadata, ...parts };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: source.wabaId, changes: [{ value, field: 'messages' }] }],
  };
}

function contactOf(person: WebhookPerson): JsonObject {
  return { profile: { name: person.name }, wa_id: person.waId, user_id: person.userId };
}

/** Free-form messages inside the window cost nothing here; templates always do (meta-facts §6 "Pricing"). */
function pricingOf(category: TemplateCategory | 'service'): JsonObject {
  const free = category === 'service';
  return {
    billable: !free,
    pricing_model: 'PMP',
    type: free ? 'free_customer_service' : 'regular',
    category,
  };
}

function statusError(failure: GraphProblem): JsonObject {
  const title = titleOf(failure.code);
  return {
    code: failure.code,
    title,
    message: title,
    ...(failure.details !== null && { error_data: { details: failure.details } }),
    href: '/documentation/business-messaging/whatsapp/support/error-codes',
  };
}

/** Meta's timestamps are strings of whole seconds. */
function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}
