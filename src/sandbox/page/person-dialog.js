// @ts-check
import { byId, element, showProblem } from './dom.js';
import { brazilianSpellings } from './format.js';
import { ask } from './gateway.js';
import { texts } from './texts.js';

/** @import { Person } from './gateway.js' */

/**
 * The dialog that adds a pretend person. Of a Brazilian mobile it asks under which of its two spellings WhatsApp
 * knows the number.
 *
 * @param {(person: Person) => void} onAdded
 */
export function createPersonDialog(onAdded) {
  const dialog = byId('person-dialog', HTMLDialogElement);
  const form = byId('person-form', HTMLFormElement);
  const name = byId('new-name', HTMLInputElement);
  const number = byId('new-number', HTMLInputElement);
  const spellings = byId('spellings', HTMLFieldSetElement);
  const spellingList = byId('spelling-list', HTMLElement);
  const problem = byId('person-problem', HTMLElement);

  const drawSpellings = () => {
    const found = brazilianSpellings(number.value);
    spellings.hidden = found === null;
    if (found === null) return spellingList.replaceChildren();
    const kept = new FormData(form).get('spelling');
    spellingList.replaceChildren(
      ...found.map(({ digits, readable, hasNinth }, index) => {
        const input = element('input', { type: 'radio', name: 'spelling', value: digits });
        input.checked = kept === null ? number.value.replace(/\D/g, '') === digits : kept === digits;
        if (index === 0 && !found.some((one) => one.digits === kept)) input.checked = true;
        return element(
          'label',
          { class: 'check' },
          input,
          element('span', {}, hasNinth ? texts.withNinth(readable) : texts.withoutNinth(readable)),
        );
      }),
    );
  };

  number.addEventListener('input', drawSpellings);
  byId('add-person', HTMLButtonElement).addEventListener('click', () => {
    form.reset();
    drawSpellings();
    showProblem(problem, null);
    dialog.showModal();
    name.focus();
  });
  byId('person-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const spelling = new FormData(form).get('spelling');
    const chosen = typeof spelling === 'string' ? spelling : number.value;
    const answer = await ask('/sandbox/people', { name: name.value, number: chosen });
    showProblem(problem, answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    dialog.close();
    onAdded(answer.body);
  });
}
