// @ts-check
import { element } from './dom.js';
import { sheetRow } from './sheet.js';
import { texts } from './texts.js';
import { webAddress } from './web-address.js';

/** @import { PhoneChoice, PhoneContent } from '../../simulator/people/phone-content.ts' */
/** @import { PhoneMessage } from './gateway.js' */

/**
 * What can be tapped under a message of the business.
 *
 * @param {PhoneMessage} message
 * @param {{ tap: (messageId: string, choice: string) => void, openSheet: (title: string, content: Node[]) => void }} phone
 * @returns {HTMLElement[]}
 */
export function drawChoices({ id, content }, { tap, openSheet }) {
  const choices = 'choices' in content ? content.choices : [];
  const rows = choices.filter((choice) => choice.kind === 'row');
  const buttons = choices
    .filter((choice) => choice.kind !== 'row')
    .map((choice) =>
      choice.kind === 'link' ? link(choice) : tapped(choice, () => tap(id, meantBy(choice))),
    );
  if (rows.length > 0) {
    const label = listLabel(content);
    const open = () =>
      openSheet(
        label,
        rows.map((row) => sheetRow('○', row.title, () => tap(id, row.id), row.description)),
      );
    buttons.push(button(`☰ ${label}`, open));
  }
  return buttons.length === 0 ? [] : [element('div', { class: 'choices' }, ...buttons)];
}

/** @param {PhoneContent} content */
function listLabel(content) {
  return content.kind === 'interactive' && content.button !== null ? content.button : texts.listButton;
}

/** By what the simulator knows it. @param {Exclude<PhoneChoice, { kind: 'link' | 'row' }>} choice */
function meantBy(choice) {
  return choice.kind === 'quick-reply' ? choice.payload : choice.id;
}

/** @param {Exclude<PhoneChoice, { kind: 'link' | 'row' }>} choice @param {() => void} onTap */
function tapped(choice, onTap) {
  return button(choice.kind === 'quick-reply' ? choice.text : choice.title, onTap);
}

/** @param {string} words @param {() => void} onTap */
function button(words, onTap) {
  const made = element('button', { type: 'button', class: 'choice', dir: 'auto' }, words);
  made.addEventListener('click', onTap);
  return made;
}

/** @param {Extract<PhoneChoice, { kind: 'link' }>} choice */
function link({ text, url }) {
  const address = webAddress(url);
  const words = `↗ ${text}`;
  if (address === null) {
    return element('span', { class: 'choice shut', dir: 'auto', title: url ?? texts.linkShut }, words);
  }
  const attributes = { href: address, title: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', { class: 'choice', dir: 'auto', ...attributes }, words);
}
