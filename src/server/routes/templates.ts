import type { AccountFact, AccountFactName } from '../../domain/account-fact.ts';
import { type TemplateState, templateStates } from '../../domain/template-state.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import {
  type TemplatePageBody,
  templatePageSchema,
  templateParametersSchema,
  templateQuerySchema,
} from '../contract/template.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { isoTimeOrNull } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of templates need. */
export type TemplatePorts = {
  /** The facts of these names, about whatever subject. */
  readAccountFacts(names: readonly AccountFactName[]): Promise<AccountFact[]>;
};

const factNames: AccountFactName[] = [
  'template-status',
  'template-quality',
  'template-category',
  'template-plan',
  'template-id',
];

/** The templates, as webhooks told of them. */
export function templateRoutes(api: Api, ports: TemplatePorts): void {
  api.get(
    '/templates',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Templates'],
        operationId: 'listTemplates',
        summary: 'List templates',
        description:
          'What webhooks told of templates: status, quality and category. A template of which none has told is not here, though it may exist.',
        querystring: templateQuerySchema,
        response: { 200: answerOf(templatePageSchema, 'The templates.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request): Promise<TemplatePageBody> => {
      const { status } = request.query;
      const states = templateStates(await ports.readAccountFacts(factNames));
      return pageBody(states.filter((state) => status === undefined || state.status === status));
    },
  );

  api.get(
    '/templates/:name',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Templates'],
        operationId: 'getTemplate',
        summary: 'Get a template',
        description: 'What webhooks told of a template, in each of its languages.',
        params: templateParametersSchema,
        response: { 200: answerOf(templatePageSchema, 'Its languages.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<TemplatePageBody> => {
      const states = templateStates(await ports.readAccountFacts(factNames));
      const named = states.filter(({ name }) => name === request.params.name);
      if (named.length === 0) throw new ProblemError(problemOf('template-unknown'));
      return pageBody(named);
    },
  );
}

function pageBody(states: readonly TemplateState[]): TemplatePageBody {
  const data = states.map(({ plannedAt, changedAt, ...state }) => ({
    ...state,
    plannedAt: isoTimeOrNull(plannedAt),
    changedAt: isoTimeOrNull(changedAt),
  }));
  return { data, next: null };
}
