import type { PersonContent } from './written-content.ts';

/** What a list of messages shows of something that a person sent: its own words, or what it is. */
export function wordsOf(content: PersonContent): string {
  switch (content.kind) {
    case 'text':
      return content.body;
    case 'image':
    case 'video':
    case 'document':
      return content.caption ?? names[content.kind];
    case 'audio':
      return content.voice ? 'Voice message' : 'Audio';
    case 'location':
      return content.name ?? `${content.latitude}, ${content.longitude}`;
    case 'contacts':
      return content.cards.map(({ name }) => name).join(', ');
    case 'button':
      return content.text;
    case 'button-reply':
    case 'list-reply':
      return content.title;
    case 'form-reply':
      return content.body;
    case 'call-permission-reply':
      return content.accepted ? 'You may call me' : 'Please do not call me';
    case 'reaction':
      return content.emoji ?? 'Reaction removed';
    case 'edit':
      return wordsOf(content.edited);
    case 'invented':
      return content.words;
    default:
      return names[content.kind];
  }
}

const names = {
  image: 'Picture',
  video: 'Film',
  document: 'Document',
  sticker: 'Sticker',
  order: 'Cart',
  revoke: 'Message deleted',
  'request-welcome': 'Chat opened',
  unsupported: 'Something that businesses are not shown',
} as const;
