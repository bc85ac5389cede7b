import type { JsonObject } from '../domain/json.ts';
import type { MessageContent } from '../domain/message-content.ts';
import { type Identifier, identifierOf } from '../domain/person.ts';
import type { Address, Recipient } from '../domain/recipient.ts';

/**
 * The body of the send call, `POST /{phone-number-id}/messages` (meta-facts §7.1).
 *
 * @param message `callbackData`: our notification's id, at most 512 characters; Meta echoes it in every
 *   status, so that a status finds its notification even when the answer of the call was lost
 */
export function composeMessage(message: {
  address: Address;
  content: MessageContent;
  callbackData: string;
}): JsonObject {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...message.address,
    ...composeContent(message.content),
    biz_opaque_callback_data: message.callbackData,
  };
}

function composeContent(content: MessageContent): JsonObject {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { body: content.body, preview_url: content.previewUrl } };
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

/**
 * Where a message goes. The WhatsApp ID that Meta gave wins over the number that somebody typed: in Brazil
 * and Mexico they differ, and the ID is the one that Meta delivers to (meta-facts §4.4). Numbers always go
 * with a plus sign, because without it Meta puts the business phone's own country code in front. A caller
 * who names a business-scoped user id gets exactly that one (meta-facts §7.1).
 *
 * @param identifiers what is known of the contact that the recipient is; empty when it is none yet
 * @returns null when the recipient is a contact of whom we know nothing that can be written to
 */
export function addressOf(recipient: Recipient, identifiers: readonly Identifier[]): Address | null {
  if (recipient.kind === 'user_id') return { recipient: recipient.userId };
  const waId = identifierOf(identifiers, 'wa_id');
  if (waId !== null) return { to: `+${waId}` };
  if (recipient.kind === 'number') return { to: `+${recipient.digits}` };
  const userId = identifierOf(identifiers, 'user_id');
  if (userId !== null) return { recipient: userId };
  const typed = identifierOf(identifiers, 'typed');
  return typed === null ? null : { to: `+${typed}` };
}
