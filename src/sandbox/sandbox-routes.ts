import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { eventId, eventKinds } from '../domain/event.ts';
import { TEXT_MAX_LENGTH } from '../domain/notification-content.ts';
import { phoneNumberVariants } from '../domain/phone-number.ts';
import { sendProblem } from '../server/answers.ts';
import type { SimulatedPerson } from '../simulator/simulator.ts';
import { type PageFileName, pageFileNames, pageHeaders, readPageFile } from './page-files.ts';
import { type PretendPeople, personOnPage, readableNumber } from './people.ts';
import { createPeopleStream } from './people-stream.ts';
import { peopleLimit, type SandboxProblemCode, sandboxProblem } from './problems.ts';
import type { Session } from './session.ts';

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

const newPerson = z.strictObject({
  number: z
    .string()
    .max(40)
    .regex(/^\+?[\d\s().-]+$/)
    .transform((typed) => typed.replace(/\D/g, ''))
    .pipe(z.string().regex(/^[1-9]\d{9,14}$/)),
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^\P{Cc}*$/u),
});
const writtenText = z.strictObject({ text: z.string().trim().min(1).max(TEXT_MAX_LENGTH) });
const switchPosition = z.strictObject({ online: z.boolean() });
const nothing = z.strictObject({});
const login = z.strictObject({ key: z.string().min(1).max(1024) });

/**
 * The page at `/`, its files, and the control of the pretend phones under `/sandbox/`. Give it to the gateway
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
    scope.get('/', async (request, reply) => {
      if (session.trusted(request.raw)) reply.header('set-cookie', session.cookieFor(request.raw));
      else if (!session.allowed(request.raw)) return sendPageFile(reply, 'login.html');
      return sendPageFile(reply, 'index.html');
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
        eventKinds,
        feedStart: eventId(0),
        textMaxLength: TEXT_MAX_LENGTH,
      });
    });
  }

  function phoneRoutes(scope: FastifyInstance): void {
    const stream = createPeopleStream({ people: simulator, runId, ended: options.ended });
    scope.get('/sandbox/stream', { exposeHeadRoute: false }, (_request, reply) => {
      reply.hijack();
      stream(reply.raw);
    });

    scope.get('/sandbox/people', async (_request, reply) =>
      reply.headers(pageHeaders).send({ people: simulator.people().map(personOnPage) }),
    );

    scope.post('/sandbox/people', { bodyLimit }, async (request, reply) => {
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

    personRoute(scope, 'messages', writtenText, 'text-invalid', async (person, { text }) => {
      if (!person.online) return 'person-offline';
      // Whoever writes has the chat before their eyes.
      await person.reads();
      await person.writes(text);
      return null;
    });
    personRoute(scope, 'read', nothing, 'reading-invalid', async (person) => {
      if (!person.online) return 'person-offline';
      await person.reads();
      return null;
    });
    personRoute(scope, 'online', switchPosition, 'switch-invalid', async (person, { online }) => {
      person.setOnline(online);
      return null;
    });
  }

  function personRoute<Body>(
    scope: FastifyInstance,
    verb: string,
    schema: z.ZodType<Body>,
    otherwise: SandboxProblemCode,
    act: (person: SimulatedPerson, body: Body) => Promise<SandboxProblemCode | null>,
  ): void {
    scope.post<{ Params: { waId: string } }>(
      `/sandbox/people/:waId/${verb}`,
      { bodyLimit },
      async (request, reply) => {
        const person = simulator.people().find(({ waId }) => waId === request.params.waId);
        if (person === undefined) return refuse(reply, 'person-unknown');
        const body = schema.safeParse(request.body);
        const problem = body.success ? await act(person, body.data) : otherwise;
        return problem === null ? reply.code(204).send() : refuse(reply, problem);
      },
    );
  }
}

/** Another site can post a form without being asked, as text or form fields, but never JSON. */
function acceptJsonOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => {
      try {
        return JSON.parse(body);
      } catch {
        // The schema of the route refuses it, with a sentence about what it wants.
        return undefined;
      }
    },
  );
}

async function sendPageFile(reply: FastifyReply, name: PageFileName): Promise<FastifyReply> {
  const file = await readPageFile(name);
  return reply.headers(file.headers).send(file.body);
}

function refuse(reply: FastifyReply, code: SandboxProblemCode): FastifyReply {
  sendProblem(reply, sandboxProblem(code));
  return reply;
}
