import type { MessageBody } from '../../client/generated.ts';
import { objectIn, textIn } from '../json.ts';

/** A message as a phone shows it: reactions are no bubbles of their own. */
export type ShownMessage = { message: MessageBody; reactions: string[] };

/** The bubbles of a thread, the oldest first, from its messages, the newest first. */
export function shownMessages(newestFirst: readonly MessageBody[]): ShownMessage[] {
  const reactions = new Map<string, Map<MessageBody['direction'], string>>();
  const shown: ShownMessage[] = [];
  for (const message of newestFirst.toReversed()) {
    const reaction = reactionOf(message);
    if (reaction === null) {
      shown.push({ message, reactions: [] });
      continue;
    }
    const those = reactions.get(reaction.messageId) ?? new Map();
    those.set(message.direction, reaction.emoji);
    reactions.set(reaction.messageId, those);
  }
  return shown.map(({ message }) => ({
    message,
    // Whoever takes a reaction away sends an empty one.
    reactions: [...(reactions.get(message.messageId ?? '')?.values() ?? [])].filter((emoji) => emoji !== ''),
  }));
}

function reactionOf({ type, content, payload }: MessageBody): { messageId: string; emoji: string } | null {
  if (content?.type === 'reaction') return content;
  if (type !== 'reaction') return null;
  const reaction = objectIn(payload, 'reaction');
  return { messageId: textIn(reaction, 'message_id') ?? '', emoji: textIn(reaction, 'emoji') ?? '' };
}
