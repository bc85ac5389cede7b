import type { JsonObject } from '../../domain/json.ts';
import { standbyBody } from '../bodies/routing-body.ts';
import type { WebhookSource } from '../bodies/webhook-envelope.ts';
import type { WebhookShape } from '../bodies/webhook-shape.ts';
import type { OutgoingWebhook } from '../delivery/outgoing-webhook.ts';

/** What is to be told of a business phone, before it is known in which shape. */
type PhoneNews = {
  source: WebhookSource;
  /** `message`, the name of a status, or the field. */
  about: string;
  field: string;
  /** The person it is about; null when nobody has that number. */
  waId: string | null;
  line: string;
  body: (shape: WebhookShape) => JsonObject;
  acknowledged?: () => void;
};

/** Where people's doings become webhooks. Statuses can be kept back. */
export type PostOffice = {
  tell(news: PhoneNews): void;
  /** The same for a status. */
  tellStatus(news: PhoneNews): void;
  holdStatuses(): void;
  /** Sends the statuses that were kept back, in their order, and keeps back no more. */
  releaseStatuses(): void;
};

/**
 * @param shape how the app gets its webhooks at the moment
 * @param standsBy whether another app owns a person's chat with a business phone
 */
export function createPostOffice(
  send: (webhook: OutgoingWebhook) => void,
  shape: () => WebhookShape,
  standsBy: (waId: string, phoneNumberId: string) => boolean,
): PostOffice {
  let held: PhoneNews[] | null = null;

  function tell({ source, body, field, ...news }: PhoneNews): void {
    const { wabaId, phoneNumberId } = source;
    const isAside = field === 'messages' && news.waId !== null && standsBy(news.waId, phoneNumberId);
    const told = body(shape());
    send({
      ...news,
      wabaId,
      phoneNumberId,
      ...(isAside ? { field: 'standby', body: standbyBody(told) } : { field, body: told }),
    });
  }

  return {
    tell,
    tellStatus: (news) => {
      if (held === null) tell(news);
      else held.push(news);
    },
    holdStatuses: () => {
      held ??= [];
    },
    releaseStatuses: () => {
      const released = held ?? [];
      held = null;
      released.forEach(tell);
    },
  };
}
