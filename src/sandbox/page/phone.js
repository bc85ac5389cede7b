// @ts-check
import { arriving, byId, element, replaceAll, showProblem } from './dom.js';
import { initials, shortTime } from './format.js';
import { ask } from './gateway.js';
import { texts } from './texts.js';

/** @import { Person, PhoneMessage, Setup } from './gateway.js' */

/**
 * The pretend phone: choose whose it is, write, read, go offline.
 *
 * @param {{ setup: Setup, onPeople: () => void }} options
 */
export function createPhone({ setup, onPeople }) {
  const peopleList = byId('people', HTMLElement);
  const personName = byId('person-name', HTMLElement);
  const personNumber = byId('person-number', HTMLElement);
  const online = byId('online', HTMLButtonElement);
  const chat = byId('chat', HTMLElement);
  const chatEmpty = byId('chat-empty', HTMLElement);
  const messageList = byId('messages', HTMLOListElement);
  const unread = byId('unread', HTMLElement);
  const unreadCount = byId('unread-count', HTMLElement);
  const offlineNote = byId('offline-note', HTMLElement);
  const compose = byId('compose', HTMLFormElement);
  const composeText = byId('compose-text', HTMLInputElement);
  const problem = byId('phone-problem', HTMLElement);

  /** @type {Map<string, Person>} */
  const people = new Map();
  /** @type {Map<string, HTMLLIElement>} */
  const bubbles = new Map();
  /** @type {string | null} */
  let chosen = null;
  let drawnPeople = '';

  // It scrolls, so the keyboard has to reach it; not every browser does that by itself.
  chat.tabIndex = 0;
  byId('business-name', HTMLElement).textContent = setup.business.name;
  byId('business-number', HTMLElement).textContent = setup.business.number;

  const person = () => (chosen === null ? undefined : people.get(chosen));

  const choose = (/** @type {string} */ waId) => {
    if (chosen !== waId) {
      bubbles.clear();
      messageList.replaceChildren();
      composeText.value = '';
      showProblem(problem, null);
    }
    chosen = waId;
    draw();
    chat.scrollTop = chat.scrollHeight;
  };

  const draw = () => {
    drawPeople();
    const shown = person();
    if (shown === undefined) return;
    personName.textContent = shown.name;
    personNumber.textContent = shown.number;
    online.setAttribute('aria-checked', String(shown.online));
    offlineNote.hidden = shown.online;
    offlineNote.textContent = shown.online ? '' : texts.offlineNote(shown.name);
    composeText.disabled = !shown.online;
    composeText.placeholder = shown.online ? texts.composePlaceholder : texts.composePlaceholderOffline;
    chatEmpty.hidden = shown.messages.length > 0 || !shown.online;
    const news = unreadOf(shown);
    unread.hidden = news === 0 || !shown.online;
    unreadCount.textContent = texts.unread(news);
    drawMessages(shown.messages);
  };

  const drawPeople = () => {
    const summary = JSON.stringify(
      Array.from(people.values(), (one) => [one.name, one.online, unreadOf(one)]),
    );
    // Drawn anew at every message, a button could vanish between press and release.
    if (drawnPeople === `${chosen} ${summary}`) return;
    drawnPeople = `${chosen} ${summary}`;
    replaceAll(
      peopleList,
      Array.from(people.values(), (one) => {
        const news = unreadOf(one);
        const button = element(
          'button',
          {
            type: 'button',
            class: 'person',
            'data-key': one.waId,
            'aria-pressed': String(one.waId === chosen),
            'aria-label': texts.personTip(one.name, news),
            title: one.name,
          },
          element(
            'span',
            { class: one.online ? 'avatar online' : 'avatar', 'aria-hidden': 'true' },
            initials(one.name),
          ),
          element(
            'span',
            { class: 'person-name', 'aria-hidden': 'true' },
            one.name.split(/\s+/)[0] ?? one.name,
          ),
        );
        if (news > 0) button.append(element('span', { class: 'badge', 'aria-hidden': 'true' }, String(news)));
        button.addEventListener('click', () => choose(one.waId));
        return button;
      }),
    );
  };

  const drawMessages = (/** @type {PhoneMessage[]} */ messages) => {
    const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
    const current = new Set(messages.map((message) => message.id));
    for (const [id, bubble] of bubbles) {
      if (current.has(id)) continue;
      bubble.remove();
      bubbles.delete(id);
    }
    let grown = false;
    for (const message of messages) {
      const known = bubbles.get(message.id);
      if (known === undefined) {
        const made = bubble(message);
        bubbles.set(message.id, made);
        messageList.append(bubbles.size > 1 ? arriving(made) : made);
        grown = true;
      } else if (known.dataset.status !== message.status) {
        const settled = bubble(message);
        bubbles.set(message.id, settled);
        known.replaceWith(settled);
      }
    }
    if (grown && atEnd) chat.scrollTop = chat.scrollHeight;
  };

  const act = async (/** @type {string} */ verb, /** @type {unknown} */ body) => {
    const shown = person();
    if (shown === undefined) return false;
    const answer = await ask(`/sandbox/people/${encodeURIComponent(shown.waId)}/${verb}`, body);
    showProblem(problem, answer.ok ? null : answer.problem);
    return answer.ok;
  };

  const write = async (/** @type {string} */ text) => {
    chat.scrollTop = chat.scrollHeight;
    return text.trim() === '' ? false : act('messages', { text });
  };

  compose.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = composeText.value;
    composeText.value = '';
    // Not sent: give the words back, unless something new is there already.
    if (!(await write(text)) && composeText.value === '') composeText.value = text;
    composeText.focus();
  });
  byId('say-hi', HTMLButtonElement).addEventListener('click', () => {
    void write('Hi');
    composeText.focus();
  });
  byId('read', HTMLButtonElement).addEventListener('click', async () => {
    await act('read', {});
    composeText.focus();
  });
  online.addEventListener(
    'click',
    () => void act('online', { online: online.getAttribute('aria-checked') !== 'true' }),
  );

  return {
    /** @param {Person[]} everybody */
    setPeople(everybody) {
      people.clear();
      for (const one of everybody) people.set(one.waId, one);
      if (person() === undefined) chosen = everybody[0]?.waId ?? null;
      draw();
      onPeople();
    },
    /** @param {Person} changed */
    setPerson(changed) {
      const isNew = !people.has(changed.waId);
      people.set(changed.waId, changed);
      draw();
      if (isNew) onPeople();
    },
    choose,
    people: () => Array.from(people.values()),
  };
}

/** @param {Person} person */
function unreadOf(person) {
  return person.messages.filter((message) => message.direction === 'in' && message.status !== 'read').length;
}

/** @param {PhoneMessage} message */
function bubble(message) {
  const foot = element('span', { class: 'bubble-foot' }, shortTime(message.at));
  if (message.direction === 'out') foot.append(ticks(message.status));
  const words = element('p', { class: 'bubble-text', dir: 'auto' }, message.text);
  const body = element('div', { class: 'bubble' }, words, foot);
  if (message.kind === 'template')
    body.prepend(element('span', { class: 'bubble-mark' }, texts.templateMark));
  return element('li', { class: `message ${message.direction}`, 'data-status': message.status }, body);
}

/** One tick: at WhatsApp. Two: delivered. Two blue ones: read. @param {PhoneMessage['status']} status */
function ticks(status) {
  return element(
    'span',
    { class: `ticks ${status}`, role: 'img', 'aria-label': texts.tick[status], title: texts.tick[status] },
    status === 'sent' ? '✓' : '✓✓',
  );
}

/**
 * The dialog that adds a pretend person.
 *
 * @param {(person: Person) => void} onAdded
 */
export function createPersonDialog(onAdded) {
  const dialog = byId('person-dialog', HTMLDialogElement);
  const form = byId('person-form', HTMLFormElement);
  const name = byId('new-name', HTMLInputElement);
  const number = byId('new-number', HTMLInputElement);
  const problem = byId('person-problem', HTMLElement);

  byId('add-person', HTMLButtonElement).addEventListener('click', () => {
    form.reset();
    showProblem(problem, null);
    dialog.showModal();
    name.focus();
  });
  byId('person-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await ask('/sandbox/people', { name: name.value, number: number.value });
    showProblem(problem, answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    dialog.close();
    onAdded(answer.body);
  });
}
