import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { eventId, eventKinds } from '../domain/event.ts';
import { TEXT_MAX_LENGTH } from '../domain/notification-content.ts';
import { acceptJsonOnly } from './json-only.ts';
import { mediaRoute } from './media-route.ts';
import { framedHeaders, type PageFileName, pageFileNames, pageHeaders, readPageFile } from './page-files.ts';
import { type PretendPeople, readableNumber } from './people.ts';
import { createPeopleStream } from './people-stream.ts';
import { personRoutes } from './person-routes.ts';
import { refuse } from './refuse.ts';
import type { Session } from './session.ts';
import { timeOnPage, timeRoutes } from './time-routes.ts';

/** What the page shows besides people, events and notifications. It does not change while the sandbox runs. */
export type SandboxSetup = {
  /** Address of the gateway, as the commands on the page name it. */
  url: string;
  /** The business phone: its verified name, and its number in digits with the country code. */
  business: { name: string; digits: string };
  /** The templates that can be chosen on the page. */
  templates: readonly { name: string; language: string; bodyParameters: number }[];
  /** The key when this start made it up; null when it was configured, and so is none of the screen's business. */
  pretendAdminKey: string | null;
};

const bodyLimit = 64 * 1024;

const login = z.strictObject({ key: z.string().min(1).max(1024) });

/**
 * The page at `/sandbox`, its phone alone at `/sandbox/phone`, its files, and the control of the pretend phones and of time under `/sandbox/`. Give it to the gateway
 * as an extension; a gateway without it serves none of this.
 *
 * @param options.setup asked when a page opens, because the gateway's address is known only once it listens
 * @param options.ended ends the streams, so that the server can close
 */
export function createSandboxRoutes(options: {
  simulator: PretendPeople;
  session: Session;
  setup: () => SandboxSetup;
  ended: AbortSignal;
  /** Until the gateway has done all that follows from what happened. */
  settled: () => Promise<void>;
  now?: () => number;
}): (fastify: FastifyInstance) => void {
  const { simulator, session, setup, now = Date.now } = options;
  // Tells one start of the sandbox from the next, so that a page from before starts over.
  const runId = randomBytes(8).toString('hex');

  return (fastify) => {
    fastify.register(async (scope) => {
      acceptJsonOnly(scope);
      pageRoutes(scope);
      scope.register(async (inside) => {
        inside.addHook('onRequest', async (request, reply) => {
          if (session.allowed(request.raw)) return;
          return refuse(reply, 'no-session');
        });
        setupRoute(inside);
        phoneRoutes(inside);
      });
    });
  };

  function pageRoutes(scope: FastifyInstance): void {
    scope.get('/sandbox', async (request, reply) => {
      if (session.trusted(request.raw)) reply.header('set-cookie', session.cookieFor(request.raw));
      else if (!session.allowed(request.raw)) return sendPageFile(reply, 'login.html');
      return sendPageFile(reply, 'index.html');
    });

    // The phone alone, which the dashboard shows beside its pages.
    scope.get('/sandbox/phone', async (request, reply) => {
      const welcome = session.trusted(request.raw) || session.allowed(request.raw);
      return sendPageFile(reply, welcome ? 'index.html' : 'login.html', framedHeaders);
    });

    for (const name of pageFileNames) {
      if (name.endsWith('.html')) continue;
      scope.get(`/sandbox/page/${name}`, async (_request, reply) => sendPageFile(reply, name));
    }

    scope.post('/sandbox/login', { bodyLimit }, async (request, reply) => {
      if (!session.sameOrigin(request.raw)) return refuse(reply, 'login-from-elsewhere');
      const body = login.safeParse(request.body);
      const answer = session.login(body.success ? body.data.key : '', now());
      if (answer !== 'ok') return refuse(reply, answer);
      return reply.header('set-cookie', session.cookieFor(request.raw)).code(204).send();
    });
  }

  function setupRoute(scope: FastifyInstance): void {
    scope.get('/sandbox/setup', async (_request, reply) => {
      const { business, ...rest } = setup();
      return reply.headers(pageHeaders).send({
        ...rest,
        business: { name: business.name, number: readableNumber(business.digits) },
        runId,
        time: timeOnPage(simulator.time),
        eventKinds,
        feedStart: eventId(0),
        textMaxLength: TEXT_MAX_LENGTH,
      });
    });
  }

  function phoneRoutes(scope: FastifyInstance): void {
    const stream = createPeopleStream({ simulator, runId, ended: options.ended });
    scope.get('/sandbox/stream', { exposeHeadRoute: false }, (_request, reply) => {
      reply.hijack();
      stream.open(reply.raw);
    });

    personRoutes(scope, simulator, stream.look);
    mediaRoute(scope, simulator.media);
    timeRoutes(scope, simulator, options.settled);
  }
}

async function sendPageFile(
  reply: FastifyReply,
  name: PageFileName,
  headers: Readonly<Record<string, string>> = {},
): Promise<FastifyReply> {
  const file = await readPageFile(name);
  return reply.headers({ ...file.headers, ...headers }).send(file.body);
}
