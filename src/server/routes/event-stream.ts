import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { answerOf, problemAnswers } from '../answers.ts';
import { callerOf } from '../caller.ts';
import { eventStreamHeadersSchema, eventStreamQuerySchema } from '../contract/event.ts';
import { languageFor } from '../language.ts';
import { eventCursor } from '../page.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { type StreamTimings, streamEvents } from '../stream-events.ts';
import type { Api } from '../typed-fastify.ts';
import { type EventPorts, refuseLostPlace } from './events.ts';

/** How streams behave, and when they end. */
export type StreamOptions = {
  timings: StreamTimings;
  /** Ends every stream. */
  ended: AbortSignal;
  /** Streams that one caller may have open at once. */
  most: number;
  /** Whether the key or session of the request that opened a stream is still good. */
  stillAllowed(request: IncomingMessage): Promise<boolean>;
  /** Told why a stream broke off, unless its reader left. */
  broke(error: unknown): void;
};

/** GET /v1/events/stream: the feed as server-sent events. */
export function eventStreamRoute(api: Api, ports: EventPorts, options: StreamOptions): void {
  const places = createStreamPlaces(options.most);
  api.get(
    '/events/stream',
    {
      // Counted by how many are open, not by how many are opened.
      config: { scopes: ['read'], rateLimit: false },
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: {
        tags: ['Events'],
        operationId: 'streamEvents',
        summary: 'Stream events',
        description:
          'The feed as server-sent events, each with its id, its kind as the event name, and an Event as data. A browser resumes by itself with `Last-Event-ID`; nothing is missed or repeated. A place that cannot be gone on from is told by 410: events behind it were forgotten, or it is of another feed. A comment keeps the connection alive.',
        querystring: eventStreamQuerySchema,
        headers: eventStreamHeadersSchema,
        response: {
          200: answerOf(
            z.string().meta({
              description: 'Server-sent events.',
              examples: [
                'id: ev_000000001a\nevent: message\ndata: {"id":"ev_000000001a","kind":"message"}\n\n',
              ],
            }),
            'Events until either side ends the stream.',
            'text/event-stream',
          ),
          ...problemAnswers(400, 401, 410, 500),
        },
      },
    },
    async (request, reply) => {
      const resumed = eventCursor('Last-Event-ID', request.headers['last-event-id']);
      const after = resumed ?? eventCursor('after', request.query.after) ?? (await ports.lastPosition());
      await refuseLostPlace(ports, after);

      const leave = places.take(callerOf(request).id);
      if (leave === null) {
        reply.header('retry-after', RETRY_AFTER);
        throw new ProblemError(
          problemOf('too-many-streams', { detail: `${options.most} streams are open with this key.` }),
        );
      }
      const language = request.query.language ?? languageFor(reply);
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        ...flat(reply.getHeaders()),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Tells nginx and its kin not to hold events back.
        'x-accel-buffering': 'no',
      });
      const left = new AbortController();
      response.on('close', () => left.abort());
      response.on('error', () => left.abort());
      const watch = setInterval(async () => {
        // What cannot be found out now is asked again: a stream does not end because the store is busy.
        if (!(await options.stillAllowed(request.raw).catch(() => true))) left.abort();
      }, options.timings.recheck);
      try {
        await streamEvents(response, {
          ports,
          after,
          kinds: request.query.kind ?? null,
          language,
          timings: options.timings,
          signal: AbortSignal.any([left.signal, options.ended]),
        });
      } catch (error) {
        options.broke(error);
      } finally {
        clearInterval(watch);
        leave();
        response.end();
      }
      return reply;
    },
  );
}

/** In seconds: how soon a place may be free, as far as anybody can say. */
const RETRY_AFTER = 10;

/** Counts the streams that each caller has open. */
function createStreamPlaces(most: number) {
  const open = new Map<string, number>();
  return {
    /** Takes a place and gives the way to leave it; null when there is none left. */
    take(callerId: string): (() => void) | null {
      const count = open.get(callerId) ?? 0;
      if (count >= most) return null;
      open.set(callerId, count + 1);
      return () => {
        const left = (open.get(callerId) ?? 1) - 1;
        if (left === 0) open.delete(callerId);
        else open.set(callerId, left);
      };
    },
  };
}

function flat(headers: Record<string, number | string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
