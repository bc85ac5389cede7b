import * as z from 'zod';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { TEXT_MAX_LENGTH } from '../../domain/notification-content.ts';
import { type GraphProblem, invalidParameter, problem } from '../graph/graph-error.ts';

/** Whom a message is for, as the caller wrote it. */
export type SendAddress =
  /** `to`: a phone number. `digits` is the input without plus, spaces, hyphens and parentheses. */
  | { kind: 'number'; input: string; digits: string }
  /** `recipient`: a business-scoped user id (BSUID). */
  | { kind: 'user_id'; input: string };

/** The text parameters of one part of a template, in order. */
export type TemplateParameters = { header: string[]; body: string[]; button: string[] };

/** What a message says. */
export type SendContent =
  | { kind: 'text'; body: string }
  | { kind: 'template'; name: string; language: string; parameters: TemplateParameters };

/** A well-formed call of `POST /{phone-number-id}/messages`. */
export type SendRequest =
  | { kind: 'message'; address: SendAddress; content: SendContent; callbackData: string | null }
  /** Mark-as-read (meta-facts §7.2). */
  | { kind: 'read'; messageId: string };

/** The request, or why Meta refuses it. */
export type SendRequestReading = { ok: true; request: SendRequest } | { ok: false; refusal: GraphProblem };

/** The types that Meta takes; the simulator carries the first two so far (meta-facts §7.1). */
const messageTypes = [
  'text',
  'template',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'interactive',
] as const;

const nonEmpty = z.string().min(1, 'must not be empty.');

const commonParameters = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: nonEmpty.optional(),
  recipient: nonEmpty.optional(),
  context: z.strictObject({ message_id: nonEmpty }).optional(),
  biz_opaque_callback_data: z.string().max(512, 'must be at most 512 characters long.').optional(),
});

const textParameters = commonParameters.extend({
  type: z.literal('text').optional(),
  text: z.strictObject({
    // Code points, so that an emoji counts once. How Meta counts is not established.
    body: nonEmpty.refine(
      (body) => body.length <= TEXT_MAX_LENGTH || [...body].length <= TEXT_MAX_LENGTH,
      `must be at most ${TEXT_MAX_LENGTH} characters long.`,
    ),
    preview_url: z.boolean().optional(),
  }),
});

const templateComponent = z.strictObject({
  type: z.preprocess(
    (type) => (typeof type === 'string' ? type.toLowerCase() : type),
    z.enum(['header', 'body', 'button']),
  ),
  sub_type: z.string().optional(),
  index: z.union([z.string(), z.number()]).optional(),
  parameters: z.array(z.looseObject({ type: nonEmpty })).optional(),
});

const templateParameters = commonParameters.extend({
  type: z.literal('template'),
  template: z.strictObject({
    name: nonEmpty,
    namespace: z.string().optional(),
    language: z.strictObject({ code: nonEmpty, policy: z.literal('deterministic').optional() }),
    components: z.array(templateComponent).optional(),
  }),
});

const readParameters = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: nonEmpty,
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

/**
 * Reads a call of `/messages` as strictly as Meta: a missing, misspelt or wrongly typed parameter is
 * refused with the code and the kind of sentence that Meta uses (meta-facts §5 rows 100, 131008, 131009,
 * 131051, 132018; §7.1). A body that is not JSON counts as one without parameters.
 */
export function readSendRequest(body: Json): SendRequestReading {
  const parameters = isJsonObject(body) ? body : {};
  const product = parameters.messaging_product;
  if (product === undefined) return refuse(invalidParameter('The parameter messaging_product is required.'));
  if (product !== 'whatsapp') {
    return refuse(
      invalidParameter(`Param messaging_product must be one of {WHATSAPP} - got ${JSON.stringify(product)}.`),
    );
  }
  if (parameters.status !== undefined) {
    const read = readParameters.safeParse(parameters);
    if (!read.success) return refuse(problemOf(read.error, parameters));
    return { ok: true, request: { kind: 'read', messageId: read.data.message_id } };
  }
  if (parameters.to === undefined && parameters.recipient === undefined) {
    return refuse(invalidParameter('The parameter to is required.'));
  }
  const type = z.enum(messageTypes).safeParse(parameters.type ?? 'text');
  if (!type.success) {
    const known = messageTypes.join(', ').toUpperCase();
    return refuse(
      invalidParameter(`Param type must be one of {${known}} - got ${JSON.stringify(parameters.type)}.`),
    );
  }
  if (type.data === 'text') return readText(parameters);
  if (type.data === 'template') return readTemplate(parameters);
  return refuse(problem(131051, `The simulator carries text and template so far, not ${type.data}.`));
}

function readText(parameters: Json): SendRequestReading {
  const read = textParameters.safeParse(parameters);
  if (!read.success) return refuse(problemOf(read.error, parameters));
  return withAddress(read.data, { kind: 'text', body: read.data.text.body });
}

function readTemplate(parameters: Json): SendRequestReading {
  const read = templateParameters.safeParse(parameters);
  if (!read.success) return refuse(problemOf(read.error, parameters));
  const { name, language, components } = read.data.template;
  const content = { kind: 'template' as const, name, language: language.code, parameters: noParameters() };
  for (const component of components ?? []) {
    for (const parameter of component.parameters ?? []) {
      const refusal = parameterProblem(parameter);
      if (refusal !== null) return refuse(refusal);
      content.parameters[component.type].push(wordsOf(parameter));
    }
  }
  return withAddress(read.data, content);
}

function noParameters(): TemplateParameters {
  return { header: [], body: [], button: [] };
}

/** A text parameter must have words, on one line (132018 is the commonest refusal of templates in practice). */
function parameterProblem(parameter: { type: string; [name: string]: unknown }): GraphProblem | null {
  if (parameter.type !== 'text') return null;
  const text = parameter.text;
  if (typeof text !== 'string' || text === '') {
    return problem(100, "Parameter 'text' is mandatory for component parameter type 'text'.");
  }
  if (/[\n\r\t]| {5}/.test(text)) {
    return problem(132018, 'A text parameter cannot have new lines, tabs or more than 4 consecutive spaces.');
  }
  return null;
}

function wordsOf(parameter: { type: string; [name: string]: unknown }): string {
  const text = parameter.text;
  return typeof text === 'string' ? text : `[${parameter.type}]`;
}

function withAddress(common: z.infer<typeof commonParameters>, content: SendContent): SendRequestReading {
  const address = readAddress(common.to, common.recipient);
  if (address === null) {
    const name = common.to === undefined ? 'recipient' : 'to';
    const expected = name === 'to' ? 'a phone number with its country code' : 'a business-scoped user id';
    return refuse(problem(131009, `Parameter '${name}' is not ${expected}.`));
  }
  const callbackData = common.biz_opaque_callback_data ?? null;
  return { ok: true, request: { kind: 'message', address, content, callbackData } };
}

/** When both are given, `to` wins (meta-facts §7.1). Null when it is not what it should be. */
function readAddress(to: string | undefined, recipient = ''): SendAddress | null {
  if (to !== undefined) {
    const digits = to.replace(/[+\-() ]/g, '');
    return /^\d{7,15}$/.test(digits) ? { kind: 'number', input: to, digits } : null;
  }
  const isUserId = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient);
  return isUserId ? { kind: 'user_id', input: recipient } : null;
}

function refuse(refusal: GraphProblem): SendRequestReading {
  return { ok: false, refusal };
}

/** The first thing wrong, in the way Meta says it. */
function problemOf(error: z.ZodError, parameters: Json): GraphProblem {
  const issue = error.issues[0];
  if (issue === undefined) return problem(100);
  const name = parameterName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const on = name === '' ? '' : ` on param "${name}"`;
    return invalidParameter(`Unexpected key "${issue.keys.join('", "')}"${on}.`);
  }
  const value = valueAt(parameters, issue.path);
  if (value === undefined) return problem(131008, `Parameter ${name} is mandatory.`);
  if (issue.code === 'invalid_type') {
    return invalidParameter(`Param ${name} must be of type ${issue.expected}.`);
  }
  if (issue.code === 'invalid_value') {
    const expected = issue.values.map(String).join(', ').toUpperCase();
    return invalidParameter(`Param ${name} must be one of {${expected}} - got ${JSON.stringify(value)}.`);
  }
  return invalidParameter(`Param ${name} ${issue.message}`);
}

/** `['template', 'components', 0]` as Meta writes it: `template['components'][0]`. */
function parameterName(path: readonly PropertyKey[]): string {
  return path
    .map((part, depth) =>
      depth === 0 ? String(part) : typeof part === 'number' ? `[${part}]` : `['${String(part)}']`,
    )
    .join('');
}

function valueAt(value: Json, path: readonly PropertyKey[]): Json | undefined {
  let found: Json | undefined = value;
  for (const part of path) {
    if (Array.isArray(found)) found = found[Number(part)];
    else if (isJsonObject(found)) found = found[String(part)];
    else return undefined;
  }
  return found;
}
