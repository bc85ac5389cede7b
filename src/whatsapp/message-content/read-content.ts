import type { JsonObject } from '../../domain/json.ts';
import type { MessageContent, OriginalContent } from '../../domain/message-content/message.ts';
import { readDecimal, readObject, readText } from '../wire-values.ts';
import { readContacts } from './read-contacts.ts';
import { readAudio, readFile, readSticker, readVoice } from './read-media.ts';
import { readSystem, readUnsupported } from './read-notice.ts';
import { readOrder } from './read-order.ts';
import { readButton, readInteractive } from './read-reply.ts';
import { typeOf } from './type-of.ts';

type ReadContent = (element: JsonObject) => MessageContent;

/** Meta's word for a type of message, and how to read one (meta-facts §4.2). */
const contents: ReadonlyMap<string, ReadContent> = new Map<string, ReadContent>([
  ['text', readWords],
  ['image', (element) => readFile('image', element)],
  ['video', (element) => readFile('video', element)],
  ['audio', readAudio],
  ['voice', readVoice],
  ['document', (element) => readFile('document', element)],
  ['sticker', readSticker],
  ['media_placeholder', () => ({ type: 'media-placeholder' })],
  ['location', readLocation],
  ['contacts', readContacts],
  ['button', readButton],
  ['interactive', readInteractive],
  ['reaction', readReaction],
  ['order', readOrder],
  ['system', readSystem],
  ['edit', readEdit],
  ['revoke', (element) => ({ type: 'revoke', originalMessageId: originalIn(readObject(element.revoke)) })],
  ['request_welcome', () => ({ type: 'request-welcome' })],
  ['unsupported', (element) => readUnsupported(element)],
  ['unknown', (element) => readUnsupported(element)],
  ['ephemeral', (element) => readUnsupported(element, 'ephemeral')],
]);

/** What a message holds. Total: a type of tomorrow is `unknown` with Meta's word for it. */
export function readContent(element: JsonObject): MessageContent {
  const metaType = typeOf(element, contents);
  const read = metaType === null ? undefined : contents.get(metaType);
  return read === undefined ? { type: 'unknown', metaType } : read(element);
}

function readWords(element: JsonObject): MessageContent {
  return { type: 'text', body: readText(readObject(element.text)?.body) };
}

function readLocation(element: JsonObject): MessageContent {
  const location = readObject(element.location);
  return {
    type: 'location',
    latitude: readDecimal(location?.latitude),
    longitude: readDecimal(location?.longitude),
    name: readText(location?.name),
    address: readText(location?.address),
    url: readText(location?.url),
  };
}

/** A reaction that was taken away has no emoji, in older bodies an empty one. */
function readReaction(element: JsonObject): MessageContent {
  const reaction = readObject(element.reaction);
  return { type: 'reaction', messageId: readText(reaction?.message_id), emoji: readText(reaction?.emoji) };
}

function readEdit(element: JsonObject): MessageContent {
  const edit = readObject(element.edit);
  return { type: 'edit', originalMessageId: originalIn(edit), edited: readEdited(readObject(edit?.message)) };
}

/** Nobody edits an edit. Looking at the type first keeps edits inside edits, however many, from being followed. */
function readEdited(message: JsonObject | null): OriginalContent | null {
  if (message === null || typeOf(message, contents) === 'edit') return null;
  const content = readContent(message);
  return content.type === 'edit' ? null : content;
}

function originalIn(change: JsonObject | null): string | null {
  return readText(change?.original_message_id);
}
