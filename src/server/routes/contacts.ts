import type { ShownContact } from '../../domain/views.ts';
import type { ChangeOptOut } from '../../flows/change-opt-out.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import {
  type ContactBody,
  type ContactPageBody,
  contactPageSchema,
  contactQuerySchema,
  contactSchema,
  newOptOutSchema,
  type OptOutsBody,
  optInQuerySchema,
  optOutParametersSchema,
  optOutQuerySchema,
  optOutsSchema,
} from '../contract/contact.ts';
import { idParameters } from '../contract/value.ts';
import { idCursor, looksLikeId, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { contactBody, optOutBody } from '../representations/contact.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of contacts need. */
export type ContactPorts = {
  /** At most `limit`, ascending by id, behind the id `after`; null as `search` finds everybody. */
  listContacts(query: {
    after: string | null;
    limit: number;
    search: string | null;
  }): Promise<ShownContact[]>;
  findContact(id: string): Promise<ShownContact | null>;
  changeOptOut: ChangeOptOut;
  clock: Clock;
};

/** The contacts: who wrote in, and whether they may be notified now. */
export function contactRoutes(api: Api, ports: ContactPorts): void {
  api.get(
    '/contacts',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Contacts'],
        operationId: 'listContacts',
        summary: 'List contacts',
        description:
          'People on WhatsApp, in the order in which they became known, each once: contacts that turned out to be one person are shown as one.',
        querystring: contactQuerySchema,
        response: {
          200: answerOf(contactPageSchema, 'A page of contacts.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<ContactPageBody> => {
      const { search = null } = request.query;
      const after = idCursor('ct', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listContacts({ after, limit, search }),
        ({ contact }) => contact.id,
      );
      const now = ports.clock.now();
      return { data: rows.map((view) => contactBody(view, now)), next };
    },
  );

  api.get(
    '/contacts/:id',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Contacts'],
        operationId: 'getContact',
        summary: 'Get a contact',
        description:
          'A person on WhatsApp, and whether they may be notified now. The id of a contact that turned out to be another one answers that one: compare `id`.',
        params: idParameters('ct_01k9x2m4c7b8d3fq'),
        response: { 200: answerOf(contactSchema, 'The contact.'), ...problemAnswers(401, 404, 500) },
      },
    },
    async (request): Promise<ContactBody> => {
      const { id } = request.params;
      const view = looksLikeId('ct', id) ? await ports.findContact(id) : null;
      if (view === null) throw new ProblemError(problemOf('contact-unknown'));
      return contactBody(view, ports.clock.now());
    },
  );

  api.post(
    '/contacts/:id/opt-outs',
    {
      config: { scopes: ['send', 'manage'] },
      schema: {
        tags: ['Contacts'],
        operationId: 'optOut',
        summary: 'Opt a person out',
        description:
          'Keeps that a person wants no messages of a purpose, with how you know it. From this answer on such notifications are refused, also those that are queued. People who opt out in WhatsApp itself are kept without this. People who never wrote can be opted out by their number.',
        params: optOutParametersSchema,
        querystring: optOutQuerySchema,
        body: newOptOutSchema,
        response: {
          200: answerOf(optOutsSchema, 'What the person wants no messages of.'),
          ...problemAnswers(400, 401, 404, 413, 415, 500),
        },
      },
    },
    async (request): Promise<OptOutsBody> =>
      changed(
        await ports.changeOptOut({
          who: request.params.id,
          businessPhoneId: request.query.businessPhone ?? null,
          ...request.body,
          optedOut: true,
          actor: callerOf(request),
        }),
      ),
  );

  api.delete(
    '/contacts/:id/opt-outs',
    {
      config: { scopes: ['send', 'manage'] },
      schema: {
        tags: ['Contacts'],
        operationId: 'optIn',
        summary: 'Opt a person in again',
        description:
          'Keeps that a person wants messages of a purpose again. Do it only when they said so. Meta’s own record is another thing: who stopped marketing in WhatsApp gets none until they start it there.',
        params: optOutParametersSchema,
        querystring: optInQuerySchema,
        response: {
          200: answerOf(optOutsSchema, 'What the person still wants no messages of.'),
          ...problemAnswers(400, 401, 404, 500),
        },
      },
    },
    async (request): Promise<OptOutsBody> =>
      changed(
        await ports.changeOptOut({
          who: request.params.id,
          businessPhoneId: request.query.businessPhone ?? null,
          purpose: request.query.purpose ?? 'marketing',
          optedOut: false,
          evidence: 'The API was told so.',
          actor: callerOf(request),
        }),
      ),
  );
}

function changed(result: Awaited<ReturnType<ChangeOptOut>>): OptOutsBody {
  if ('refusal' in result) throw new ProblemError(problemOf(result.refusal));
  return { data: result.optOuts.map(optOutBody) };
}
