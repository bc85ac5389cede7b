// @ts-check
import { arriving, byId, copyButton, element } from './dom.js';
import { timeOfDay } from './format.js';
import { summaryOf } from './summary.js';
import { texts } from './texts.js';

/** @import { Event } from './gateway.js' */

/** The page keeps so many of the newest events; the API has them all. */
const shownEvents = 200;

/**
 * The live feed, newest on top; each event opens to its JSON.
 *
 * @param {{ nameOf: (contactId: string | null, number: unknown) => string }} options
 */
export function createFeed({ nameOf }) {
  const list = byId('feed', HTMLOListElement);
  const empty = byId('feed-empty', HTMLElement);
  const count = byId('feed-count', HTMLElement);

  /** @type {{ event: Event, words: HTMLElement, row: HTMLLIElement }[]} newest first */
  let rows = [];
  /** @type {Event[]} */
  let arrived = [];
  let total = 0;
  /** What was there before the page opened does not come in one by one. */
  let begun = false;
  list.hidden = true;

  // Many events may come between two pictures; they are drawn at once, and never more than are shown.
  const draw = () => {
    const fresh = arrived.slice(-shownEvents).reverse().map(row);
    arrived = [];
    rows = [...fresh, ...rows];
    for (const { row: old } of rows.splice(shownEvents)) old.remove();
    list.prepend(...fresh.map((one) => (begun ? arriving(one.row) : one.row)));
    begun = true;
    list.hidden = false;
    empty.hidden = true;
    count.textContent = String(total);
    count.title = total > rows.length ? texts.feedMore(total - rows.length) : '';
  };

  const row = (/** @type {Event} */ event) => {
    const words = element('span', { class: 'event-words', dir: 'auto' }, summaryOf(event, nameOf));
    const details = element(
      'details',
      {},
      element(
        'summary',
        {},
        element('time', { datetime: event.receivedAt }, timeOfDay(event.receivedAt)),
        element('span', { class: 'kind' }, event.kind),
        words,
      ),
    );
    details.addEventListener('toggle', () => {
      if (!details.open || details.childElementCount > 1) return;
      const json = JSON.stringify(event, null, 2);
      details.append(
        element(
          'div',
          { class: 'raw' },
          element('pre', { tabindex: '0' }, element('code', {}, ...coloured(json))),
          copyButton(texts.copyJson, () => json),
        ),
      );
    });
    const tone = event.kind === 'notification' || event.kind === 'status' ? toneOf(event) : '';
    return {
      event,
      words,
      row: element('li', { class: 'event', 'data-kind': event.kind, 'data-tone': tone }, details),
    };
  };

  return {
    /** @param {Event} event */
    add(event) {
      total += 1;
      arrived.push(event);
      if (arrived.length === 1) requestAnimationFrame(draw);
    },
    /** Names become known after their events. */
    rename() {
      for (const { event, words } of rows) {
        const summary = summaryOf(event, nameOf);
        if (words.textContent !== summary) words.textContent = summary;
      }
    },
  };
}

/** @param {Event} event */
function toneOf(event) {
  const payload = event.payload;
  if (typeof payload !== 'object' || payload === null) return '';
  const failed =
    ('state' in payload && payload.state === 'failed') ||
    ('status' in payload && payload.status === 'failed');
  return failed ? 'failed' : '';
}

/** JSON in colours: names, strings, and everything else. @param {string} json */
function coloured(json) {
  const parts = json.match(/"(?:\\.|[^"\\])*"(?:\s*:)?|[^"]+/g) ?? [];
  return parts.map((part) => {
    if (!part.startsWith('"')) return part;
    return element('span', { class: part.endsWith(':') ? 'json-name' : 'json-text' }, part);
  });
}
