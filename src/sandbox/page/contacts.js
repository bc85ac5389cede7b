// @ts-check
import { element, replaceAll } from './dom.js';
import { initials, remaining } from './format.js';
import { ask } from './gateway.js';
import { onSimulatedTime, simulatedNow } from './simulated-time.js';
import { texts } from './texts.js';

/** @import { Contact, Window } from './gateway.js' */

const windowLength = 24 * 60 * 60 * 1000;
/** The strip shows so many of the newest contacts; the API has them all. */
const shownContacts = 60;

/**
 * The strip of contacts. It asks again after an event, and a little later once more: an event is shown when
 * it is committed, and worked into the contacts a moment after that.
 *
 * @param {{ list: HTMLElement, empty: HTMLElement, onChoose: (contact: Contact) => void, onChange: () => void }} options
 */
export function createContacts({ list, empty, onChoose, onChange }) {
  /** @type {Contact[]} */
  let contacts = [];
  /** @type {number[]} */
  let planned = [];

  const refresh = async () => {
    const answer = await ask('/v1/contacts?limit=500');
    if (!answer.ok) return;
    contacts = answer.body.data;
    draw();
    onChange();
  };

  const draw = () => {
    empty.hidden = contacts.length > 0;
    list.hidden = contacts.length === 0;
    replaceAll(
      list,
      contacts.slice(-shownContacts).map((contact) => element('li', {}, chip(contact))),
    );
  };

  /** @param {Contact} contact */
  const chip = (contact) => {
    const name = contactName(contact);
    const left = windowLeft(contact.window);
    const meter = element('span', { class: 'contact-meter', 'aria-hidden': 'true' });
    meter.style.setProperty('--left', String(Math.min(1, left / windowLength)));
    const button = element(
      'button',
      {
        type: 'button',
        class: left > 0 ? 'contact open' : 'contact',
        title: texts.contactTip(name),
        'data-key': contact.id,
      },
      element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(name)),
      element(
        'span',
        { class: 'contact-words' },
        element('strong', {}, name),
        element('span', { class: 'quiet' }, windowWords(contact)),
      ),
      meter,
    );
    button.addEventListener('click', () => onChoose(contact));
    return button;
  };

  setInterval(draw, 15_000);
  onSimulatedTime(draw);

  return {
    refresh,
    all: () => contacts,
    /** Asks again soon, however many events come at once. */
    refreshSoon() {
      for (const timer of planned) clearTimeout(timer);
      planned = [80, 500, 2_000].map((delay) => setTimeout(refresh, delay));
    },
  };
}

/** @param {Contact} contact */
export function contactName(contact) {
  return contact.name ?? (contact.waId === null ? contact.id : `+${contact.waId}`);
}

/**
 * Milliseconds until the window closes; 0 when it is closed.
 *
 * @param {Window} window
 */
export function windowLeft(window) {
  return window.closesAt === null ? 0 : Math.max(0, Date.parse(window.closesAt) - simulatedNow());
}

/** @param {Contact} contact */
function windowWords(contact) {
  const left = windowLeft(contact.window);
  if (left > 0) return texts.windowOpen(remaining(left));
  return contact.wroteIn ? texts.windowClosed : texts.windowNever;
}
