import { z } from 'zod';
import { problemAnswers } from './answers.ts';
import type { Access } from './authentication.ts';
import { requireCaller } from './caller.ts';
import { createRateLimit } from './rate-limits.ts';
import { type AlarmPorts, alarmRoutes } from './routes/alarms.ts';
import { type ApiKeyPorts, apiKeyRoutes } from './routes/api-keys.ts';
import { type AuditPorts, auditRoutes } from './routes/audit.ts';
import { type BatchPorts, batchRoutes } from './routes/batches.ts';
import { type BusinessPhonePorts, businessPhoneRoutes } from './routes/business-phones.ts';
import { type CommandPorts, commandRoutes } from './routes/commands.ts';
import { type ConnectionPorts, connectionRoutes } from './routes/connection.ts';
import { type ContactPorts, contactRoutes } from './routes/contacts.ts';
import { type ConversationPorts, conversationRoutes } from './routes/conversations.ts';
import { type CostPorts, costRoutes } from './routes/costs.ts';
import { type DoctorRoutePorts, doctorRoutes } from './routes/doctor.ts';
import { type EndpointPorts, endpointRoutes } from './routes/endpoints.ts';
import { errorRoutes } from './routes/errors.ts';
import { eventStreamRoute, type StreamOptions } from './routes/event-stream.ts';
import { type EventPorts, eventRoutes } from './routes/events.ts';
import { type MediaPorts, mediaRoutes } from './routes/media.ts';
import { type MergePorts, mergeRoutes } from './routes/merges.ts';
import { type NotificationPorts, notificationRoutes } from './routes/notifications.ts';
import { type RereadPorts, rereadRoutes } from './routes/reread.ts';
import { type SendingPorts, sendingRoutes } from './routes/sending.ts';
import { sessionRoutes, whoRoute } from './routes/session.ts';
import { type SettingPorts, settingRoutes } from './routes/settings.ts';
import { type TemplatePorts, templateRoutes } from './routes/templates.ts';
import type { Api } from './typed-fastify.ts';
import type { AnswerUnknown } from './unknown-route.ts';

/** Everything that the routes of /v1 need from behind them. */
export type ApiPorts = NotificationPorts &
  BatchPorts &
  ContactPorts &
  MergePorts &
  CommandPorts &
  ConversationPorts &
  MediaPorts &
  EventPorts &
  AlarmPorts &
  EndpointPorts &
  RereadPorts &
  ApiKeyPorts &
  AuditPorts &
  SendingPorts &
  SettingPorts &
  BusinessPhonePorts &
  ConnectionPorts &
  TemplatePorts &
  CostPorts &
  DoctorRoutePorts;

/** Registers /v1: closed to whoever does not authenticate, whatever the address. */
export function registerApi(
  fastify: Api,
  options: {
    ports: ApiPorts;
    access: Access;
    /** Requests per caller and minute; null for any number. */
    requestsPerMinute: number | null;
    stream: StreamOptions;
    answerUnknown: AnswerUnknown;
  },
): void {
  const { ports, access, requestsPerMinute, stream, answerUnknown } = options;
  fastify.register(
    async (api) => {
      neverStored(api);
      refuseStrayQueries(api);
      const admit = requestsPerMinute === null ? undefined : createRateLimit(api, requestsPerMinute);
      requireCaller(api, access.authenticate, admit);
      api.setNotFoundHandler(answerUnknown);
      notificationRoutes(api, ports);
      batchRoutes(api, ports);
      contactRoutes(api, ports);
      mergeRoutes(api, ports);
      commandRoutes(api, ports);
      conversationRoutes(api, ports);
      mediaRoutes(api, ports);
      eventRoutes(api, ports);
      eventStreamRoute(api, ports, stream);
      endpointRoutes(api, ports);
      doctorRoutes(api, ports);
      alarmRoutes(api, ports);
      errorRoutes(api);
      rereadRoutes(api, ports);
      apiKeyRoutes(api, ports);
      auditRoutes(api, ports);
      settingRoutes(api, ports);
      sendingRoutes(api, ports);
      businessPhoneRoutes(api, ports);
      connectionRoutes(api, ports);
      templateRoutes(api, ports);
      costRoutes(api, ports);
      whoRoute(api, ports);
    },
    { prefix: '/v1' },
  );
  fastify.register(
    async (api) => {
      neverStored(api);
      sessionRoutes(api, access);
    },
    { prefix: '/v1' },
  );
}

const noQuery = z.strictObject({});

/** A GET that declares no query takes none: as in lists, an unknown parameter is refused instead of passed over. */
function refuseStrayQueries(api: Pick<Api, 'addHook'>): void {
  api.addHook('onRoute', (route) => {
    const { schema } = route;
    if (route.method !== 'GET' || schema === undefined || schema.querystring !== undefined) return;
    const response = { ...problemAnswers(400), ...Object(schema.response) };
    route.schema = { ...schema, querystring: noQuery, response };
  });
}

/**
 * Answers of /v1 are about people, or hold keys: no cache may keep them. So they have no ETag either; whoever
 * wants to know what is new follows the events instead of asking again.
 */
function neverStored(api: Pick<Api, 'addHook'>): void {
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
}
