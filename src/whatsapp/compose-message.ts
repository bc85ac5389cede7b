import type { JsonObject } from '../domain/json.ts';
import type { MediaContent, NotificationContent } from '../domain/notification-content.ts';
import { currentIdentifier, type HeldIdentifier } from '../domain/person.ts';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import type { Address, Recipient } from '../domain/recipient.ts';

/**
 * The body of the send call, `POST /{phone-number-id}/messages` (meta-facts §7.1).
 *
 * @param message `callbackData`: our notification's id, at most 512 characters; Meta echoes it in every
 *   status, so that a status finds its notification even when the answer of the call was lost
 */
export function composeMessage(message: {
  address: Address;
  content: NotificationContent;
  callbackData: string;
}): JsonObject {
  const { content } = message;
  return {
    messaging_product: 'whatsapp',
    ...composeAddress(message.address),
    ...(content.replyTo === undefined ? {} : { context: { message_id: content.replyTo } }),
    ...composeContent(content),
    biz_opaque_callback_data: message.callbackData,
  };
}

/** The body of the call that marks a message of a person as read, and shows them that somebody is typing (meta-facts §7.2). */
export function composeRead(messageId: string, typing: boolean): JsonObject {
  return {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: messageId,
    ...(typing ? { typing_indicator: { type: 'text' } } : {}),
  };
}

function composeAddress(address: Address): JsonObject {
  return 'group' in address
    ? { recipient_type: 'group', to: address.group }
    : { recipient_type: 'individual', ...address };
}

function composeContent(content: NotificationContent): JsonObject {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { body: content.body, preview_url: content.previewUrl } };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { type: content.type, [content.type]: composeMedia(content) };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return { type: 'location', location: { latitude, longitude, ...said({ name, address }) } };
    }
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: content.messageId, emoji: content.emoji } };
    case 'interactive':
      return { type: 'interactive', interactive: content.interactive };
    case 'template': {
      const { name, language, components } = content;
      const template: JsonObject = { name, language: { code: language } };
      return {
        type: 'template',
        template: components.length === 0 ? template : { ...template, components },
      };
    }
  }
}

function composeMedia({ id, link, caption, filename, voice }: MediaContent): JsonObject {
  return { ...said({ id, link, caption, filename }), ...(voice ? { voice } : {}) };
}

/** The members that say something. */
function said(members: Record<string, string | null>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/**
 * Where a message goes: to the WhatsApp ID that Meta confirmed last, whatever name of the person was given. In
 * Brazil and Mexico it differs from the number that somebody typed, and Meta delivers to the ID (meta-facts §4.4).
 * Numbers always go with a plus sign, because without it Meta puts the business phone's own country code in front.
 * Who has no number is reached by the business-scoped user id (meta-facts §7.1).
 *
 * @param identifiers what is known of the contact that the recipient is; empty when it is none yet
 * @returns null when the recipient is a contact of whom we know nothing that can be written to
 */
export function addressOf(recipient: Recipient, identifiers: readonly HeldIdentifier[]): Address | null {
  if (recipient.kind === 'group') return { group: recipient.groupId };
  const waId = currentIdentifier(identifiers, 'wa_id');
  if (waId !== null) return { to: `+${waId}` };
  if (recipient.kind === 'number' && !hasLeft(recipient.digits, identifiers)) {
    return { to: `+${recipient.digits}` };
  }
  const userId = currentIdentifier(identifiers, 'user_id');
  if (userId !== null) return { recipient: userId };
  if (recipient.kind === 'user_id') return { recipient: recipient.userId };
  const typed = currentIdentifier(identifiers, 'typed');
  return typed === null ? null : { to: `+${typed}` };
}

function hasLeft(digits: string, identifiers: readonly HeldIdentifier[]): boolean {
  const spellings = phoneNumberVariants(digits);
  return identifiers.some(({ value, until }) => until !== null && spellings.includes(value));
}
