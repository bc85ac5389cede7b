// @ts-check
import { createChat } from './chat.js';
import { byId, showProblem } from './dom.js';
import { elapsed, remaining, shorten } from './format.js';
import { ask } from './gateway.js';
import { createPeopleList, unreadOf } from './people-list.js';
import { openAttachments, openMessage, openPersonMenu } from './phone-menus.js';
import { createSheet } from './sheet.js';
import { onSimulatedTime, simulatedNow } from './simulated-time.js';
import { texts } from './texts.js';

/** @import { Person, PhoneMessage, Setup } from './gateway.js' */

/**
 * The pretend phone: choose whose it is, and do with it what people do.
 *
 * @param {{ setup: Setup, onPeople: () => void }} options
 */
export function createPhone({ setup, onPeople }) {
  const personName = byId('person-name', HTMLElement);
  const personNumber = byId('person-number', HTMLElement);
  const online = byId('online', HTMLButtonElement);
  const windowBadge = byId('window', HTMLElement);
  const chatEmpty = byId('chat-empty', HTMLElement);
  const unread = byId('unread', HTMLElement);
  const unreadCount = byId('unread-count', HTMLElement);
  const note = byId('phone-note', HTMLElement);
  const compose = byId('compose', HTMLFormElement);
  const composeText = byId('compose-text', HTMLInputElement);
  const attach = byId('attach', HTMLButtonElement);
  const answering = byId('answering', HTMLElement);
  const answeringWords = byId('answering-words', HTMLElement);
  const problem = byId('phone-problem', HTMLElement);

  /** @type {Map<string, Person>} */
  const people = new Map();
  /** @type {string | null} */
  let chosen = null;
  /** @type {string | null} */
  let replyTo = null;

  byId('business-name', HTMLElement).textContent = setup.business.name;
  byId('business-number', HTMLElement).textContent = setup.business.number;

  const person = () => (chosen === null ? undefined : people.get(chosen));

  const act = async (/** @type {string} */ verb, /** @type {object} */ body) => {
    const shown = person();
    if (shown === undefined) return false;
    const answer = await ask(`/sandbox/people/${encodeURIComponent(shown.waId)}/${verb}`, body);
    showProblem(problem, answer.ok ? null : answer.problem);
    return answer.ok;
  };
  /** A message, which answers the one that was chosen for it. */
  const send = async (/** @type {string} */ verb, /** @type {object} */ body) => {
    const around = replyTo === null ? {} : { replyTo };
    chat.toEnd();
    const sent = await act(verb, { ...body, ...around });
    if (sent) answer(null);
    return sent;
  };
  const answer = (/** @type {PhoneMessage | null} */ message) => {
    replyTo = message?.id ?? null;
    answering.hidden = message === null;
    answeringWords.textContent = message === null ? '' : texts.answering(shorten(message.text, 60));
    if (message !== null) composeText.focus();
  };

  const sheet = createSheet();
  const inHand = {
    person,
    act,
    send,
    sheet,
    answer,
    takeCaption() {
      const caption = composeText.value.trim();
      composeText.value = '';
      return caption === '' ? {} : { caption };
    },
    movedTo: (/** @type {string} */ digits) => choose(digits),
  };
  const chat = createChat({
    business: setup.business.name,
    acts: {
      tap(messageId, choice) {
        sheet.close();
        chat.toEnd();
        void act('taps', { messageId, choice });
      },
      openSheet: sheet.open,
      openMessage: (message) => openMessage(inHand, message),
      played: ({ id }) => void act('plays', { messageId: id }),
    },
  });
  const peopleList = createPeopleList((waId) => choose(waId));

  const choose = (/** @type {string} */ waId) => {
    if (chosen !== waId) {
      sheet.close();
      chat.clear();
      answer(null);
      composeText.value = '';
      showProblem(problem, null);
    }
    chosen = waId;
    draw();
    chat.toEnd();
  };

  const draw = () => {
    peopleList.draw(Array.from(people.values()), chosen);
    const shown = person();
    if (shown === undefined) return;
    personName.textContent = shown.name;
    personNumber.textContent =
      shown.username === null ? shown.number : `@${shown.username} · ${shown.number}`;
    online.setAttribute('aria-checked', String(shown.online));
    drawNote(shown);
    composeText.disabled = !shown.online;
    attach.disabled = !shown.online;
    composeText.placeholder = shown.online ? texts.composePlaceholder : texts.composePlaceholderOffline;
    chatEmpty.hidden = shown.messages.length > 0 || !shown.online;
    const news = unreadOf(shown);
    unread.hidden = news === 0 || !shown.online;
    unreadCount.textContent = texts.unread(news);
    drawWindow();
    chat.draw(shown);
  };

  const drawNote = (/** @type {Person} */ shown) => {
    const words = shown.online
      ? shown.blocked
        ? texts.blockedNote(shown.name)
        : ''
      : texts.offlineNote(shown.name);
    note.hidden = words === '';
    note.textContent = words;
  };

  const drawWindow = () => {
    const shown = person();
    if (shown === undefined) return;
    const { closesAt } = shown.window;
    const left = closesAt === null ? 0 : closesAt - simulatedNow();
    const state = closesAt === null ? 'never' : left > 0 ? 'open' : 'closed';
    const words =
      closesAt === null
        ? texts.windowBadge.never(shown.name)
        : left > 0
          ? texts.windowBadge.open(remaining(left))
          : texts.windowBadge.closed(elapsed(-left));
    windowBadge.dataset.state = state;
    if (windowBadge.textContent !== words) windowBadge.textContent = words;
  };

  compose.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = composeText.value;
    composeText.value = '';
    // Not sent: give the words back, unless something new is there already.
    const sent = text.trim() !== '' && (await send('messages', { text }));
    if (!sent && composeText.value === '') composeText.value = text;
    composeText.focus();
  });
  byId('say-hi', HTMLButtonElement).addEventListener('click', () => {
    void send('messages', { text: 'Hi' });
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
  attach.addEventListener('click', () => openAttachments(inHand));
  byId('person-menu', HTMLButtonElement).addEventListener('click', () => openPersonMenu(inHand));
  byId('answering-close', HTMLButtonElement).addEventListener('click', () => {
    answer(null);
    composeText.focus();
  });
  onSimulatedTime(drawWindow);
  setInterval(drawWindow, 1_000);

  return {
    /** @param {Person[]} everybody */
    setPeople(everybody) {
      people.clear();
      for (const one of everybody) people.set(one.waId, one);
      if (person() === undefined) {
        chosen = null;
        const first = everybody[0];
        if (first !== undefined) choose(first.waId);
      }
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
