// @ts-check
import { drawBubble, signatureOf } from './bubble.js';
import { arriving, byId, element } from './dom.js';
import { calendarDay } from './format.js';
import { shownMessages } from './shown-messages.js';
import { texts } from './texts.js';

/** @import { BubbleActs } from './bubble.js' */
/** @import { Person } from './gateway.js' */

/**
 * The conversation on the phone: days, bubbles, and that the business is typing.
 *
 * @param {{ business: string, acts: BubbleActs }} options
 */
export function createChat({ business, acts }) {
  const chat = byId('chat', HTMLElement);
  const list = byId('messages', HTMLOListElement);
  /** @type {Map<string, { signature: string, row: HTMLLIElement }>} */
  const drawn = new Map();
  const typing = element(
    'li',
    { class: 'message in typing' },
    element('span', { class: 'bubble dots', role: 'img', 'aria-label': texts.typing(business) }, '• • •'),
  );
  let atEnd = true;

  // It scrolls, so the keyboard has to reach it; not every browser does that by itself.
  chat.tabIndex = 0;
  const toEnd = () => {
    chat.scrollTop = chat.scrollHeight;
  };
  chat.addEventListener('scroll', () => {
    atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
  });
  // A picture has its height only once it is here, and a sheet takes room away.
  list.addEventListener('load', () => atEnd && toEnd(), { capture: true });
  list.addEventListener('loadedmetadata', () => atEnd && toEnd(), { capture: true });
  new ResizeObserver(() => atEnd && toEnd()).observe(chat);

  /**
   * @param {string} key
   * @param {string} signature
   * @param {() => HTMLLIElement} make
   */
  const rowOf = (key, signature, make) => {
    const known = drawn.get(key);
    if (known !== undefined && known.signature === signature) return known.row;
    const row = make();
    if (known === undefined && drawn.size > 2) arriving(row);
    drawn.set(key, { signature, row });
    if (known?.row.contains(document.activeElement) === true) {
      known.row.replaceWith(row);
      const again = row.querySelector('.more');
      if (again instanceof HTMLElement) again.focus();
    }
    return row;
  };

  return {
    toEnd,
    /** Another phone: nothing of the last one stays. */
    clear() {
      drawn.clear();
      list.replaceChildren();
      atEnd = true;
    },
    /** @param {Person} person */
    draw(person) {
      const stayAtEnd = atEnd;
      /** @type {HTMLLIElement[]} */
      const rows = [];
      const keys = new Set();
      let day = '';
      for (const shown of shownMessages(person.messages)) {
        const { message } = shown;
        const itsDay = calendarDay(message.at);
        if (itsDay !== day) {
          day = itsDay;
          const words = day;
          keys.add(words);
          rows.push(rowOf(words, words, () => element('li', { class: 'day' }, element('span', {}, words))));
        }
        keys.add(message.id);
        rows.push(rowOf(message.id, signatureOf(shown), () => drawBubble(shown, business, acts)));
      }
      for (const key of drawn.keys()) if (!keys.has(key)) drawn.delete(key);
      if (person.typing) rows.push(typing);
      arrange(list, rows);
      if (stayAtEnd) toEnd();
    },
  };
}

/**
 * Puts the rows into the list. Those that stay are not moved, so that a player goes on playing.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows
 */
function arrange(list, rows) {
  const wanted = new Set(rows);
  for (const child of Array.from(list.children)) {
    if (child instanceof HTMLElement && !wanted.has(child)) child.remove();
  }
  let next = list.firstElementChild;
  for (const row of rows) {
    if (row === next) next = next.nextElementSibling;
    else list.insertBefore(row, next);
  }
}
