// @ts-check

/** @import { ShownMessage } from './bubble.js' */
/** @import { PhoneMessage } from './gateway.js' */

/**
 * What has a bubble of its own, each with what was done to it later: reactions and edits have none.
 *
 * @param {PhoneMessage[]} messages
 * @returns {ShownMessage[]}
 */
export function shownMessages(messages) {
  const byMessageId = new Map(messages.map((message) => [message.id, message]));
  /** @type {Map<string, Map<string, string>>} by message, then by whose reaction it is */
  const reactions = new Map();
  const edited = new Set();
  const hidden = new Set();
  for (const { id, content, direction } of messages) {
    if (content.kind === 'reaction' && byMessageId.has(content.messageId)) {
      const ofMessage = reactions.get(content.messageId) ?? new Map();
      if (content.emoji === null) ofMessage.delete(direction);
      else ofMessage.set(direction, content.emoji);
      reactions.set(content.messageId, ofMessage);
      hidden.add(id);
    }
    if (content.kind === 'edit') {
      edited.add(content.originalMessageId);
      if (byMessageId.has(content.originalMessageId)) hidden.add(id);
    }
  }
  return messages
    .filter(({ id }) => !hidden.has(id))
    .map((message) => ({
      message,
      answered: message.answers === undefined ? null : (byMessageId.get(message.answers) ?? null),
      reactions: Array.from(reactions.get(message.id)?.values() ?? []),
      edited: edited.has(message.id),
    }));
}
