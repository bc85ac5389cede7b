import * as z from 'zod';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { type GraphProblem, invalidParameter } from '../graph/graph-error.ts';
import type { TemplateLimits } from '../open-questions.ts';
import { anyObject, atMost, fromOneTo, nonEmpty } from '../send/parameter-forms.ts';
import { parameterProblem } from '../send/parameter-problem.ts';
import type { RefusalCodes } from '../send/refusal-codes.ts';
import { type ParameterFormat, placeholderMistake, placeholdersOf } from './placeholders.ts';
import type { TemplateButton, TemplateHeader, TemplateParts } from './template-parts.ts';

/** Types and formats may be written in either case. */
function withWordsInCapitals(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, word]) => [
      name,
      (name === 'type' || name === 'format') && typeof word === 'string' ? word.toUpperCase() : word,
    ]),
  );
}

/** Words for the reviewers; they change nothing. */
const example = anyObject.optional();

/** The form of a component, with the lengths of the settings. */
function formOf(limits: TemplateLimits) {
  const label = atMost(limits.button);
  const button = z.preprocess(
    withWordsInCapitals,
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('QUICK_REPLY'), text: label }),
      z.strictObject({
        type: z.literal('URL'),
        text: label,
        url: nonEmpty,
        example: z.array(z.string()).optional(),
      }),
      z.strictObject({ type: z.literal('PHONE_NUMBER'), text: label, phone_number: nonEmpty }),
      z.strictObject({
        type: z.literal('COPY_CODE'),
        example: z.union([z.string(), z.array(z.string())]).optional(),
      }),
      z.looseObject({ type: z.literal('FLOW'), text: label }),
      z.looseObject({ type: z.literal('OTP'), text: label.optional() }),
    ]),
  );
  return z.preprocess(
    withWordsInCapitals,
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('HEADER'),
        format: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION']),
        text: atMost(limits.header).optional(),
        example,
      }),
      z.strictObject({
        type: z.literal('BODY'),
        text: atMost(limits.body).optional(),
        add_security_recommendation: z.boolean().optional(),
        example,
      }),
      z.strictObject({
        type: z.literal('FOOTER'),
        text: atMost(limits.footer).optional(),
        code_expiration_minutes: z.int().min(1, 'must be at least 1.').optional(),
      }),
      z.strictObject({ type: z.literal('BUTTONS'), buttons: fromOneTo(limits.buttons, button) }),
    ]),
  );
}

type Component = z.output<ReturnType<typeof formOf>>;
type Header = Extract<Component, { type: 'HEADER' }>;
type Button = Extract<Component, { type: 'BUTTONS' }>['buttons'][number];

/** The words of an authentication template, which Meta writes itself. */
const authenticationWords = {
  body: '{{1}} is your verification code.',
  recommendation: ' For your security, do not share this code.',
};

type Reading = { ok: true; parts: TemplateParts } | { ok: false; refusal: GraphProblem };

/** Reads the `components` of a template that somebody creates or edits (meta-facts §7.2). */
export function readComponents(
  components: Json | undefined,
  format: ParameterFormat,
  questions: RefusalCodes & { templateLimits: TemplateLimits },
): Reading {
  const list = z.array(formOf(questions.templateLimits)).min(1, 'must not be empty.').safeParse(components);
  if (!list.success) {
    return { ok: false, refusal: parameterProblem(list.error, components, ['components'], questions) };
  }
  const parts: TemplateParts = { format, header: null, body: '', footer: null, buttons: [] };
  const seen = new Set<string>();
  for (const component of list.data) {
    if (seen.has(component.type)) return refuse(`has two components of the type ${component.type}.`);
    seen.add(component.type);
    Object.assign(parts, partOf(component));
  }
  if (!seen.has('BODY') || parts.body === '') return refuse('needs a BODY with words.');
  const mistake = mistakeIn(parts);
  return mistake === null ? { ok: true, parts } : refuse(mistake);
}

function refuse(sentence: string): Reading {
  return { ok: false, refusal: invalidParameter(`Param components ${sentence}`) };
}

function partOf(component: Component): Partial<TemplateParts> {
  switch (component.type) {
    case 'HEADER':
      return { header: headerOf(component) };
    case 'BODY': {
      const written = component.text ?? authenticationWords.body;
      const warned = component.add_security_recommendation === true && component.text === undefined;
      return { body: warned ? written + authenticationWords.recommendation : written };
    }
    case 'FOOTER': {
      const minutes = component.code_expiration_minutes;
      const words = minutes === undefined ? null : `This code expires in ${minutes} minutes.`;
      return { footer: component.text ?? words };
    }
    case 'BUTTONS':
      return { buttons: component.buttons.map(buttonOf) };
  }
}

function headerOf({ format, text }: Header): TemplateHeader {
  return format === 'TEXT' ? { format, text: text ?? '' } : { format };
}

function buttonOf(button: Button): TemplateButton {
  switch (button.type) {
    case 'QUICK_REPLY':
    case 'FLOW':
      return { type: button.type, text: button.text };
    case 'URL':
      return { type: 'URL', text: button.text, url: button.url };
    case 'PHONE_NUMBER':
      return { type: 'PHONE_NUMBER', text: button.text, phoneNumber: button.phone_number };
    case 'COPY_CODE':
      return { type: 'COPY_CODE' };
    case 'OTP':
      return { type: 'OTP', text: button.text ?? 'Copy code' };
  }
}

function mistakeIn({ header, body, footer, buttons, format }: TemplateParts): string | null {
  const inBody = placeholderMistake(body, format);
  if (inBody !== null) return `has a BODY that ${inBody}`;
  if (footer !== null && placeholdersOf(footer).length > 0) return 'has a FOOTER with placeholders.';
  if (header?.format === 'TEXT') {
    if (header.text === '') return 'has a HEADER of format TEXT without text.';
    const inHeader = placeholderMistake(header.text, format);
    if (inHeader !== null) return `has a HEADER that ${inHeader}`;
    if (placeholdersOf(header.text).length > 1) return 'has a HEADER with more than one placeholder.';
  }
  const wrongUrl = buttons.find(
    (button) => button.type === 'URL' && /\{\{/.test(button.url) && !/^[^{}]+\{\{\w+\}\}$/.test(button.url),
  );
  return wrongUrl === undefined ? null : 'has a URL button whose placeholder does not stand at its end.';
}
