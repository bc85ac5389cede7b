// @ts-check
import { arriving, byId, element, sentence } from './dom.js';
import { shorten, timeOfDay } from './format.js';
import { ask } from './gateway.js';
import { afterEvent, isOver, steps } from './life.js';
import { members } from './summary.js';
import { texts } from './texts.js';

/** @import { Event } from './gateway.js' */
/** @import { Life } from './life.js' */

/** @typedef {{ row: HTMLLIElement, details: HTMLDetailsElement, summary: HTMLElement, life: Life, content: string }} Card */

/** The page keeps so many of the newest notifications; the API has them all. */
const shownStories = 20;

/**
 * The stories of the newest notifications: decision and reason, the steps of their life, failure and cure.
 *
 * @param {{ nameOf: (contactId: string | null, number: unknown) => string }} options
 */
export function createStories({ nameOf }) {
  const list = byId('stories', HTMLOListElement);
  const empty = byId('stories-empty', HTMLElement);
  const spoken = byId('spoken', HTMLElement);

  /** @type {Map<string, Life>} in the order of their first events */
  const lives = new Map();
  /** @type {Map<string, Card>} */
  const cards = new Map();
  const changed = new Set();
  let planned = false;
  let begun = false;
  /** @type {string | null} */
  let awaited = null;

  const draw = () => {
    planned = false;
    const newest = Array.from(lives.keys()).slice(-shownStories);
    for (const [id, card] of cards) {
      if (newest.includes(id)) continue;
      card.row.remove();
      cards.delete(id);
    }
    for (const id of newest) {
      const life = lives.get(id);
      if (life === undefined || !changed.has(id)) continue;
      const card = cards.get(id) ?? begin(life);
      card.life = life;
      fill(card);
    }
    begun = true;
    reveal();
    changed.clear();
    const last = newest.at(-1);
    const life = last === undefined ? undefined : lives.get(last);
    if (life !== undefined)
      spoken.textContent = texts.spokenStory(nameOf(life.contactId, life.to), stateWord(life));
    empty.hidden = cards.size > 0;
  };

  const reveal = () => {
    const card = awaited === null ? undefined : cards.get(awaited);
    if (card === undefined) return;
    awaited = null;
    card.details.open = true;
    card.row.scrollIntoView({ block: 'nearest' });
  };

  const begin = (/** @type {Life} */ life) => {
    for (const other of cards.values()) other.details.open = false;
    const summary = element('summary');
    const details = element('details', { open: true }, summary);
    const row = element('li', { class: 'story' }, details);
    const card = { row, details, summary, life, content: '' };
    cards.set(life.id, card);
    list.prepend(begun ? arriving(row) : row);
    void ask(`/v1/notifications/${encodeURIComponent(life.id)}`).then((answer) => {
      if (!answer.ok) return;
      card.content = contentWords(answer.body?.content);
      fill(card);
    });
    return card;
  };

  const fill = (/** @type {Card} */ card) => {
    const { life, details, row, summary } = card;
    learnMetaCode(life, () => fill(card));
    row.dataset.state = life.state;
    const word = stateWord(life);
    summary.replaceChildren(
      element('strong', { dir: 'auto' }, texts.storyTo(nameOf(life.contactId, life.to))),
      element('span', { class: `state ${life.state}` }, word),
      element('span', { class: 'story-content', dir: 'auto' }, shorten(card.content, 90)),
    );
    // The summary itself stays, and with it the focus of the keyboard.
    for (const part of Array.from(details.children).slice(1)) part.remove();
    details.append(
      element(
        'p',
        { class: 'decision' },
        element('span', { class: `decision-mark ${life.decision}` }, decisionWord(life)),
        ...sentence(life.because),
      ),
      ...(life.decision === 'refuse' ? [] : [track(life)]),
      ...(life.metaHold && life.state === 'accepted'
        ? [element('p', { class: 'hint' }, texts.metaHold)]
        : []),
      ...(life.failure === null ? [] : [failure(life)]),
    );
  };

  return {
    /** @param {Event} event */
    add(event) {
      const id = members(event.payload).notificationId;
      if (typeof id !== 'string') return;
      const life = afterEvent(lives.get(id), event);
      if (life === undefined) return;
      lives.set(id, life);
      changed.add(id);
      if (planned) return;
      planned = true;
      requestAnimationFrame(draw);
    },
    /**
     * Brings a notification before the eyes, now or as soon as its first event is here.
     *
     * @param {string} id
     */
    reveal(id) {
      awaited = id;
      reveal();
    },
    /** Names become known after their events. */
    rename() {
      for (const card of cards.values()) fill(card);
    },
  };
}

/** @param {Life} life */
function track(life) {
  const stopped = life.failure !== null && isOver(life);
  return element(
    'ol',
    { class: stopped ? 'track stopped' : 'track' },
    ...steps.map((step, index) => {
      const at = life.reachedAt[step];
      const reached = index <= life.furthest;
      return element(
        'li',
        {
          class: reached ? `step-done ${step}` : `step-open ${step}`,
          ...(index === life.furthest ? { 'aria-current': 'step' } : {}),
        },
        element('span', { class: 'step-name' }, texts.steps[step]),
        ...(at === undefined ? [] : [element('time', { class: 'step-time', datetime: at }, timeOfDay(at))]),
      );
    }),
  );
}

/** @param {Life} life */
function failure(life) {
  const { failure: found } = life;
  if (found === null) return element('div');
  const metaCode = found.metaCode ?? metaCodeOf(found.code);
  const code = metaCode === null ? found.code : `${texts.metaCode(metaCode)} · ${found.code}`;
  return element(
    'div',
    { class: 'failure' },
    element('p', { class: 'failure-title' }, found.title),
    element('p', { class: 'failure-code' }, code),
    ...(found.details === null ? [] : [element('p', { class: 'quiet' }, found.details)]),
    element(
      'p',
      { class: 'remedy' },
      element('strong', { class: 'remedy-title' }, texts.whatToDo),
      element('span', {}, ...sentence(found.remedy)),
    ),
    ...(isOver(life) || life.state === 'unknown'
      ? []
      : [element('p', { class: 'quiet' }, texts.retryPending)]),
  );
}

/** @type {Map<string, number | null>} Meta's codes of what Recado refused before Meta could. */
const metaCodes = new Map();

/** @param {string} code */
function metaCodeOf(code) {
  return metaCodes.get(code) ?? null;
}

/**
 * What Recado refuses by itself has no code of Meta's; the catalogue knows with which one Meta would have.
 *
 * @param {Life} life
 * @param {() => void} onLearnt
 */
function learnMetaCode({ failure }, onLearnt) {
  if (failure === null || failure.metaCode !== null || metaCodes.has(failure.code)) return;
  metaCodes.set(failure.code, null);
  void ask(`/v1/errors/${encodeURIComponent(failure.code)}`).then((answer) => {
    const known = answer.ok ? answer.body?.metaCodes : [];
    if (!Array.isArray(known) || known.length !== 1 || typeof known[0] !== 'number') return;
    metaCodes.set(failure.code, known[0]);
    onLearnt();
  });
}

/** @param {Life} life */
function stateWord(life) {
  return Object.entries(texts.states).find(([state]) => state === life.state)?.[1] ?? life.state;
}

/** @param {Life} life */
function decisionWord(life) {
  return (
    Object.entries(texts.decision).find(([decision]) => decision === life.decision)?.[1] ?? life.decision
  );
}

/** @param {unknown} content */
function contentWords(content) {
  const found = members(content);
  if (typeof found.body === 'string') return found.body;
  return typeof found.name === 'string' ? texts.templateContent(found.name) : '';
}
