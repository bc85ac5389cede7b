import * as z from 'zod';
import type { Json, JsonObject } from '../../domain/json.ts';
import { managementScope } from '../accounts/access-token.ts';
import type { WhatsappAccount } from '../accounts/whatsapp-account.ts';
import type { OpenQuestions } from '../open-questions.ts';
import { nonEmpty } from '../send/parameter-forms.ts';
import { missingParameter, parameterProblem } from '../send/parameter-problem.ts';
import type { ParameterFormat } from '../templates/placeholders.ts';
import { readComponents } from '../templates/read-components.ts';
import type { MessageTemplate, TemplateCategory } from '../templates/template.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { componentsOf } from '../templates/template-parts.ts';
import type { GraphContext } from './graph-context.ts';
import { invalidParameter } from './graph-error.ts';
import { type GraphReply, type GraphRoute, success } from './graph-route.ts';
import { pageOf } from './page-of.ts';
import { readFields } from './read-fields.ts';

const categories = { UTILITY: 'utility', MARKETING: 'marketing', AUTHENTICATION: 'authentication' } as const;
const category = z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']);
const format = z.enum(['POSITIONAL', 'NAMED']);

const newTemplate = z.looseObject({
  name: nonEmpty.regex(/^[a-z0-9_]{1,512}$/, 'must consist of lower-case letters, digits and underscores.'),
  language: nonEmpty.regex(/^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'must be a language code, such as pt_BR.'),
  category,
  parameter_format: format.optional(),
});

const change = z.looseObject({ category: category.optional(), parameter_format: format.optional() });

/** What is told of a template when nothing is asked for. */
const usualFields = ['name', 'parameter_format', 'components', 'language', 'status', 'category'];

/** `GET`, `POST` and `DELETE /{waba}/message_templates` (meta-facts §7.2). */
export function messageTemplatesRoutes(
  account: WhatsappAccount,
  templates: TemplateBook,
  { graphUrl, openQuestions: questions }: Pick<GraphContext, 'graphUrl' | 'openQuestions'>,
): GraphRoute[] {
  function list(address: string, parameters: JsonObject): GraphReply {
    const wanted = (name: string, found: string) =>
      typeof parameters[name] !== 'string' || parameters[name].toUpperCase() === found.toUpperCase();
    const matching = templates
      .all(account.id)
      .filter(
        (template) =>
          wanted('name', template.name) &&
          wanted('status', template.status) &&
          wanted('language', template.language) &&
          wanted('category', template.category),
      );
    return pageOf(matching, address, parameters, (template) =>
      readFields(templateFields(template), parameters.fields, usualFields),
    );
  }

  function create(parameters: JsonObject): GraphReply {
    const read = newTemplate.safeParse(parameters);
    if (!read.success) return { refusal: parameterProblem(read.error, parameters, [], questions) };
    const { name, language } = read.data;
    const parts = partsOf(parameters.components, read.data.parameter_format ?? 'POSITIONAL', questions);
    if ('refusal' in parts) return parts;
    if (templates.find(account.id, name, language) !== null) {
      return { refusal: invalidParameter(`There is a template ${name} in ${language} already.`) };
    }
    const made = templates.submit({
      wabaId: account.id,
      name,
      language,
      category: categories[read.data.category],
      ...parts,
    });
    return { body: { id: made.id, status: made.status, category: made.category.toUpperCase() } };
  }

  function remove({ name }: JsonObject): GraphReply {
    if (typeof name !== 'string') return { refusal: missingParameter('name', questions) };
    const named = templates.all(account.id).filter((template) => template.name === name);
    if (named.length === 0) return { refusal: invalidParameter(`There is no template ${name}.`) };
    for (const template of named) templates.remove(template);
    return success;
  }

  const edge = { edge: 'message_templates', needs: [managementScope] };
  return [
    { ...edge, method: 'GET', answer: ({ path, parameters }) => list(`${graphUrl()}${path}`, parameters) },
    { ...edge, method: 'POST', answer: ({ parameters }) => create(parameters) },
    { ...edge, method: 'DELETE', answer: ({ parameters }) => remove(parameters) },
  ];
}

/** `GET` and `POST /{template-id}`, which edits it. */
export function messageTemplateRoutes(
  template: MessageTemplate,
  templates: TemplateBook,
  { openQuestions: questions }: Pick<GraphContext, 'openQuestions'>,
): GraphRoute[] {
  function edit(parameters: JsonObject): GraphReply {
    const read = change.safeParse(parameters);
    if (!read.success) return { refusal: parameterProblem(read.error, parameters, [], questions) };
    if (template.status === 'DISABLED') {
      return { refusal: invalidParameter('A disabled template cannot be edited; make a new one.') };
    }
    const changed: { category?: TemplateCategory; parts?: MessageTemplate['parts'] } = {};
    if (read.data.category !== undefined) changed.category = categories[read.data.category];
    if (parameters.components !== undefined) {
      const given = partsOf(
        parameters.components,
        read.data.parameter_format ?? template.parts.format,
        questions,
      );
      if ('refusal' in given) return given;
      changed.parts = given.parts;
    }
    if (Object.keys(changed).length === 0) return { refusal: missingParameter('components', questions) };
    templates.edit(template, changed);
    return success;
  }

  const edge = { edge: null, needs: [managementScope] };
  return [
    {
      ...edge,
      method: 'GET',
      answer: ({ parameters }) => readFields(templateFields(template), parameters.fields, usualFields),
    },
    { ...edge, method: 'POST', answer: ({ parameters }) => edit(parameters) },
  ];
}

function partsOf(
  components: Json | undefined,
  parameterFormat: ParameterFormat,
  questions: OpenQuestions,
): { parts: MessageTemplate['parts'] } | Extract<GraphReply, { refusal: unknown }> {
  if (components === undefined) return { refusal: missingParameter('components', questions) };
  const read = readComponents(components, parameterFormat, questions);
  return read.ok ? { parts: read.parts } : { refusal: read.refusal };
}

function templateFields(template: MessageTemplate): JsonObject {
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    category: template.category.toUpperCase(),
    previous_category: template.previousCategory?.toUpperCase() ?? null,
    status: template.status,
    quality_score: { score: template.quality },
    rejected_reason: template.rejectedReason,
    parameter_format: template.parts.format,
    components: componentsOf(template.parts),
  };
}
