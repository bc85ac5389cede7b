import { type Event, type EventKind, eventId, type FeedBounds, type KindCount } from '../../domain/event.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import { type EventPageBody, eventPageSchema, eventQuerySchema } from '../contract/event.ts';
import { languageFor } from '../language.ts';
import { eventCursor, readPage } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { eventBody } from '../representations/event.ts';
import type { Api } from '../typed-fastify.ts';

/** What the routes of the feed need. */
export type EventPorts = {
  /** At most `limit` events of these kinds (null: of all) behind the position `after`, or before it and backwards. */
  listEvents(query: {
    after: number;
    kinds: EventKind[] | null;
    limit: number;
    newest?: boolean;
  }): Promise<Event[]>;
  /** The position of the last committed event, 0 when there is none. */
  lastPosition(): Promise<number>;
  /** How many events between two places, `until` included, are of other kinds than these: the first 10,000 are counted. */
  countHidden(query: { after: number; until: number; kinds: EventKind[] }): Promise<KindCount[]>;
  /** Between which places a reader can go on. */
  readFeedBounds(): Promise<FeedBounds>;
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
          'The feed in the order in which it was committed: whoever has seen an event never misses an earlier one. At the end `next` is null; keep `place` and give it as `after` later: also with a filter nothing is looked at twice. A place that cannot be gone on from without missing events is told by 410: those behind it were forgotten, or it is of another feed.',
        querystring: eventQuerySchema,
        response: {
          200: answerOf(eventPageSchema, 'A page of events.'),
          ...problemAnswers(400, 401, 410, 500),
        },
      },
    },
    async (request, reply): Promise<EventPageBody> => {
      const language = request.query.language ?? languageFor(reply);
      const kinds = request.query.kind ?? null;
      const given = eventCursor('after', request.query.after);
      if (request.query.order === 'newest') {
        const place = await ports.lastPosition();
        const before = given ?? place + 1;
        const { rows, next } = await readPage(
          request.query.limit,
          (limit) => ports.listEvents({ after: before, kinds, limit, newest: true }),
          (event) => eventId(event.position),
        );
        const data = rows.map((event) => eventBody(event, language));
        return { data, next, place: eventId(place), hidden: [] };
      }
      const after = given ?? 0;
      // Asked first: whatever is committed up to here is found, or hidden, by the reading behind it.
      const end = kinds === null ? after : Math.max(after, await ports.lastPosition());
      const { rows, next } = await readPage(
        request.query.limit,
        (limit) => ports.listEvents({ after, kinds, limit }),
        (event) => eventId(event.position),
      );
      const last = rows.at(-1)?.position ?? after;
      const until = next === null ? Math.max(end, last) : last;
      const hidden = kinds === null ? [] : await ports.countHidden({ after, until, kinds });
      // Looked at last: what was forgotten while the page was read is missing in it.
      await refuseLostPlace(ports, after);
      return { data: rows.map((event) => eventBody(event, language)), next, place: eventId(until), hidden };
    },
  );
}

/**
 * Refuses to go on behind a place when the reader would miss events without knowing: those behind it were forgotten, or
 * it is a place of another feed.
 *
 * @param after 0 for the beginning, wherever that is now
 * @throws ProblemError `events-forgotten` or `feed-another`
 */
export async function refuseLostPlace(
  ports: Pick<EventPorts, 'readFeedBounds'>,
  after: number,
): Promise<void> {
  if (after === 0) return;
  const { forgotten, given } = await ports.readFeedBounds();
  if (forgotten > after) {
    throw new ProblemError(
      problemOf('events-forgotten', {
        detail: `Of the events behind ${eventId(after)}, those up to ${eventId(forgotten)} are older than the retention.`,
      }),
    );
  }
  if (given < after) {
    throw new ProblemError(
      problemOf('feed-another', {
        detail: `This feed has come to ${eventId(given)}, and never to ${eventId(after)}.`,
      }),
    );
  }
}
