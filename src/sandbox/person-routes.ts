import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import { pageHeaders } from './page-files.ts';
import { type PretendPeople, personOnPage } from './people.ts';
import { personActs, typedNumber } from './person-acts.ts';
import { peopleLimit } from './problems.ts';
import { refuse } from './refuse.ts';

const newPerson = z.strictObject({
  number: typedNumber,
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^\P{Cc}*$/u),
});

/**
 * `GET` and `POST /sandbox/people`, and one route for each thing that a person can do.
 *
 * @param changed called after every act: some of them change a phone without anybody being told
 */
export function personRoutes(scope: FastifyInstance, simulator: PretendPeople, changed: () => void): void {
  scope.get('/sandbox/people', async (_request, reply) =>
    reply.headers(pageHeaders).send({ people: simulator.people().map(personOnPage) }),
  );

  scope.post('/sandbox/people', { bodyLimit: 64 * 1024 }, async (request, reply) => {
    const body = newPerson.safeParse(request.body);
    if (!body.success) return refuse(reply, 'person-invalid');
    const { number, name } = body.data;
    const known = simulator.people();
    if (known.length >= peopleLimit) return refuse(reply, 'too-many-people');
    const spellings = phoneNumberVariants(number);
    if (known.some(({ waId }) => spellings.includes(waId))) return refuse(reply, 'person-exists');
    return reply
      .code(201)
      .headers(pageHeaders)
      .send(personOnPage(simulator.person(number, { name })));
  });

  for (const { verb, bodyLimit, needsOnline, otherwise, take } of personActs) {
    scope.post<{ Params: { waId: string } }>(
      `/sandbox/people/:waId/${verb}`,
      { bodyLimit },
      async (request, reply) => {
        const person = simulator.people().find(({ waId }) => waId === request.params.waId);
        if (person === undefined) return refuse(reply, 'person-unknown');
        if (needsOnline && !person.online) return refuse(reply, 'person-offline');
        try {
          if (!(await take(person, request.body))) return refuse(reply, otherwise);
        } catch (error) {
          if (error instanceof RangeError) return refuse(reply, 'act-impossible', error.message);
          throw error;
        } finally {
          changed();
        }
        return reply.code(204).send();
      },
    );
  }
}
