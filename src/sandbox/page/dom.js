// @ts-check
import { texts } from './texts.js';

/**
 * The element with this id, of this kind.
 *
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} #${id}.`);
}

/**
 * A new element. Text goes in as text: nothing that somebody wrote can become markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} attributes a `true` one is set empty, a `false` one left out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/**
 * A sentence whose `words in backticks` are code.
 *
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function sentence(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

/**
 * Shows a problem in its place, or hides that place.
 *
 * @param {HTMLElement} place
 * @param {{ title: string, detail?: string, remedy?: string } | null} problem
 */
export function showProblem(place, problem) {
  place.hidden = problem === null;
  if (problem === null) return place.replaceChildren();
  place.replaceChildren(
    element('strong', {}, problem.title),
    ...[problem.detail, problem.remedy]
      .filter((line) => line !== undefined && line !== '')
      .map((line) => element('span', {}, ...sentence(line ?? ''))),
  );
}

/**
 * Puts other elements in a list. Whoever had the focus of the keyboard keeps it, by `data-key`.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement[]} elements
 */
export function replaceAll(list, elements) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.closest('[data-key]')?.getAttribute('data-key');
  list.replaceChildren(...elements);
  const again = Array.from(list.querySelectorAll('[data-key]')).find(
    (candidate) => candidate.getAttribute('data-key') === key,
  );
  if (again instanceof HTMLElement && focused !== null) again.focus();
}

/**
 * Lets something new come in gently.
 *
 * @template {HTMLElement} Kind
 * @param {Kind} fresh
 * @returns {Kind}
 */
export function arriving(fresh) {
  fresh.classList.add('arriving');
  fresh.addEventListener('animationend', () => fresh.classList.remove('arriving'), { once: true });
  return fresh;
}

/**
 * A button that copies.
 *
 * @param {string} label
 * @param {() => string} content
 */
export function copyButton(label, content) {
  const button = element('button', { type: 'button', class: 'copy' }, label);
  button.addEventListener('click', async () => {
    await copy(content(), button);
    button.textContent = texts.copied;
    button.classList.add('done');
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove('done');
    }, 1_500);
  });
  return button;
}

/**
 * The clipboard exists only on https and loopback; elsewhere the old way still works.
 *
 * @param {string} content
 * @param {HTMLElement} beside
 */
async function copy(content, beside) {
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    const area = element('textarea', { class: 'spoken', 'aria-hidden': 'true' });
    area.value = content;
    beside.after(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    beside.focus();
  }
}
