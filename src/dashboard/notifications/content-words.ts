import type { MessageContentBody } from '../../client/generated.ts';
import { say } from '../language.ts';
import { conversations } from '../words/conversations.ts';
import { messageTypes } from '../words/message-types.ts';

/** What a notification says, in a line. */
export function contentWords(content: MessageContentBody): string {
  switch (content.type) {
    case 'text':
      return content.body;
    case 'template':
      return `${say(conversations.template)} · ${content.name}`;
    case 'reaction':
      return say(conversations.reacted)(content.emoji);
    default: {
      const label = messageTypes[content.type];
      return label === undefined ? content.type : say(label);
    }
  }
}
