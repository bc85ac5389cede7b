// @ts-check
import { drawChoices } from './choices.js';
import { drawContent } from './content.js';
import { element } from './dom.js';
import { shorten, shortTime } from './format.js';
import { texts } from './texts.js';

/** @import { PhoneMessage } from './gateway.js' */

/**
 * A message with what others have done to it.
 *
 * @typedef {{ message: PhoneMessage, answered: PhoneMessage | null, reactions: string[], edited: boolean }} ShownMessage
 */

/**
 * What a bubble can ask of the phone.
 *
 * @typedef {{
 *   tap: (messageId: string, choice: string) => void,
 *   openSheet: (title: string, content: Node[]) => void,
 *   openMessage: (message: PhoneMessage) => void,
 *   played: (message: PhoneMessage) => void,
 * }} BubbleActs
 */

/** A bubble with an old signature is drawn anew. What a player plays goes on while a message is read. @param {ShownMessage} shown */
export function signatureOf({ message, answered, reactions, edited }) {
  const status = message.direction === 'out' ? message.status : '';
  return JSON.stringify([status, message.content, answered?.text, reactions, edited]);
}

/**
 * @param {ShownMessage} shown
 * @param {string} business
 * @param {BubbleActs} acts
 */
export function drawBubble({ message, answered, reactions, edited }, business, acts) {
  const { content, direction, text } = message;
  const more = element(
    'button',
    {
      type: 'button',
      class: 'more',
      'aria-label': texts.messageMenu(shorten(text, 40)),
      title: texts.messageMenuTip,
    },
    '⋯',
  );
  more.addEventListener('click', () => acts.openMessage(message));
  const foot = element(
    'span',
    { class: 'bubble-foot' },
    more,
    element('span', { class: 'foot-space' }),
    ...(edited ? [element('span', {}, texts.edited)] : []),
    shortTime(message.at),
    ...(direction === 'out' ? [ticks(message.status)] : []),
  );
  const bubble = element(
    'div',
    { class: `bubble bubble-of-${content.kind}` },
    ...(answered === null ? [] : [quotation(answered, business)]),
    ...drawContent(content, text),
    foot,
    ...(direction === 'in' ? drawChoices(message, acts) : []),
  );
  if (direction === 'in' && content.kind === 'audio' && content.voice) {
    bubble.querySelector('audio')?.addEventListener('play', () => acts.played(message), { once: true });
  }
  return element(
    'li',
    { class: `message ${direction}`, 'data-status': message.status },
    element('div', { class: 'bubble-and-reactions' }, bubble, ...reactionMark(reactions)),
  );
}

/** @param {string[]} reactions */
function reactionMark(reactions) {
  if (reactions.length === 0) return [];
  const words = reactions.join(' ');
  return [
    element('span', { class: 'reactions', role: 'img', 'aria-label': texts.reactedWith(words) }, words),
  ];
}

/** What a message answers. @param {PhoneMessage} answered @param {string} business */
function quotation(answered, business) {
  return element(
    'blockquote',
    { class: 'quotation' },
    element('strong', { dir: 'auto' }, answered.direction === 'in' ? business : texts.you),
    element('span', { dir: 'auto' }, shorten(answered.text, 80)),
  );
}

/** One tick: at WhatsApp. Two: delivered. Two blue ones: read. @param {PhoneMessage['status']} status */
function ticks(status) {
  return element(
    'span',
    { class: `ticks ${status}`, role: 'img', 'aria-label': texts.tick[status], title: texts.tick[status] },
    status === 'sent' ? '✓' : '✓✓',
  );
}
