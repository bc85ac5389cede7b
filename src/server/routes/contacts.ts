import type { ContactView } from '../../domain/views.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import {
  type ContactBody,
  type ContactPageBody,
  contactPageSchema,
  contactQuerySchema,
  contactSchema,
} from '../contract/contact.ts';
import { idParameters } from '../contract/value.ts';
import { idCursor, looksLikeId, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { contactBody } from '../representations/contact.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of contacts need. */
export type ContactPorts = {
  /** At most `limit`, ascending by id, behind the id `after`. */
  listContacts(query: { after: string | null; limit: number }): Promise<ContactView[]>;
  findContact(id: string): Promise<ContactView | null>;
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
        description: 'People on WhatsApp, in the order in which they became known.',
        querystring: contactQuerySchema,
        response: {
          200: answerOf(contactPageSchema, 'A page of contacts.'),
          ...problemAnswers(400, 401, 500),
        },
      },
    },
    async (request): Promise<ContactPageBody> => {
      const after = idCursor('ct', request.query.after);
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listContacts({ after, limit }),
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
        description: 'A person on WhatsApp, and whether they may be notified now.',
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
}
