// @ts-check
import { byId, element } from './dom.js';

/**
 * What comes up at the bottom of the phone in the place of the message box: menus, lists, small forms. Escape
 * closes it, and whoever opened it has the focus of the keyboard again.
 */
export function createSheet() {
  const sheet = byId('sheet', HTMLElement);
  const title = byId('sheet-title', HTMLElement);
  const body = byId('sheet-body', HTMLElement);
  const compose = byId('compose', HTMLElement);
  /** @type {HTMLElement | null} */
  let opener = null;

  const close = () => {
    if (sheet.hidden) return;
    sheet.hidden = true;
    compose.hidden = false;
    body.replaceChildren();
    const back = opener?.isConnected === true ? opener : byId('compose-text', HTMLInputElement);
    opener = null;
    back.focus();
  };

  byId('sheet-close', HTMLButtonElement).addEventListener('click', close);
  sheet.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });

  return {
    close,
    /**
     * @param {string} words its title
     * @param {(Node | string)[]} content
     */
    open(words, content) {
      if (sheet.hidden && document.activeElement instanceof HTMLElement) opener = document.activeElement;
      title.textContent = words;
      body.replaceChildren(...content);
      sheet.hidden = false;
      compose.hidden = true;
      const first = body.querySelector('button, input, a');
      if (first instanceof HTMLElement) first.focus();
      sheet.scrollTop = 0;
    },
  };
}

/**
 * One line of a menu.
 *
 * @param {string} sign an emoji or letter beside the words
 * @param {string} words
 * @param {() => void} onChoose
 * @param {string | null} [more] a second, quieter line
 */
export function sheetRow(sign, words, onChoose, more = null) {
  const row = element(
    'button',
    { type: 'button', class: 'sheet-row' },
    element('span', { class: 'sheet-sign', 'aria-hidden': 'true' }, sign),
    element(
      'span',
      { class: 'sheet-words', dir: 'auto' },
      words,
      ...(more === null ? [] : [element('span', { class: 'sheet-more' }, more)]),
    ),
  );
  row.addEventListener('click', onChoose);
  return row;
}

/**
 * A small form with text fields and one button.
 *
 * @param {{ fields: { name: string, label: string, value?: string, inputmode?: string, required?: boolean }[], button: string, onDone: (values: Record<string, string>) => void }} options
 */
export function sheetForm({ fields, button, onDone }) {
  const form = element(
    'form',
    { class: 'form sheet-form' },
    ...fields.map(({ name, label, value = '', inputmode = 'text', required = true }) => {
      const id = `sheet-${name}`;
      const input = element('input', { id, name, inputmode, autocomplete: 'off', required });
      input.value = value;
      return element('div', { class: 'field' }, element('label', { for: id }, label), input);
    }),
    element('button', { type: 'submit', class: 'chip' }, button),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onDone(
      Object.fromEntries(
        Array.from(new FormData(form), ([name, value]) => [
          name,
          typeof value === 'string' ? value.trim() : '',
        ]),
      ),
    );
  });
  return form;
}
