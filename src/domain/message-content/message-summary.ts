import type { Language } from '../language.ts';
import { oneLine } from '../one-line.ts';
import type { Message, MessageContent } from './message.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import type { SharedContact } from './shared-contact.ts';

/** The longest part of a summary that comes from outside, in characters. */
const LONGEST = 160;

/**
 * A message in one short line, such as `Photo: caption`; never empty. It repeats what people wrote, so it is no
 * line for a log that strangers read. Line ends and other control characters become spaces, and marks that turn
 * the direction of writing are left out, so that the line stays one and shows what it says.
 */
export function summaryOfMessage(message: Message, language: Language): string {
  return summaryOf(message.content, message, messageWords[language]);
}

function summaryOf(
  content: MessageContent,
  { errors }: Pick<Message, 'errors'>,
  words: MessageWords,
): string {
  const [error] = errors;
  const reason = error?.title ?? error?.details ?? null;
  const label = labelOf(content, words);
  const detail = oneLine(detailOf(content, words) ?? reason ?? metaTypeOf(content) ?? '', LONGEST);
  if (detail === '') return label;
  if (content.type === 'text' && content.body !== null) return detail;
  return content.type === 'reaction' && content.emoji !== null ? `${label} ${detail}` : `${label}: ${detail}`;
}

function labelOf(content: MessageContent, words: MessageWords): string {
  if (content.type === 'audio' && content.voice) return words.voice;
  if (content.type === 'reaction' && content.emoji === null) return words.reactionRemoved;
  return words.labels[content.type];
}

/** What there is to say beyond the type; null when nothing. */
function detailOf(content: MessageContent, words: MessageWords): string | null {
  switch (content.type) {
    case 'text':
    case 'system':
    case 'flow-reply':
    case 'address-reply':
      return content.body;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return content.media.caption ?? content.media.filename;
    case 'location':
      return content.name ?? content.address ?? placeOf(content);
    case 'contacts':
      return joined(content.contacts.map(nameOf));
    case 'button':
      return content.text;
    case 'button-reply':
    case 'list-reply':
      return content.title;
    case 'call-permission-reply':
      return content.accepted === null ? null : words[content.accepted ? 'yes' : 'no'];
    case 'reaction':
      return content.emoji;
    case 'order':
      return joined([content.items.length === 0 ? null : words.products(content.items.length), content.text]);
    case 'number-changed':
      return content.waId;
    case 'edit':
      return content.edited && summaryOf(content.edited, { errors: [] }, words);
    default:
      return null;
  }
}

/** Meta's own word, where there is no better one. */
function metaTypeOf(content: MessageContent): string | null {
  return 'metaType' in content ? content.metaType : null;
}

type LocationContent = Extract<MessageContent, { type: 'location' }>;

function placeOf({ latitude, longitude }: LocationContent): string | null {
  return latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
}

function nameOf({ name, nameParts, phones }: SharedContact): string | null {
  const parts = [nameParts.first, nameParts.middle, nameParts.last].filter((part) => part !== null);
  return name ?? (parts.length > 0 ? parts.join(' ') : (phones[0]?.number ?? null));
}

function joined(parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(', ');
}
