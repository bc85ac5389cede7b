import type { JsonObject } from '../../domain/json.ts';
import type { ContactCard, PhoneMedia } from '../people/phone-content.ts';
import type { PersonContent } from '../people/written-content.ts';
import { seconds } from './webhook-envelope.ts';
import type { WebhookShape } from './webhook-shape.ts';

/** The type of a message and the object of its name, for everything that a person can send (meta-facts §4.2). */
export function contentParts(content: PersonContent, shape: WebhookShape): JsonObject {
  switch (content.kind) {
    case 'text':
      return typed('text', { body: content.body });
    case 'image':
    case 'video':
      return typed(content.kind, { ...caption(content), ...mediaParts(content.media, shape) });
    case 'audio':
      return typed('audio', { ...mediaParts(content.media, shape), voice: content.voice });
    case 'document':
      return typed('document', {
        ...caption(content),
        ...(content.filename !== null && { filename: content.filename }),
        ...mediaParts(content.media, shape),
      });
    case 'sticker':
      return typed('sticker', { ...mediaParts(content.media, shape), animated: content.animated });
    case 'location':
      return typed('location', locationParts(content));
    case 'contacts':
      return { type: 'contacts', contacts: content.cards.map(cardPart) };
    case 'reaction':
      // Taken away, a reaction comes without an emoji (meta-facts §4.2, notes).
      return typed('reaction', {
        message_id: content.messageId,
        ...(content.emoji !== null && { emoji: content.emoji }),
      });
    case 'edit':
      return typed('edit', {
        original_message_id: content.originalMessageId,
        message: { context: { id: 'M0' }, ...contentParts(content.edited, shape) },
      });
    case 'revoke':
      return typed('revoke', { original_message_id: content.originalMessageId });
    case 'order':
      return typed('order', orderParts(content));
    case 'request-welcome':
      return { type: 'request_welcome' };
    case 'unsupported':
      return {
        errors: [unsupportedError],
        type: 'unsupported',
        ...(content.metaType !== null && { unsupported: { type: content.metaType } }),
      };
    case 'invented':
      return typed(content.type, { body: content.words });
    default:
      return answerParts(content);
  }
}

type Answer = Extract<
  PersonContent,
  { kind: 'button' | 'button-reply' | 'list-reply' | 'form-reply' | 'call-permission-reply' }
>;

/** Answers to what the business sent. `button` belongs to templates, `interactive` to interactive messages. */
function answerParts(content: Answer): JsonObject {
  switch (content.kind) {
    case 'button':
      return typed('button', { payload: content.payload, text: content.text });
    case 'button-reply':
      return interactive('button_reply', { id: content.id, title: content.title });
    case 'list-reply':
      return interactive('list_reply', {
        id: content.id,
        title: content.title,
        ...(content.description !== null && { description: content.description }),
      });
    case 'form-reply':
      return interactive('nfm_reply', {
        response_json: content.responseJson,
        body: content.body,
        name: content.form,
      });
    case 'call-permission-reply':
      return interactive('call_permission_reply', {
        response: content.accepted ? 'accept' : 'reject',
        // A number here, as in every body that is known.
        ...(content.expiresAt !== null && { expiration_timestamp: Number(seconds(content.expiresAt)) }),
        response_source: 'user_action',
      });
  }
}

function typed(type: string, parts: JsonObject): JsonObject {
  return { type, [type]: parts };
}

function interactive(type: string, reply: JsonObject): JsonObject {
  return typed('interactive', typed(type, reply));
}

function caption(content: { caption: string | null }): JsonObject {
  return content.caption === null ? {} : { caption: content.caption };
}

function mediaParts(media: PhoneMedia, shape: WebhookShape): JsonObject {
  return {
    ...(media.mimeType !== null && { mime_type: media.mimeType }),
    ...(media.sha256 !== null && { sha256: media.sha256 }),
    ...(media.id !== null && { id: media.id }),
    ...(shape.mediaUrls && media.url !== null && { url: media.url }),
  };
}

function locationParts(place: Extract<PersonContent, { kind: 'location' }>): JsonObject {
  const { latitude, longitude, name, address, url } = place;
  return {
    ...(address !== null && { address }),
    latitude,
    longitude,
    ...(name !== null && { name }),
    ...(url !== null && { url }),
  };
}

function cardPart(card: ContactCard): JsonObject {
  return {
    name: { formatted_name: card.name },
    ...(card.company !== null && { org: { company: card.company } }),
    phones: card.phones.map(({ number, waId, label }) => ({
      phone: number,
      ...(waId !== null && { wa_id: waId }),
      ...(label !== null && { type: label }),
    })),
  };
}

function orderParts(order: Extract<PersonContent, { kind: 'order' }>): JsonObject {
  return {
    catalog_id: order.catalogId,
    ...(order.text !== null && { text: order.text }),
    product_items: order.items.map((item) => ({
      product_retailer_id: item.productRetailerId,
      quantity: item.quantity,
      item_price: item.itemPrice,
      currency: item.currency,
    })),
  };
}

const unsupportedError = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' },
};
