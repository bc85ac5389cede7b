import type { Authenticate } from './authentication.ts';
import { requireCaller } from './caller.ts';
import { type ContactPorts, contactRoutes } from './routes/contacts.ts';
import { type ConversationPorts, conversationRoutes } from './routes/conversations.ts';
import { eventStreamRoute, type StreamOptions } from './routes/event-stream.ts';
import { type EventPorts, eventRoutes } from './routes/events.ts';
import { type NotificationPorts, notificationRoutes } from './routes/notifications.ts';
import type { Api } from './typed-fastify.ts';
import type { AnswerUnknown } from './unknown-route.ts';

/** Everything that the routes of /v1 need from behind them. */
export type ApiPorts = NotificationPorts & ContactPorts & ConversationPorts & EventPorts;

/** Registers /v1: closed to whoever does not authenticate, whatever the address. */
export function registerApi(
  fastify: Api,
  options: {
    ports: ApiPorts;
    authenticate: Authenticate;
    stream: StreamOptions;
    answerUnknown: AnswerUnknown;
  },
): void {
  const { ports, authenticate, stream, answerUnknown } = options;
  fastify.register(
    async (api) => {
      api.addHook('onRequest', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      requireCaller(api, authenticate);
      api.setNotFoundHandler(answerUnknown);
      notificationRoutes(api, ports);
      contactRoutes(api, ports);
      conversationRoutes(api, ports);
      eventRoutes(api, ports);
      eventStreamRoute(api, ports, stream);
    },
    { prefix: '/v1' },
  );
}
