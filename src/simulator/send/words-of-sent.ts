import { wordsOf } from '../people/content-words.ts';
import type { PhoneContent } from '../people/phone-content.ts';

/** What a list of messages shows of something that the business sent. */
export function wordsOfSent(content: PhoneContent): string {
  switch (content.kind) {
    case 'template':
      return content.body;
    case 'interactive':
      return content.body ?? `[${content.type}]`;
    default:
      return wordsOf(content);
  }
}
