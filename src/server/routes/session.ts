import { z } from 'zod';
import { apiKeyScopes } from '../../domain/api-key.ts';
import type { Clock } from '../../runtime/clock.ts';
import { answerOf, problemAnswers } from '../answers.ts';
import type { Access } from '../authentication.ts';
import { callerOf, sendRefusal } from '../caller.ts';
import {
  type SessionBody,
  sessionRequestSchema,
  sessionSchema,
  type WhoBody,
  whoSchema,
} from '../contract/session.ts';
import { isoTime } from '../representations/time.ts';
import type { Api } from '../typed-fastify.ts';

/**
 * POST and DELETE /v1/session: login and logout of a browser. They stand outside of what needs a key, and for
 * that ask the browser where its request comes from.
 */
export function sessionRoutes(api: Api, access: Access): void {
  api.post(
    '/session',
    {
      schema: {
        tags: ['Access'],
        operationId: 'logIn',
        summary: 'Log a browser in',
        description:
          'Begins a session of twelve hours for a page that this Recado serves: the cookie then stands for the key, on every address of the API. Programs send the key itself instead. Only the browser’s own word for where the page comes from (`Sec-Fetch-Site`, `Origin`) lets a cookie change anything.',
        security: [],
        body: sessionRequestSchema,
        response: {
          200: answerOf(sessionSchema, 'Logged in; the cookie is in `Set-Cookie`.'),
          ...problemAnswers(400, 401, 413, 415, 500),
        },
      },
    },
    async (request, reply): Promise<SessionBody | undefined> => {
      const login = await access.logIn(request.raw, request.body.key);
      if ('refused' in login) {
        sendRefusal(reply, login);
        return undefined;
      }
      reply.header('set-cookie', login.setCookie);
      const { name, scopes } = login.caller;
      return { name, scopes: [...scopes], expiresAt: isoTime(login.expiresAt) };
    },
  );

  api.delete(
    '/session',
    {
      schema: {
        tags: ['Access'],
        operationId: 'logOut',
        summary: 'Log a browser out',
        description: 'Ends the session of this browser, if there is one, and takes its cookie away.',
        security: [],
        response: { 204: z.null().meta({ description: 'Logged out.' }), ...problemAnswers(403) },
      },
    },
    async (request, reply) => {
      const logout = access.logOut(request.raw);
      if ('refused' in logout) sendRefusal(reply, logout);
      else reply.header('set-cookie', logout.setCookie).code(204).send(null);
      return reply;
    },
  );
}

/** GET /v1/session: a page that was opened again asks so whether it is still logged in. */
export function whoRoute(api: Api, { clock }: { clock: Clock }): void {
  api.get(
    '/session',
    {
      config: { scopes: apiKeyScopes },
      schema: {
        tags: ['Access'],
        operationId: 'getSession',
        summary: 'Who am I?',
        description:
          'Whose key or session this request carries, what it allows, and the time by Recado’s clock.',
        response: { 200: answerOf(whoSchema, 'Who asks.'), ...problemAnswers(401, 500) },
      },
    },
    async (request): Promise<WhoBody> => {
      const { name, scopes } = callerOf(request);
      return { name, scopes: [...scopes], now: isoTime(clock.now()) };
    },
  );
}
