// @ts-check
import { contactName, windowLeft } from './contacts.js';
import { byId, element, showProblem } from './dom.js';
import { remaining } from './format.js';
import { ask, freshKey } from './gateway.js';
import { onSimulatedTime } from './simulated-time.js';
import { texts } from './texts.js';

/** @import { Contact, Person, Setup, Template } from './gateway.js' */

const otherNumber = 'other';

/**
 * The box that asks for a notification.
 *
 * @param {{ setup: Setup, contacts: () => Contact[], people: () => Person[], onChange: () => void, onSent: (id: string) => void }} options
 */
export function createNotify({ setup, contacts, people, onChange, onSent }) {
  const form = byId('notify', HTMLFormElement);
  const recipient = byId('recipient', HTMLSelectElement);
  const other = byId('other-number', HTMLInputElement);
  const recipientHint = byId('recipient-hint', HTMLElement);
  const textFields = byId('text-fields', HTMLElement);
  const templateFields = byId('template-fields', HTMLElement);
  const text = byId('text', HTMLTextAreaElement);
  const textLength = byId('text-length', HTMLElement);
  const fallback = byId('fallback', HTMLInputElement);
  const template = byId('template', HTMLSelectElement);
  const parameters = byId('parameters', HTMLElement);
  const problem = byId('notify-problem', HTMLElement);
  const submit = form.querySelector('button[type=submit]');

  /** A template without parameters can stand in for any text. */
  const fallbackTemplate = setup.templates.find((one) => one.bodyParameters === 0);
  const choices = [
    ...setup.templates,
    { name: 'one_that_does_not_exist', language: 'en_US', bodyParameters: 0 },
  ];
  let recipientChosen = false;
  let drawnRecipients = '';

  text.value = texts.sendTextExample;
  byId('fallback-name', HTMLElement).textContent = fallbackTemplate?.name ?? '';
  fallback.closest('label')?.toggleAttribute('hidden', fallbackTemplate === undefined);
  template.append(
    ...choices.map((one, index) =>
      element(
        'option',
        { value: String(index) },
        index < setup.templates.length ? `${one.name} (${one.language})` : texts.templateMissing,
      ),
    ),
  );

  const chosenTemplate = () => choices[Number(template.value)] ?? choices[0];
  const contentKind = () => (new FormData(form).get('content') === 'template' ? 'template' : 'text');
  const recipientText = () => (recipient.value === otherNumber ? other.value.trim() : recipient.value);

  /** Everybody who can be chosen: contacts, and pretend people who are none yet. */
  const recipients = () => {
    const everybody = people();
    const known = contacts().map((contact) => {
      const person = everybody.find(({ waId }) => waId === contact.waId);
      const number = person?.number ?? (contact.waId === null ? '' : `+${contact.waId}`);
      return { to: contact.waId ?? contact.id, name: contactName(contact), number, contact };
    });
    const strangers = everybody
      .filter((person) => !known.some((one) => one.to === person.waId))
      .map(({ waId, name, number }) => ({ to: waId, name, number, contact: null }));
    return [...known, ...strangers];
  };

  const drawRecipients = () => {
    const before = recipient.value;
    const all = recipients();
    const signature = JSON.stringify(all.map(({ to, name, number }) => [to, name, number]));
    // An open list would close under the pointer.
    if (signature === drawnRecipients) return draw();
    drawnRecipients = signature;
    recipient.replaceChildren(
      ...all.map(({ to, name, number }) =>
        element('option', { value: to }, number === '' || number === name ? name : `${name} · ${number}`),
      ),
      element('option', { value: otherNumber }, texts.toOther),
    );
    const stays = recipientChosen && (before === otherNumber || all.some(({ to }) => to === before));
    recipient.value = stays ? before : (all[0]?.to ?? otherNumber);
    draw();
  };

  const drawParameters = () => {
    const count = chosenTemplate()?.bodyParameters ?? 0;
    const before = Array.from(parameters.querySelectorAll('input'), (input) => input.value);
    parameters.replaceChildren(
      ...Array.from({ length: count }, (_, index) => {
        const id = `parameter-${index}`;
        const input = element('input', { id, autocomplete: 'off' });
        input.value = before[index] ?? texts.parameterExamples[index] ?? '';
        return element(
          'div',
          { class: 'field' },
          element('label', { for: id }, texts.parameter(index + 1)),
          input,
        );
      }),
    );
  };

  const draw = () => {
    const isText = contentKind() === 'text';
    textFields.hidden = !isText;
    templateFields.hidden = isText;
    other.hidden = recipient.value !== otherNumber;
    recipientHint.textContent = hint();
    textLength.hidden = text.value.length <= setup.textMaxLength * 0.9;
    textLength.textContent = texts.textLength(Array.from(text.value).length, setup.textMaxLength);
    textLength.classList.toggle('over', Array.from(text.value).length > setup.textMaxLength);
    onChange();
  };

  const hint = () => {
    if (recipient.value === otherNumber) return texts.hintOther;
    const contact = recipients().find(({ to }) => to === recipient.value)?.contact ?? null;
    const left = contact === null ? 0 : windowLeft(contact.window);
    if (left > 0) return texts.hintOpen(remaining(left));
    return contact?.wroteIn === true ? texts.hintClosed : texts.hintNever;
  };

  /** The body of POST /v1/notifications, as the form stands. */
  const requested = () => {
    const to = recipientText() === '' ? texts.numberPlaceholder : recipientText();
    if (contentKind() === 'template') return { to, template: wire(chosenTemplate()) };
    const withFallback = fallback.checked && fallbackTemplate !== undefined;
    return { to, text: text.value, ...(withFallback ? { fallback: wire(fallbackTemplate) } : {}) };
  };

  const wire = (/** @type {Template | undefined} */ chosen) => {
    const values = Array.from(parameters.querySelectorAll('input'), (input) => ({
      type: 'text',
      text: input.value,
    }));
    const { name = '', language = '', bodyParameters = 0 } = chosen ?? {};
    if (bodyParameters === 0) return { name, language };
    return { name, language, components: [{ type: 'body', parameters: values.slice(0, bodyParameters) }] };
  };

  const missing = () => {
    if (recipientText() === '') return { place: other, title: texts.problemNoRecipient };
    if (contentKind() === 'text' && text.value.trim() === '')
      return { place: text, title: texts.problemNoText };
    return null;
  };

  form.addEventListener('input', draw);
  form.addEventListener('change', (event) => {
    if (event.target === template) drawParameters();
    if (event.target === recipient) recipientChosen = true;
    if (event.target === recipient && recipient.value === otherNumber) {
      other.hidden = false;
      other.focus();
    }
    showProblem(problem, null);
    draw();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const lacking = missing();
    showProblem(problem, lacking);
    if (lacking !== null) return lacking.place.focus();
    submit?.toggleAttribute('disabled', true);
    const answer = await ask('/v1/notifications', requested(), { 'idempotency-key': freshKey() });
    submit?.toggleAttribute('disabled', false);
    // A refused notification is stored too, and its story tells the reason; everything else is said here.
    const id = answer.ok ? answer.body?.id : answer.problem.notificationId;
    showProblem(problem, answer.ok || id !== undefined ? null : answer.problem);
    if (typeof id === 'string') onSent(id);
  });
  setInterval(draw, 15_000);
  onSimulatedTime(draw);

  drawParameters();

  return {
    drawRecipients,
    requested,
    /** @param {Contact} contact */
    choose(contact) {
      recipientChosen = true;
      recipient.value = contact.waId ?? contact.id;
      draw();
    },
  };
}
