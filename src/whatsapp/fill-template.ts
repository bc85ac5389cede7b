import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import {
  fillPlaceholders,
  placeholdersOf,
  type TemplateButton,
  type TemplateDefinition,
  type TemplateHeader,
} from '../domain/template.ts';

/** A template as the person will see it. */
type FilledTemplate = {
  /** The words above, or the kind of the file above in brackets; null for nothing. */
  header: string | null;
  body: string;
  footer: string | null;
  buttons: { text: string | null; url: string | null }[];
};

/** What values make of a template, or what is wrong with them: a clause with both numbers or both kinds. */
export type Filling = { ok: true; filled: FilledTemplate } | { ok: false; mistake: string };

type Part<Value> = { value: Value } | { mistake: string };

/** The longest body that Meta takes once it is filled in, in characters (Meta's page of templates; #132005). */
const BODY_MAX_LENGTH = 1024;

/**
 * Fills a template with the `components` of a send, as Meta compares them (meta-facts §5, rows 132000, 132005 and
 * 132012): so a mistake is known before anything is sent.
 */
export function fillTemplate(template: TemplateDefinition, components: readonly JsonObject[]): Filling {
  const given = components.map(readComponent);
  const valuesOf = (type: string) =>
    given.filter((component) => component.type === type).flatMap(({ parameters }) => parameters);
  const header = fillHeader(template.header, valuesOf('header'), template.named);
  if ('mistake' in header) return { ok: false, ...header };
  const body = fillText('the body', template.body, valuesOf('body'), template.named);
  if ('mistake' in body) return { ok: false, ...body };
  const length = [...body.value].length;
  if (length > BODY_MAX_LENGTH) {
    const mistake = `the body would have ${length} characters with these values, and may have ${BODY_MAX_LENGTH}`;
    return { ok: false, mistake };
  }
  const buttons = fillButtons(
    template.buttons,
    given.filter(({ type }) => type === 'button'),
  );
  if ('mistake' in buttons) return { ok: false, ...buttons };
  const { footer } = template;
  return {
    ok: true,
    filled: { header: header.value, body: body.value, footer, buttons: buttons.value },
  };
}

type Given = { type: string; subType: string; index: number | null; parameters: JsonObject[] };

function readComponent(component: JsonObject): Given {
  const { type, sub_type: subType, index, parameters } = component;
  return {
    type: typeof type === 'string' ? type.toLowerCase() : '',
    subType: typeof subType === 'string' ? subType.toLowerCase() : '',
    index: index === undefined ? null : Number(index),
    parameters: Array.isArray(parameters) ? parameters.filter(isJsonObject) : [],
  };
}

function fillHeader(
  header: TemplateHeader | null,
  given: readonly JsonObject[],
  named: boolean,
): Part<string | null> {
  if (header === null) {
    return given.length === 0
      ? { value: null }
      : { mistake: 'it has no header, and a value for one was given' };
  }
  if (header.format === 'text') return fillText('the header', header.text, given, named);
  const kinds = given.map(({ type }) => type);
  if (kinds.length === 1 && kinds[0] === header.format) return { value: `[${header.format}]` };
  const found = kinds.length === 0 ? 'none' : kinds.map(String).join(', ');
  return { mistake: `its header needs one value of the kind ${header.format}, and ${found} was given` };
}

const textKinds: ReadonlySet<Json | undefined> = new Set(['text', 'currency', 'date_time']);

function fillText(where: string, text: string, given: readonly JsonObject[], named: boolean): Part<string> {
  const names = placeholdersOf(text);
  if (given.length !== names.length) return { mistake: wrongNumber(where, names, given.length) };
  const values = new Map<string, string>();
  for (const [index, parameter] of given.entries()) {
    if (!textKinds.has(parameter.type)) {
      return {
        mistake: `${where} takes texts, and a value of the kind ${String(parameter.type)} was given`,
      };
    }
    const name = named ? parameter.parameter_name : (names[index] ?? '');
    if (typeof name !== 'string' || !names.includes(name)) {
      const found = typeof name === 'string' ? `${name} was given` : 'one was given without a name';
      return { mistake: `the placeholders of ${where} are ${listed(names)}, and ${found}` };
    }
    values.set(name, shownValue(parameter));
  }
  if (values.size < names.length) {
    return { mistake: `${where} has ${listed(names)}, and one of them was given twice` };
  }
  return { value: fillPlaceholders(text, values) };
}

function shownValue(parameter: JsonObject): string {
  if (typeof parameter.text === 'string') return parameter.text;
  const worded = parameter.currency ?? parameter.date_time;
  return isJsonObject(worded) && typeof worded.fallback_value === 'string' ? worded.fallback_value : '';
}

/** The word by which a send names a button; a one-time password goes like the end of an address. */
const subTypes: Readonly<Record<TemplateButton['kind'], string>> = {
  'quick-reply': 'quick_reply',
  url: 'url',
  'phone-number': 'phone_number',
  'copy-code': 'copy_code',
  flow: 'flow',
  'one-time-password': 'url',
  other: '',
};

function fillButtons(
  buttons: readonly TemplateButton[],
  given: readonly Given[],
): Part<FilledTemplate['buttons']> {
  const stray = given.find(({ index }) => index === null || !(index < buttons.length));
  if (stray !== undefined) {
    return { mistake: `it has ${buttons.length} buttons, and a value for button ${stray.index} was given` };
  }
  const filled: FilledTemplate['buttons'] = [];
  for (const [index, button] of buttons.entries()) {
    const part = fillButton(button, index, given.find((candidate) => candidate.index === index) ?? null);
    if ('mistake' in part) return part;
    filled.push({ text: button.text, url: part.value });
  }
  return { value: filled };
}

function fillButton(button: TemplateButton, index: number, given: Given | null): Part<string | null> {
  const where = `button ${index}`;
  const values = given?.parameters ?? [];
  const wanted = subTypes[button.kind];
  if (given !== null && wanted !== '' && given.subType !== wanted) {
    return { mistake: `${where} is a ${wanted}, and a ${given.subType} was given` };
  }
  switch (button.kind) {
    case 'url':
    case 'one-time-password':
      return fillText(where, button.kind === 'url' ? (button.url ?? '') : '{{1}}', values, false);
    case 'copy-code':
      return values.length === 1 && values[0]?.type === 'coupon_code'
        ? { value: null }
        : { mistake: `${where} needs the code that it copies` };
    case 'quick-reply':
      return values.length <= 1 && values.every(({ type }) => type === 'payload')
        ? { value: null }
        : { mistake: `${where} takes one payload at most` };
    case 'flow':
      return values.every(({ type }) => type === 'action')
        ? { value: null }
        : { mistake: `${where} opens a Flow and takes what it begins with alone` };
    case 'phone-number':
      return values.length === 0
        ? { value: null }
        : { mistake: `${where} dials a number and takes no value` };
    case 'other':
      return { value: null };
  }
}

function wrongNumber(where: string, names: readonly string[], found: number): string {
  const values = found === 1 ? '1 value was given' : `${found} values were given`;
  if (names.length === 0) return `${where} has no placeholders, and ${values}`;
  const count = names.length === 1 ? '1 placeholder' : `${names.length} placeholders`;
  return `${where} has ${count} (${listed(names)}), and ${values}`;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join(', ');
}
