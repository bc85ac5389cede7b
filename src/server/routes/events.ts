import { type Event, type EventKind, eventId } from '../../domain/event.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type EventPageBody, eventPageSchema, eventQuerySchema } from '../contract/event.ts';
import { languageFor } from '../language.ts';
import { eventCursor, readPage } from '../page.ts';
import { eventBody } from '../representations/event.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of the feed need. */
export type EventPorts = {
  /** At most `limit` events of these kinds (null: of all), ascending, behind the position `after`. */
  listEvents(query: { after: number; kinds: EventKind[] | null; limit: number }): Promise<Event[]>;
  /** The position of the last committed event, 0 when there is none. */
  lastPosition(): Promise<number>;
  /** Calls the listener when something may have been appended. Returns how to end that. */
  onAppended(listener: () => void): () => void;
};

/** GET /v1/events: the feed, to be pulled. */
export function eventRoutes(api: Api, ports: EventPorts): void {
  api.get(
    '/events',
    {
      config: { scopes: ['read'] },
      schema: {
        tags: ['Events'],
        operationId: 'listEvents',
        summary: 'Pull events',
        description:
          'The feed in the order in which it was committed: whoever has seen an event never misses an earlier one. At the end `next` is null; keep the id of the last event and give it as `after` later.',
        querystring: eventQuerySchema,
        response: { 200: answerOf(eventPageSchema, 'A page of events.'), ...problemAnswers(400, 401, 500) },
      },
    },
    async (request, reply): Promise<EventPageBody> => {
      const language = request.query.language ?? languageFor(reply);
      const after = eventCursor('after', request.query.after) ?? 0;
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listEvents({ after, kinds: request.query.kind ?? null, limit }),
        (event) => eventId(event.position),
      );
      return { data: rows.map((event) => eventBody(event, language)), next };
    },
  );
}
