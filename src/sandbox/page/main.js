// @ts-check
import { createClock } from './clock.js';
import { contactName, createContacts } from './contacts.js';
import { byId } from './dom.js';
import { createFeed } from './feed.js';
import { ask, follow, reopen } from './gateway.js';
import { createNotify } from './notify.js';
import { createPersonDialog } from './person-dialog.js';
import { createPhone } from './phone.js';
import { setSimulatedTime, simulatedNow } from './simulated-time.js';
import { createStories } from './story.js';
import { createTerminal } from './terminal.js';
import { texts } from './texts.js';

/** @import { Setup } from './gateway.js' */

// Beside the dashboard, the phone stands alone.
if (location.pathname === '/sandbox/phone') document.body.dataset.alone = 'phone';

const connection = byId('connection', HTMLElement);
showConnection('connecting');
void begin();

async function begin() {
  const answer = await ask('/sandbox/setup');
  if (!answer.ok) {
    showConnection('disconnected');
    setTimeout(begin, 1_000);
    return;
  }
  open(answer.body);
}

/** @param {Setup} setup */
function open(setup) {
  setSimulatedTime(setup.time);
  const opened = simulatedNow();
  createClock();
  const contacts = createContacts({
    list: byId('contacts', HTMLElement),
    empty: byId('contacts-empty', HTMLElement),
    onChoose(contact) {
      notify.choose(contact);
      show('notify');
      byId('text', HTMLTextAreaElement).focus();
    },
    onChange() {
      notify.drawRecipients();
      rename();
    },
  });
  const phone = createPhone({
    setup,
    onPeople() {
      notify.drawRecipients();
      rename();
    },
  });
  const feed = createFeed({ nameOf });
  const stories = createStories({ nameOf });
  const notify = createNotify({
    setup,
    contacts: contacts.all,
    people: phone.people,
    onChange: () => terminal.draw(),
    onSent: stories.reveal,
  });
  createPersonDialog((person) => {
    phone.setPerson(person);
    phone.choose(person.waId);
  });
  const terminal = createTerminal({ setup, requested: notify.requested });
  notify.drawRecipients();

  /** @param {string | null} contactId @param {unknown} number */
  function nameOf(contactId, number) {
    const typed = typeof number === 'string' ? number : '';
    const digits = /^\+?[\d\s().-]+$/.test(typed) ? typed.replace(/\D/g, '') : '';
    const contact = contacts
      .all()
      .find(
        (one) => [contactId, typed].includes(one.id) || one.identifiers.some(({ value }) => value === digits),
      );
    if (contact !== undefined) return contactName(contact);
    const person = phone.people().find((one) => one.waId === digits);
    if (person !== undefined) return person.name;
    if (digits !== '') return `+${digits}`;
    return typed === '' ? texts.says.somebody : typed;
  }

  function rename() {
    feed.rename();
    stories.rename();
  }

  const streams = { phones: false, events: false };
  const state = (/** @type {'phones' | 'events'} */ which) => (/** @type {boolean} */ isOpen) => {
    streams[which] = isOpen;
    showConnection(streams.phones && streams.events ? 'connected' : 'disconnected');
  };

  follow({
    address: () => '/sandbox/stream',
    kinds: ['snapshot', 'person', 'time'],
    onState: state('phones'),
    onEvent(kind, json) {
      const data = JSON.parse(json);
      if (kind === 'person') return phone.setPerson(data);
      if (kind === 'time') {
        setSimulatedTime(data);
        // The dashboard counts down windows, too.
        new BroadcastChannel('recado-time').postMessage(null);
        return;
      }
      if (data.runId !== setup.runId) return reopen();
      setSimulatedTime(data.time);
      phone.setPeople(data.people);
    },
  });

  let last = setup.feedStart;
  follow({
    address: () => `/v1/events/stream?after=${encodeURIComponent(last)}`,
    kinds: setup.eventKinds,
    onState: state('events'),
    onEvent(_kind, json, id) {
      last = id;
      const event = JSON.parse(json);
      feed.add(event);
      stories.add(event);
      if (event.kind !== 'status') contacts.refreshSoon();
      if (Date.parse(event.receivedAt) < opened) return;
      markNews('feed');
      if (event.kind === 'notification') markNews('notify');
    },
  });
  void contacts.refresh();
}

/** On a small screen one part is shown at a time; the others say when something happened there. */
const board = byId('board', HTMLElement);
const views = Array.from(document.querySelectorAll('.views button'));
for (const view of views) {
  view.addEventListener('click', () => show(view.getAttribute('data-view') ?? 'phone'));
}

/** @param {string} name */
function show(name) {
  board.dataset.shown = name;
  for (const view of views) {
    const isShown = view.getAttribute('data-view') === name;
    view.setAttribute('aria-pressed', String(isShown));
    if (isShown) view.classList.remove('news');
  }
}

/** @param {string} name */
function markNews(name) {
  if (board.dataset.shown === name) return;
  for (const view of views) if (view.getAttribute('data-view') === name) view.classList.add('news');
}

/** @param {'connecting' | 'connected' | 'disconnected'} state */
function showConnection(state) {
  connection.dataset.state = state;
  connection.textContent = texts.connection[state];
}
