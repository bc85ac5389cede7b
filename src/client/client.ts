/**
 * `recado/client`: the HTTP API as typed functions, one for each operation of `/openapi.json`, under its name
 * there. It needs `fetch` and nothing else: Node, Deno, Bun, workers.
 *
 *   import { createClient, everyOf, RecadoProblem } from 'recado/client';
 *
 *   const recado = createClient({ url: 'http://127.0.0.1:8000', key: process.env.RECADO_KEY });
 *   const { id } = await recado.takeNotification({ to: '+55 85 8765-4321', text: 'See you at 10:00.' });
 *   for await (const contact of everyOf(recado.listContacts)) console.log(contact.name);
 *   for await (const event of recado.streamEvents({ after: lastSeen })) lastSeen = event.id;
 *
 * Every function rejects with RecadoProblem and nothing else, unless its signal aborts it.
 */
import type { z } from 'zod';
import type { AlarmPageBody } from '../server/contract/alarm.ts';
import type {
  ApiKeyBody,
  ApiKeyPageBody,
  apiKeyRequestSchema,
  NewApiKeyBody,
} from '../server/contract/api-key.ts';
import type { AuditPageBody } from '../server/contract/audit.ts';
import type {
  BusinessPhoneBody,
  BusinessPhonePageBody,
  businessPhoneChangesSchema,
  newBusinessPhoneSchema,
} from '../server/contract/business-phone.ts';
import type { ContactBody, ContactPageBody } from '../server/contract/contact.ts';
import type { ConversationPageBody, MessagePageBody } from '../server/contract/conversation.ts';
import type { ErrorCodeBody } from '../server/contract/error-code.ts';
import type { EventBody, EventPageBody } from '../server/contract/event.ts';
import type {
  NotificationBody,
  NotificationPageBody,
  notificationRequestSchema,
} from '../server/contract/notification.ts';
import type { RereadBody, rereadRequestSchema } from '../server/contract/reread.ts';
import type { SessionBody } from '../server/contract/session.ts';
import type { SettingPageBody, settingChangesSchema } from '../server/contract/settings.ts';
import { type Call, type ClientOptions, createConnection } from './connection.ts';
import { type FollowTimings, followEvents } from './follow-events.ts';

export { type ProblemFacts, RecadoProblem } from './recado-problem.ts';
export type {
  AlarmPageBody,
  ApiKeyBody,
  ApiKeyPageBody,
  AuditPageBody,
  BusinessPhoneBody,
  BusinessPhonePageBody,
  ClientOptions,
  ContactBody,
  ContactPageBody,
  ConversationPageBody,
  ErrorCodeBody,
  EventBody,
  EventPageBody,
  FollowTimings,
  MessagePageBody,
  NewApiKeyBody,
  NotificationBody,
  NotificationPageBody,
  RereadBody,
  SessionBody,
  SettingPageBody,
};

/** A message to send: `to`, and exactly one of `text` and `template`. */
export type NotificationRequest = z.input<typeof notificationRequestSchema>;

/** An API key to be made. */
export type ApiKeyRequest = z.input<typeof apiKeyRequestSchema>;

/** A business phone to be added. */
export type NewBusinessPhone = z.input<typeof newBusinessPhoneSchema>;

/** What is to change of a business phone; null takes a value away. */
export type BusinessPhoneChanges = z.input<typeof businessPhoneChangesSchema>;

/** New values of settings by their names; null gives back the default. */
export type SettingChanges = z.input<typeof settingChangesSchema>;

/** Which stored webhooks to read again. */
export type RereadRequest = z.input<typeof rereadRequestSchema>;

/** What every function takes last. */
export type CallOptions = {
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal;
};

/** Which part of a list: at most `limit` (1–500; 100), behind `after` (an id, or the `next` of a page). */
export type PageQuery = { after?: string; limit?: number };

/** Which notifications. */
export type NotificationQuery = PageQuery & { state?: NotificationBody['state'] };

/** Which events. */
export type EventQuery = PageQuery & { kind?: EventBody['kind'] | readonly EventBody['kind'][] };

/** Which events to stream, and until when. */
export type StreamQuery = {
  /** Begin behind this event; now when left out. */
  after?: string;
  kind?: EventBody['kind'] | readonly EventBody['kind'][];
  /** Ends the stream, without an error. */
  signal?: AbortSignal;
  timings?: Partial<FollowTimings>;
};

/** The HTTP API of one gateway. */
export type Client = ReturnType<typeof createClient>;

/** A client of the gateway at an address. Makes no request yet. */
export function createClient(options: ClientOptions) {
  const { answer, open } = createConnection(options);
  const get = <Body>(path: string, call: CallOptions = {}, query: Call['query'] = {}) =>
    answer<Body>({ method: 'GET', path, query, signal: call.signal });
  const change = <Body>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: object | undefined,
    call: CallOptions = {},
  ) => answer<Body>({ method, path, ...(body === undefined ? {} : { body }), signal: call.signal });

  return {
    /**
     * Takes a message to send; resolves once it is stored. One that is refused for what Meta's rules say is a
     * problem with status 422, a `code` and a `notificationId`.
     */
    takeNotification: (request: NotificationRequest, call?: CallOptions) =>
      change<NotificationBody>('POST', '/v1/notifications', request, call),
    /** Notifications in the order in which they were taken. */
    listNotifications: (query: NotificationQuery = {}, call?: CallOptions) =>
      get<NotificationPageBody>('/v1/notifications', call, query),
    /** A notification with every try to send it and every status that Meta reported. */
    getNotification: (id: string, call?: CallOptions) =>
      get<NotificationBody>(`/v1/notifications/${encodeURIComponent(id)}`, call),

    /** People who wrote in, or were written to. */
    listContacts: (query: PageQuery = {}, call?: CallOptions) =>
      get<ContactPageBody>('/v1/contacts', call, query),
    /** A person, and whether they may be notified now. */
    getContact: (id: string, call?: CallOptions) =>
      get<ContactBody>(`/v1/contacts/${encodeURIComponent(id)}`, call),
    /** Conversations of a contact or a group with a business phone. */
    listConversations: (query: PageQuery = {}, call?: CallOptions) =>
      get<ConversationPageBody>('/v1/conversations', call, query),
    /** What was written in a conversation, in both directions. */
    listMessages: (conversationId: string, query: PageQuery = {}, call?: CallOptions) =>
      get<MessagePageBody>(`/v1/conversations/${encodeURIComponent(conversationId)}/messages`, call, query),

    /** The feed, to be pulled. At its end `next` is null: give the id of the last event as `after` later. */
    listEvents: (query: EventQuery = {}, call?: CallOptions) => get<EventPageBody>('/v1/events', call, query),
    /**
     * The feed as it grows, each event once and in order, over disconnections and restarts of the gateway. Keep
     * the id of the last event that you have worked in, and give it as `after` when your program starts again.
     * Throws RecadoProblem when it cannot be opened at first, or is refused later.
     */
    streamEvents: ({ after, kind, signal, timings }: StreamQuery = {}): AsyncGenerator<EventBody, void> =>
      followEvents({
        after,
        signal,
        timings,
        open: (last, ended) =>
          open({
            method: 'GET',
            path: '/v1/events/stream',
            query: { kind },
            headers: { ...(last !== undefined && { 'last-event-id': last }) },
            signal: ended,
          }),
      }),

    /** What needs a person now, then what did before. */
    listAlarms: (query: PageQuery = {}, call?: CallOptions) => get<AlarmPageBody>('/v1/alarms', call, query),
    /** What an error code of Meta's (`133010`), or one of Recado's, means, and its cure. */
    explainError: (code: string | number, call?: CallOptions) =>
      get<ErrorCodeBody>(`/v1/errors/${encodeURIComponent(code)}`, call),

    /** Makes an API key. Its text is in this answer and nowhere else. */
    createApiKey: (request: ApiKeyRequest, call?: CallOptions) =>
      change<NewApiKeyBody>('POST', '/v1/keys', request, call),
    /** API keys in the order in which they were made, revoked ones too. */
    listApiKeys: (query: PageQuery = {}, call?: CallOptions) => get<ApiKeyPageBody>('/v1/keys', call, query),
    /** Refuses a key from now on. */
    revokeApiKey: (id: string, call?: CallOptions) =>
      change<ApiKeyBody>('DELETE', `/v1/keys/${encodeURIComponent(id)}`, undefined, call),
    /** Who changed what. */
    listAudit: (query: PageQuery = {}, call?: CallOptions) => get<AuditPageBody>('/v1/audit', call, query),
    /** Begins a session of a browser; its cookie is kept by the browser. Programs need none. */
    logIn: (key: string, call?: CallOptions) => change<SessionBody>('POST', '/v1/session', { key }, call),
    /** Ends the session of this browser. */
    logOut: (call?: CallOptions) => change<void>('DELETE', '/v1/session', undefined, call),

    /** The business phones: the one of the environment, those that were added, and foreign ones. */
    listBusinessPhones: (query: PageQuery = {}, call?: CallOptions) =>
      get<BusinessPhonePageBody>('/v1/business-phones', call, query),
    /** A business phone by Meta's `phone_number_id`. */
    getBusinessPhone: (id: string, call?: CallOptions) =>
      get<BusinessPhoneBody>(`/v1/business-phones/${encodeURIComponent(id)}`, call),
    /** Adds a WhatsApp number of yours, in service at once. */
    addBusinessPhone: (phone: NewBusinessPhone, call?: CallOptions) =>
      change<BusinessPhoneBody>('POST', '/v1/business-phones', phone, call),
    /** Changes what is named and leaves the rest. */
    changeBusinessPhone: (id: string, changes: BusinessPhoneChanges, call?: CallOptions) =>
      change<BusinessPhoneBody>('PATCH', `/v1/business-phones/${encodeURIComponent(id)}`, changes, call),
    /** Takes a business phone out of service. */
    removeBusinessPhone: (id: string, call?: CallOptions) =>
      change<BusinessPhoneBody>('DELETE', `/v1/business-phones/${encodeURIComponent(id)}`, undefined, call),

    /** Every setting of behaviour with its value, its default, and what it decides. */
    listSettings: (call?: CallOptions) => get<SettingPageBody>('/v1/settings', call),
    /** Decides the settings that are named, all or none. */
    changeSettings: (changes: SettingChanges, call?: CallOptions) =>
      change<SettingPageBody>('PATCH', '/v1/settings', changes, call),
    /** Reads stored webhooks again with the understanding of this version, in the background. */
    startReread: (request: RereadRequest = {}, call?: CallOptions) =>
      change<RereadBody>('POST', '/v1/reread', request, call),
    /** The re-reading that runs, or ran last. */
    getReread: (call?: CallOptions) => get<RereadBody>('/v1/reread', call),
  };
}

/**
 * Everything that a list holds, page by page. With a filter:
 * `everyOf((page) => recado.listNotifications({ ...page, state: 'failed' }))`.
 */
export async function* everyOf<Item>(
  list: (page: PageQuery) => Promise<{ data: Item[]; next: string | null }>,
): AsyncGenerator<Item, void, undefined> {
  let page = await list({});
  for (;;) {
    yield* page.data;
    if (page.next === null) return;
    page = await list({ after: page.next });
  }
}
