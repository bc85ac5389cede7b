import { type GraphProblem, problem } from '../graph/graph-error.ts';
import type { PhoneChoice, PhoneHeader, TemplateContent } from '../people/phone-content.ts';
import type { GivenComponent, GivenParameter } from './given-component.ts';
import { fillPlaceholders, placeholdersOf } from './placeholders.ts';
import type { MessageTemplate } from './template.ts';
import type { TemplateButton, TemplateHeader } from './template-parts.ts';

/** What the person sees, or why the values do not fit the template. */
export type Filling = { ok: true; content: TemplateContent } | { ok: false; refusal: GraphProblem };

type Part<Filled> = { filled: Filled } | { refusal: GraphProblem };

/**
 * Fills a template with the values of a send: 132000 for their number, 132012 for their kind, 132005 for words that
 * become too long (meta-facts §5).
 *
 * @param longest how many characters the body may have once it is filled
 */
export function fillTemplate(
  template: MessageTemplate,
  given: readonly GivenComponent[],
  longest: number,
): Filling {
  const { parts } = template;
  const valuesOf = (type: 'header' | 'body') =>
    given.filter((component) => component.type === type).flatMap(({ parameters }) => parameters);

  const header = fillHeader(parts.header, valuesOf('header'));
  if ('refusal' in header) return { ok: false, ...header };
  const body = fillText('body', parts.body, valuesOf('body'));
  if ('refusal' in body) return { ok: false, ...body };
  if ([...body.filled].length > longest) {
    const sentence = `The body has more than ${longest} characters once its parameters are filled in.`;
    return { ok: false, refusal: problem(132005, sentence) };
  }
  const choices = fillButtons(
    parts.buttons,
    given.filter(({ type }) => type === 'button'),
  );
  if ('refusal' in choices) return { ok: false, ...choices };
  return {
    ok: true,
    content: {
      kind: 'template',
      name: template.name,
      language: template.language,
      header: header.filled,
      body: body.filled,
      footer: parts.footer,
      choices: choices.filled,
    },
  };
}

function fillHeader(
  header: TemplateHeader | null,
  given: readonly GivenParameter[],
): Part<PhoneHeader | null> {
  if (header === null) {
    return given.length === 0 ? { filled: null } : { refusal: wrongNumber('header', given.length, 0) };
  }
  if (header.format === 'TEXT') {
    const text = fillText('header', header.text, given);
    return 'refusal' in text ? text : { filled: { kind: 'text', text: text.filled } };
  }
  const [value, ...more] = given;
  const expected = header.format.toLowerCase();
  if (value === undefined || more.length > 0) {
    return { refusal: wrongKind(`header: expected one parameter of the type ${expected}`) };
  }
  if (value.kind === 'header' && value.header.kind === expected) return { filled: value.header };
  return { refusal: wrongKind(`header: Format mismatch, expected ${header.format}`) };
}

function fillText(where: string, text: string, given: readonly GivenParameter[]): Part<string> {
  const names = placeholdersOf(text);
  if (given.length !== names.length) return { refusal: wrongNumber(where, given.length, names.length) };
  const values = new Map<string, string>();
  const named = names.some((name) => !/^\d+$/.test(name));
  for (const [index, value] of given.entries()) {
    if (value.kind !== 'text') return { refusal: wrongKind(`${where}: a parameter is no text`) };
    const name = named ? value.name : String(index + 1);
    if (name === null || !names.includes(name)) {
      return { refusal: wrongKind(`${where}: expected parameter_name to be one of ${names.join(', ')}`) };
    }
    values.set(name, value.text);
  }
  if (values.size < names.length) return { refusal: wrongKind(`${where}: a parameter_name was given twice`) };
  return { filled: fillPlaceholders(text, values) };
}

function fillButtons(
  buttons: readonly TemplateButton[],
  given: readonly GivenComponent[],
): Part<PhoneChoice[]> {
  const stray = given.find(({ index }) => index !== null && index >= buttons.length);
  if (stray !== undefined) {
    return { refusal: wrongNumber('button', stray.parameters.length, 0) };
  }
  const choices: PhoneChoice[] = [];
  for (const [index, button] of buttons.entries()) {
    const component = given.find((candidate) => candidate.index === index) ?? null;
    const choice = fillButton(button, index, component);
    if ('refusal' in choice) return choice;
    choices.push(choice.filled);
  }
  return { filled: choices };
}

/** The word by which a send names a button. One-time passwords are sent like an address's ending. */
const subTypes: Readonly<Record<TemplateButton['type'], string>> = {
  QUICK_REPLY: 'quick_reply',
  URL: 'url',
  PHONE_NUMBER: 'phone_number',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  OTP: 'url',
};

function fillButton(button: TemplateButton, index: number, given: GivenComponent | null): Part<PhoneChoice> {
  const where = `button at index ${index}`;
  const values = given?.parameters ?? [];
  if (given !== null && given.subType !== subTypes[button.type]) {
    return { refusal: wrongKind(`${where}: expected sub_type ${subTypes[button.type]}`) };
  }
  switch (button.type) {
    case 'QUICK_REPLY': {
      const [value, ...more] = values;
      if (more.length > 0) return { refusal: wrongNumber(where, values.length, 1) };
      if (value !== undefined && value.kind !== 'payload') {
        return { refusal: wrongKind(`${where}: expected a parameter of the type payload`) };
      }
      const payload = value?.payload ?? button.text;
      return { filled: { kind: 'quick-reply', text: button.text, payload } };
    }
    case 'URL': {
      const url = fillText(where, button.url, withoutNames(values));
      return 'refusal' in url ? url : { filled: { kind: 'link', text: button.text, url: url.filled } };
    }
    case 'OTP': {
      const code = fillText(where, '{{1}}', withoutNames(values));
      return 'refusal' in code ? code : { filled: { kind: 'link', text: button.text, url: null } };
    }
    case 'COPY_CODE': {
      if (values.length !== 1) return { refusal: wrongNumber(where, values.length, 1) };
      if (values[0]?.kind === 'coupon') return { filled: { kind: 'link', text: 'Copy code', url: null } };
      return { refusal: wrongKind(`${where}: expected a parameter of the type coupon_code`) };
    }
    case 'FLOW':
      if (values.every(({ kind }) => kind === 'action')) {
        return { filled: { kind: 'link', text: button.text, url: null } };
      }
      return { refusal: wrongKind(`${where}: expected a parameter of the type action`) };
    case 'PHONE_NUMBER':
      if (values.length > 0) return { refusal: wrongNumber(where, values.length, 0) };
      return { filled: { kind: 'link', text: button.text, url: `tel:${button.phoneNumber}` } };
  }
}

/** The one placeholder of an address is not named. */
function withoutNames(values: readonly GivenParameter[]): GivenParameter[] {
  return values.map((value) => (value.kind === 'text' ? { ...value, name: '1' } : value));
}

function wrongNumber(where: string, found: number, expected: number): GraphProblem {
  return problem(
    132000,
    `${where}: number of localizable_params (${found}) does not match the expected number of params (${expected})`,
  );
}

function wrongKind(sentence: string): GraphProblem {
  return problem(132012, `${sentence}.`);
}
