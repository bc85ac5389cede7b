import type { Message, MessageType } from '../src/domain/message-content/message.ts';
import { summaryOfMessage } from '../src/domain/message-content/message-summary.ts';
import { readMessage } from '../src/whatsapp/message-content/read-message.ts';
import { messageElements } from '../test/support/message-fixtures.ts';

/** What the page about messages says of one type. */
type MessageTypeRow = {
  /** How Meta's body says it. */
  metaName: string;
  holds: string;
  /** The webhook body in test/fixtures/webhooks whose first message of this type is the example. */
  fixture: string;
};

const media = '`media`';

/** Every type of message. */
export const messageTypeRows: Readonly<Record<MessageType, MessageTypeRow>> = {
  text: { metaName: '`text`', holds: '`body`', fixture: 'text' },
  image: { metaName: '`image`', holds: media, fixture: 'image' },
  video: { metaName: '`video`', holds: media, fixture: 'video' },
  audio: {
    metaName: '`audio`; formerly also `voice`',
    holds: `${media}; \`voice\`: recorded in WhatsApp, or a file`,
    fixture: 'voice-message',
  },
  document: { metaName: '`document`', holds: `${media} with \`filename\``, fixture: 'document' },
  sticker: { metaName: '`sticker`', holds: `${media}; \`animated\``, fixture: 'sticker' },
  'media-placeholder': {
    metaName: '`media_placeholder`, in history',
    holds: 'Nothing: there was a file.',
    fixture: 'history-placeholder',
  },
  location: {
    metaName: '`location`',
    holds: '`latitude`, `longitude` in degrees; `name`, `address`, `url`',
    fixture: 'location',
  },
  contacts: {
    metaName: '`contacts`',
    holds:
      '`contacts`: cards with name, phones, e-mail addresses, company, postal addresses; `vcard`; `origin`: shared by themselves or because a business asked',
    fixture: 'contacts',
  },
  button: {
    metaName: '`button`',
    holds: 'A tap on a quick-reply button of a template: `payload`, `text`',
    fixture: 'button',
  },
  'button-reply': {
    metaName: '`interactive` / `button_reply`',
    holds: 'A tap on a button of an interactive message: `id`, `title`',
    fixture: 'interactive',
  },
  'list-reply': {
    metaName: '`interactive` / `list_reply`',
    holds: '`id`, `title`, `description` of the row',
    fixture: 'list-reply',
  },
  'flow-reply': {
    metaName: '`interactive` / `nfm_reply`',
    holds:
      'A Flow filled in: `response`, parsed, null when malformed; `responseText`, always as it came; `body`, `name`',
    fixture: 'flow-reply',
  },
  'address-reply': {
    metaName: '`interactive` / `nfm_reply` named `address_message`',
    holds: 'A delivery address: `response`, `responseText`, `body` as of a Flow',
    fixture: 'address-reply',
  },
  'call-permission-reply': {
    metaName: '`interactive` / `call_permission_reply`',
    holds: 'Whether the business may call: `accepted`, `expiresAt`, `source`',
    fixture: 'call-permission-reply',
  },
  'payment-method': {
    metaName: '`interactive` / `payment_method`',
    holds: '`details` as they came',
    fixture: 'payment-replies',
  },
  'payment-notification': {
    metaName: '`interactive` / `payment_notification`',
    holds: '`details` as they came',
    fixture: 'payment-replies',
  },
  'other-reply': {
    metaName: '`interactive` of any other kind, or of none',
    holds: '`metaType`',
    fixture: 'interactive-without-object',
  },
  reaction: {
    metaName: '`reaction`',
    holds: '`messageId` that it is put to; `emoji`, null when it was taken away',
    fixture: 'reaction',
  },
  order: {
    metaName: '`order`',
    holds: '`catalogId`, `text`, `items` with `productRetailerId`, `quantity`, `itemPrice`, `currency`',
    fixture: 'order',
  },
  edit: {
    metaName: '`edit`, where the WhatsApp Business app is used too',
    holds: '`originalMessageId`; `edited`: what the message says from now on, as one of these types',
    fixture: 'edit',
  },
  revoke: {
    metaName: '`revoke`, where the WhatsApp Business app is used too',
    holds: '`originalMessageId` of the message taken back',
    fixture: 'revoke',
  },
  'number-changed': {
    metaName: '`system` / `user_changed_number`',
    holds: '`formerWaId`, `waId`, `userId`, `body`',
    fixture: 'system',
  },
  'user-id-changed': {
    metaName: '`system` / `user_changed_user_id`',
    holds: '`formerUserId`, `userId`, `parentUserId`, `body`',
    fixture: 'system-user-id',
  },
  'identity-changed': {
    metaName: '`system` / `customer_identity_changed`, in old bodies',
    holds: '`body`; the message’s `identity`',
    fixture: 'system-identity',
  },
  system: {
    metaName: '`system` of any other kind, or of none',
    holds: '`body`, `metaType`',
    fixture: 'system-other',
  },
  'request-welcome': {
    metaName: '`request_welcome`, removed by Meta',
    holds: 'Nothing.',
    fixture: 'request-welcome',
  },
  unsupported: {
    metaName: '`unsupported`; formerly also `unknown` and `ephemeral`',
    holds:
      'A message that Meta does not hand over: `metaType`, what it was, such as `poll_creation`; why, in the message’s `errors`',
    fixture: 'unsupported',
  },
  unknown: {
    metaName: 'any other word, or none',
    holds: '`metaType`: Meta’s word; the event’s payload has the rest',
    fixture: 'unknown-type',
  },
};

/** The example of a type: the first message of it in its fixture. */
export function exampleMessage(type: MessageType): Message {
  const { fixture } = messageTypeRows[type];
  const found = messageElements(fixture)
    .map((element) => readMessage(element))
    .find(({ content }) => content.type === type);
  if (found === undefined)
    throw new Error(`No message of test/fixtures/webhooks/${fixture}.json is a ${type}.`);
  return found;
}

/** A row for each type: our word, Meta's, what it holds, and its example in a line of both languages. */
export function messageTypeCells(): string[][] {
  return messageTypes().map((type) => {
    const { metaName, holds } = messageTypeRows[type];
    const example = exampleMessage(type);
    return [
      `\`${type}\``,
      metaName,
      holds,
      summaryOfMessage(example, 'en'),
      summaryOfMessage(example, 'pt-BR'),
    ];
  });
}

/** Every type, in the order of the page. */
export function messageTypes(): MessageType[] {
  return Object.keys(messageTypeRows).filter((type): type is MessageType => type in messageTypeRows);
}
