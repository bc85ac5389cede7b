// @ts-check
import { curlCommand, feedCommand, recadoCommand } from './commands.js';
import { byId, copyButton, element } from './dom.js';
import { texts } from './texts.js';

/** @import { Setup } from './gateway.js' */

/**
 * The commands that do the same as the page.
 *
 * @param {{ setup: Setup, requested: () => Record<string, any> }} options `requested` is what the box would send now
 */
export function createTerminal({ setup, requested }) {
  const place = byId('command', HTMLElement);
  const tabs = Array.from(document.querySelectorAll('.tabs button'));
  const code = element('code');
  let chosen = 'recado';

  const command = () => {
    if (chosen === 'feed') return feedCommand(setup);
    return chosen === 'curl' ? curlCommand(setup, requested()) : recadoCommand(requested());
  };
  const draw = () => {
    const current = command();
    if (code.textContent !== current) code.textContent = current;
  };

  for (const tab of tabs) {
    tab.addEventListener('click', () => {
      chosen = tab.getAttribute('data-command') ?? chosen;
      for (const one of tabs) one.setAttribute('aria-pressed', String(one === tab));
      draw();
    });
  }
  place.append(element('pre', { tabindex: '0' }, code), copyButton(texts.copy, command));

  return { draw };
}
