import type { AccountFact, AccountFactName } from '../../domain/account-fact.ts';
import type { Language } from '../../domain/language.ts';
import { type TemplateView, templateViews } from '../../domain/template-view.ts';
import type { ChangeTemplates, TemplateChange } from '../../flows/templates/change-templates.ts';
import type { AccountSync } from '../../flows/templates/sync-templates.ts';
import type { SyncedTemplate } from '../../flows/templates/template-store.ts';
import { type Filling, fillTemplate } from '../../whatsapp/fill-template.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import {
  newTemplateSchema,
  type TemplatePageBody,
  type TemplatePreviewBody,
  type TemplateSyncBody,
  templateChangesSchema,
  templatePageSchema,
  templateParametersSchema,
  templatePreviewRequestSchema,
  templatePreviewSchema,
  templateQuerySchema,
  templateSyncSchema,
} from '../contract/template.ts';
import { languageAsked } from '../language.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { refusedByMeta } from '../refused-by-meta.ts';
import { templateBody } from '../representations/template.ts';
import { templateComponents } from '../requests/message-content.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of templates need. */
export type TemplatePorts = {
  /** The facts of these names, about whatever subject. */
  readAccountFacts(names: readonly AccountFactName[]): Promise<AccountFact[]>;
  listTemplates(): Promise<SyncedTemplate[]>;
  syncTemplates(): Promise<AccountSync[]>;
  changeTemplates: ChangeTemplates;
};

const factNames: AccountFactName[] = [
  'template-status',
  'template-quality',
  'template-category',
  'template-plan',
  'template-id',
];

/** The templates as Meta has them in its books, with what webhooks told since. */
export function templateRoutes(api: Api, ports: TemplatePorts): void {
  async function views(): Promise<TemplateView[]> {
    const [synced, facts] = await Promise.all([ports.listTemplates(), ports.readAccountFacts(factNames)]);
    return templateViews(synced, facts);
  }

  async function named(name: string): Promise<TemplateView[]> {
    const found = (await views()).filter((view) => view.name === name);
    if (found.length === 0) throw new ProblemError(problemOf('template-unknown'));
    return found;
  }

  api.get(
    '/templates',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Templates'],
        operationId: 'listTemplates',
        summary: 'List templates',
        description:
          'The templates of our WhatsApp accounts: as they were read from Meta’s books last, and what webhooks told since of status, quality and category.',
        querystring: templateQuerySchema,
        response: { 200: answerOf(templatePageSchema, 'The templates.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request): Promise<TemplatePageBody> => {
      const { status } = request.query;
      return pageBody((await views()).filter((view) => status === undefined || view.status === status));
    },
  );

  api.post(
    '/templates/sync',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Templates'],
        operationId: 'syncTemplates',
        summary: 'Read the templates from Meta',
        description:
          'Reads the templates of our accounts from Meta’s books now. It happens by itself at the start, every six hours, after each webhook about templates, and before a template is refused.',
        response: {
          200: answerOf(templateSyncSchema, 'What came of it.'),
          ...problemAnswers(401, 500),
        },
      },
    },
    async (): Promise<TemplateSyncBody> => ({
      accounts: (await ports.syncTemplates()).map((result) =>
        result.outcome === 'synced' ? { ...result, because: null } : { ...result, count: null },
      ),
    }),
  );

  api.get(
    '/templates/:name',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Templates'],
        operationId: 'getTemplate',
        summary: 'Get a template',
        description: 'A template in each of its languages, with the values that a send has to give.',
        params: templateParametersSchema,
        response: { 200: answerOf(templatePageSchema, 'Its languages.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<TemplatePageBody> => pageBody(await named(request.params.name)),
  );

  api.post(
    '/templates/:name/preview',
    {
      config: { scopes: ['read', 'send'] },
      schema: {
        tags: ['Templates'],
        operationId: 'previewTemplate',
        summary: 'See a template filled in',
        description:
          'Fills a template with values as a send would, and says whether they fit. Nothing is stored or sent.',
        params: templateParametersSchema,
        body: templatePreviewRequestSchema,
        response: {
          200: answerOf(templatePreviewSchema, 'What the values make of it.'),
          ...problemAnswers(400, 401, 404, 413, 415, 500),
        },
      },
    },
    async (request): Promise<TemplatePreviewBody> => {
      const { language, ...values } = request.body;
      const code = language.replace('-', '_');
      const view = (await named(request.params.name)).find((one) => one.language === code);
      if (view?.definition == null) throw new ProblemError(problemOf('template-unknown'));
      return previewBody(fillTemplate(view.definition, templateComponents(values)));
    },
  );

  api.post(
    '/templates',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Templates'],
        operationId: 'createTemplate',
        summary: 'Submit a template',
        description:
          'Submits a template for Meta’s approval, in the account of the default business phone. A webhook tells when it is approved or rejected.',
        body: newTemplateSchema,
        response: {
          201: answerOf(templatePageSchema, 'The template in each of its languages; usually `PENDING`.'),
          ...problemAnswers(400, 401, 409, 413, 415, 422, 500, 502),
        },
      },
    },
    async (request, reply): Promise<TemplatePageBody> => {
      refuseUndone(
        await ports.changeTemplates.create(request.body, callerOf(request)),
        languageAsked(request),
      );
      reply.code(201).header('location', `/v1/templates/${request.body.name}`);
      return pageBody((await views()).filter(({ name }) => name === request.body.name));
    },
  );

  api.patch(
    '/templates/:name',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Templates'],
        operationId: 'changeTemplate',
        summary: 'Edit a template',
        description: 'Submits other parts, or another category, of a template in one language.',
        params: templateParametersSchema,
        body: templateChangesSchema,
        response: {
          200: answerOf(templatePageSchema, 'The template in each of its languages.'),
          ...problemAnswers(400, 401, 404, 409, 413, 415, 422, 500, 502),
        },
      },
    },
    async (request): Promise<TemplatePageBody> => {
      const { name } = request.params;
      const { language, category, components } = request.body;
      const change = {
        language: language.replace('-', '_'),
        ...(category === undefined ? {} : { category }),
        ...(components === undefined ? {} : { components }),
      };
      refuseUndone(await ports.changeTemplates.edit(name, change, callerOf(request)), languageAsked(request));
      return pageBody(await named(name));
    },
  );

  api.delete(
    '/templates/:name',
    {
      config: { scopes: ['manage'] },
      schema: {
        tags: ['Templates'],
        operationId: 'deleteTemplate',
        summary: 'Delete a template',
        description:
          'Deletes a template at Meta, in all of its languages. Messages with it fail from then on.',
        params: templateParametersSchema,
        response: {
          200: answerOf(templatePageSchema, 'The template as it was.'),
          ...problemAnswers(401, 404, 409, 422, 500, 502),
        },
      },
    },
    async (request): Promise<TemplatePageBody> => {
      const { name } = request.params;
      const before = pageBody(await named(name));
      refuseUndone(await ports.changeTemplates.remove(name, callerOf(request)), languageAsked(request));
      return before;
    },
  );
}

/** @throws ProblemError when Meta did not do it */
function refuseUndone(change: TemplateChange, language: Language): void {
  switch (change.outcome) {
    case 'done':
      return;
    case 'refused': {
      const { code: metaCode, message: details } = change.error;
      throw new ProblemError(refusedByMeta('template-refused', { metaCode, details }, language, null));
    }
    case 'unanswered':
      throw new ProblemError(problemOf('meta-unanswered', { detail: `${change.reason}.` }));
    case 'no-account':
      throw new ProblemError(problemOf('template-without-account'));
    case 'unknown':
      throw new ProblemError(problemOf('template-unknown'));
  }
}

function previewBody(filling: Filling): TemplatePreviewBody {
  if (filling.ok) return { fits: true, mistake: null, ...filling.filled };
  return { fits: false, mistake: filling.mistake, header: null, body: null, footer: null, buttons: [] };
}

function pageBody(views: readonly TemplateView[]): TemplatePageBody {
  return { data: views.map(templateBody), next: null };
}
