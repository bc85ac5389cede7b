import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { z } from 'zod';
import { eventId } from '../../src/domain/event.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { failureText } from '../../src/domain/failure-text.ts';
import { isJsonObject, type JsonObject } from '../../src/domain/json.ts';
import { createAuthentication } from '../../src/server/authentication.ts';
import { alarmPageSchema } from '../../src/server/contract/alarm.ts';
import { apiKeyPageSchema, apiKeySchema, newApiKeySchema } from '../../src/server/contract/api-key.ts';
import { auditPageSchema } from '../../src/server/contract/audit.ts';
import {
  batchPageSchema,
  batchPreviewSchema,
  batchRequestSchema,
  batchRowPageSchema,
  batchSchema,
} from '../../src/server/contract/batch.ts';
import { businessPhonePageSchema, businessPhoneSchema } from '../../src/server/contract/business-phone.ts';
import { commandSchema } from '../../src/server/contract/command.ts';
import { connectionSchema } from '../../src/server/contract/connection.ts';
import { contactPageSchema, contactSchema, optOutsSchema } from '../../src/server/contract/contact.ts';
import {
  conversationPageSchema,
  messagePageSchema,
  readMarkSchema,
} from '../../src/server/contract/conversation.ts';
import { costsSchema } from '../../src/server/contract/cost.ts';
import { doctorSchema } from '../../src/server/contract/doctor.ts';
import {
  deadLetterPageSchema,
  endpointPageSchema,
  endpointSchema,
  endpointSecretSchema,
  endpointTrialSchema,
  forwardAttemptPageSchema,
  redeliveredSchema,
} from '../../src/server/contract/endpoint.ts';
import { errorCodePageSchema, errorCodeSchema } from '../../src/server/contract/error-code.ts';
import { eventPageSchema } from '../../src/server/contract/event.ts';
import { healthSchema, readinessSchema } from '../../src/server/contract/health.ts';
import { mediaPageSchema, uploadSchema } from '../../src/server/contract/kept-media.ts';
import { mergePageSchema, mergeSchema } from '../../src/server/contract/merge.ts';
import {
  notificationPageSchema,
  notificationPreviewSchema,
  notificationRequestSchema,
  notificationSchema,
  notificationTotalsSchema,
} from '../../src/server/contract/notification.ts';
import { problemSchema, refusalSchema } from '../../src/server/contract/problem.ts';
import { rereadSchema } from '../../src/server/contract/reread.ts';
import { sendingSchema } from '../../src/server/contract/sending.ts';
import { sessionSchema, whoSchema } from '../../src/server/contract/session.ts';
import { settingPageSchema } from '../../src/server/contract/settings.ts';
import {
  templatePageSchema,
  templatePreviewSchema,
  templateSyncSchema,
} from '../../src/server/contract/template.ts';
import { createServer, type Server, type ServerOptions } from '../../src/server/server.ts';
import { type Answer, createClient, type Sent } from '../support/api-client.ts';
import { createAccessPorts } from '../support/in-memory-access.ts';
import { createPorts, idOf, noon } from '../support/in-memory-ports.ts';

const key = 'rk_contract';
const minute = 60 * 1000;
const world = createPorts();
const failed: { reference: string; route: string; error: unknown }[] = [];
const servers: Server[] = [];
const openapi: { document: JsonObject } = { document: {} };
let port = 0;

async function start(overrides: Partial<ServerOptions> = {}): Promise<{ server: Server; port: number }> {
  const server = await createServer({
    webhookRoute: {
      matches: (request) => request.url === '/webhooks/whatsapp/',
      handle: (_request, response) => response.end('the webhook door'),
    },
    ports: world.ports,
    access: accessOf({}),
    report: {
      failed: (failure) => failed.push(failure),
      isStoreUnavailable: (error) => error instanceof Error && error.message === 'disk full',
    },
    streamTimings: { heartbeat: 10 },
    ...overrides,
  });
  servers.push(server);
  return { server, ...(await server.listen('127.0.0.1', 0)) };
}

/** An authentication that knows the key and those of the world. */
function accessOf(options: Partial<Parameters<typeof createAuthentication>[0]>) {
  return createAuthentication({
    adminKey: key,
    store: world.access.store,
    clock: world.ports.clock,
    failuresPerMinute: 10_000,
    ...options,
  });
}

beforeAll(async () => {
  ({ port } = await start());
  const { body } = await createClient(port)('/openapi.json');
  openapi.document = objectOf(body);
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

/** Schema of every documented answer; whatever else a route answers is a Problem. */
const contract: Record<string, z.ZodType> = {
  'POST /v1/notifications 202': notificationSchema,
  'POST /v1/notifications 422': refusalSchema,
  'POST /v1/notifications/preview 200': notificationPreviewSchema,
  'GET /v1/notifications 200': notificationPageSchema,
  'GET /v1/notifications/totals 200': notificationTotalsSchema,
  'GET /v1/notifications/{id} 200': notificationSchema,
  'POST /v1/notifications/{id}/cancel 200': notificationSchema,
  'POST /v1/notifications/{id}/cancel 202': commandSchema,
  'POST /v1/batches 202': batchSchema,
  'POST /v1/batches/preview 200': batchPreviewSchema,
  'GET /v1/batches 200': batchPageSchema,
  'GET /v1/batches/{id} 200': batchSchema,
  'GET /v1/batches/{id}/rows 200': batchRowPageSchema,
  'POST /v1/batches/{id}/rows 200': batchSchema,
  'POST /v1/batches/{id}/pause 200': batchSchema,
  'POST /v1/batches/{id}/resume 200': batchSchema,
  'POST /v1/batches/{id}/cancel 200': batchSchema,
  'GET /v1/contacts 200': contactPageSchema,
  'GET /v1/contacts/{id} 200': contactSchema,
  'GET /v1/contacts/{id}/merges 200': mergePageSchema,
  'POST /v1/contacts/{id}/merges/{mergeId}/undo 200': mergeSchema,
  'POST /v1/contacts/{id}/merges/{mergeId}/undo 202': commandSchema,
  'POST /v1/contacts/{id}/merges/{mergeId}/redo 200': mergeSchema,
  'POST /v1/contacts/{id}/merges/{mergeId}/redo 202': commandSchema,
  'GET /v1/commands/{id} 200': commandSchema,
  'GET /v1/conversations 200': conversationPageSchema,
  'GET /v1/conversations/{id}/messages 200': messagePageSchema,
  'POST /v1/conversations/{id}/read 200': readMarkSchema,
  'GET /v1/media 200': mediaPageSchema,
  'POST /v1/media 200': uploadSchema,
  'POST /v1/media 201': uploadSchema,
  'GET /v1/events 200': eventPageSchema,
  'POST /v1/endpoints 201': endpointSecretSchema,
  'GET /v1/endpoints 200': endpointPageSchema,
  'GET /v1/endpoints/{id} 200': endpointSchema,
  'PATCH /v1/endpoints/{id} 200': endpointSchema,
  'DELETE /v1/endpoints/{id} 200': endpointSchema,
  'POST /v1/endpoints/{id}/test 200': endpointTrialSchema,
  'POST /v1/endpoints/{id}/rotate-secret 200': endpointSecretSchema,
  'POST /v1/endpoints/{id}/redeliver 202': redeliveredSchema,
  'GET /v1/endpoints/{id}/attempts 200': forwardAttemptPageSchema,
  'GET /v1/endpoints/{id}/dead-letters 200': deadLetterPageSchema,
  'GET /v1/errors 200': errorCodePageSchema,
  'GET /v1/errors/{code} 200': errorCodeSchema,
  'POST /v1/reread 202': rereadSchema,
  'GET /v1/reread 200': rereadSchema,
  'GET /v1/doctor 200': doctorSchema,
  'POST /v1/doctor/run 200': doctorSchema,
  'POST /v1/keys 201': newApiKeySchema,
  'GET /v1/keys 200': apiKeyPageSchema,
  'DELETE /v1/keys/{id} 200': apiKeySchema,
  'GET /v1/audit 200': auditPageSchema,
  'POST /v1/session 200': sessionSchema,
  'GET /v1/session 200': whoSchema,
  'GET /v1/alarms 200': alarmPageSchema,
  'GET /v1/templates 200': templatePageSchema,
  'GET /v1/templates/{name} 200': templatePageSchema,
  'PATCH /v1/templates/{name} 200': templatePageSchema,
  'DELETE /v1/templates/{name} 200': templatePageSchema,
  'POST /v1/templates 201': templatePageSchema,
  'POST /v1/templates/sync 200': templateSyncSchema,
  'POST /v1/templates/{name}/preview 200': templatePreviewSchema,
  'GET /v1/costs 200': costsSchema,
  'POST /v1/contacts/{id}/opt-outs 200': optOutsSchema,
  'DELETE /v1/contacts/{id}/opt-outs 200': optOutsSchema,
  'GET /v1/sending 200': sendingSchema,
  'POST /v1/sending/stop 200': sendingSchema,
  'POST /v1/sending/start 200': sendingSchema,
  'GET /v1/settings 200': settingPageSchema,
  'PATCH /v1/settings 200': settingPageSchema,
  'GET /v1/business-phones 200': businessPhonePageSchema,
  'GET /v1/business-phones/{id} 200': businessPhoneSchema,
  'POST /v1/business-phones 201': businessPhoneSchema,
  'PATCH /v1/business-phones/{id} 200': businessPhoneSchema,
  'DELETE /v1/business-phones/{id} 200': businessPhoneSchema,
  'POST /v1/business-phones/{id}/register 200': businessPhoneSchema,
  'GET /v1/connection 200': connectionSchema,
  'POST /v1/connection 200': connectionSchema,
  'GET /healthz 200': healthSchema,
  'GET /readyz 200': readinessSchema,
  'GET /readyz 503': readinessSchema,
};

/** Every answer that these tests have seen, as `GET /v1/events 200`. */
const seen = new Set<string>();

/** Asks as the owner of the key, and holds the answer against the contract. */
async function ask(path: string, sent: Sent = {}, standing = { authorization: `Bearer ${key}` }) {
  const answer = await createClient(port, standing)(path, sent);
  hold(sent.method ?? (sent.body === undefined ? 'GET' : 'POST'), path, answer);
  return { ...answer, body: objectOf(answer.body) };
}

function hold(method: string, path: string, answer: Answer): void {
  const route = Object.keys(objectOf(openapi.document.paths)).find((known) =>
    new RegExp(`^${known.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''),
  );
  const name = `${method} ${route} ${answer.status}`;
  seen.add(name);
  const schema = contract[name] ?? problemSchema;
  // Parsing drops what the contract does not know, so an answer that says more differs.
  expect(schema.parse(answer.body)).toEqual(answer.body);
  expectHeaders(answer, schema === problemSchema || schema === refusalSchema);
}

function expectHeaders({ headers }: Answer, problem: boolean): void {
  expect(headers['content-type']).toBe(
    problem ? 'application/problem+json' : 'application/json; charset=utf-8',
  );
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
}

/** Every operation that the document describes. */
function operations() {
  return Object.entries(objectOf(openapi.document.paths)).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).map(([word, description]) => {
      const method = word.toUpperCase();
      return { name: `${method} ${path}`, method, path, description: objectOf(description) };
    }),
  );
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error(`An object was expected, not ${JSON.stringify(value)}`);
  return value;
}

/** Asks for the whole list, page by page, and gives the ids. */
async function idsOf(path: string, limit: number): Promise<unknown[]> {
  const ids: unknown[] = [];
  let after = '';
  for (;;) {
    const { body } = await ask(`${path}?limit=${limit}${after}`);
    if (!Array.isArray(body.data)) throw new Error('The page has no data');
    ids.push(...body.data.map((item) => objectOf(item).id));
    if (body.next === null) return ids;
    after = `&after=${String(body.next)}`;
  }
}

const text = { to: '+55 85 8765-4321', text: 'Sua entrevista é amanhã às 10:00. 😀' };

describe('POST /v1/notifications/preview', () => {
  it('says what would be sent, and takes nothing', async () => {
    const before = world.requests.length;
    const { status, body } = await ask('/v1/notifications/preview', { body: text });
    expect(status).toBe(200);
    expect(body).toMatchObject({ decision: 'free-form', failure: null, contactId: null });
    expect(body.content).toMatchObject({ type: 'text' });
    expect(world.requests).toHaveLength(before);
  });

  it('answers a refusal with 200, its failure and the remedy in the language asked for', async () => {
    const { status, headers, body } = await ask('/v1/notifications/preview', {
      body: { ...text, to: '+55 85 1111-1111' },
      headers: { 'Accept-Language': 'pt-BR' },
    });
    expect([status, headers['content-language']]).toEqual([200, 'pt-BR']);
    expect(body).toMatchObject({
      decision: 'refuse',
      content: null,
      failure: { code: 'window-closed', title: failureText('window-closed', 'pt-BR').title },
    });
  });

  it('names what cannot be meant as written, as taking does', async () => {
    const { status, body } = await ask('/v1/notifications/preview', { body: { ...text, to: 'nonsense' } });
    expect([status, body.code]).toEqual([400, 'recipient-invalid']);
    const malformed = await ask('/v1/notifications/preview', { body: { to: '1' } });
    expect([malformed.status, malformed.body.code]).toEqual([400, 'request-malformed']);
  });

  it('reads a body by the rules of taking', async () => {
    const path = '/v1/notifications/preview';
    const plain = await ask(path, { body: 'to=1', headers: { 'content-type': 'text/plain' } });
    const large = await ask(path, { body: { ...text, reference: 'x'.repeat(2 * 1024 * 1024) } });
    expect([plain.status, large.status]).toEqual([415, 413]);
  });
});

describe('POST /v1/notifications', () => {
  it('takes a text and answers with the notification', async () => {
    const { status, headers, body } = await ask('/v1/notifications', { body: { ...text, reference: 'r-1' } });
    expect(status).toBe(202);
    expect(headers.location).toBe(`/v1/notifications/${String(body.id)}`);
    expect(body).toEqual({
      id: idOf('nt', 1),
      state: 'queued',
      to: '+55 85 8765-4321',
      decision: 'free-form',
      because: 'The window is open for 23 hours.',
      messageId: null,
      failure: null,
      statuses: [],
      participants: [],
      charge: null,
      attempts: [],
      reference: 'r-1',
      businessPhoneId: '200100200100200',
      contactId: null,
      purpose: 'transactional',
      content: { type: 'text', body: text.text, previewUrl: false },
      notBefore: null,
      notAfter: '2026-11-21T12:00:00.000Z',
      nextAttemptAt: '2026-11-20T12:00:00.000Z',
      metaHold: false,
      played: false,
      createdAt: '2026-11-20T12:00:00.000Z',
      updatedAt: '2026-11-20T12:00:00.000Z',
    });
    expect(world.requests.at(-1)).toEqual({
      to: '+55 85 8765-4321',
      content: { type: 'text', body: text.text, previewUrl: false },
      fallback: null,
      onClosedWindow: null,
      purpose: 'transactional',
      notBefore: null,
      notAfter: null,
      businessPhoneId: null,
      reference: 'r-1',
      idempotency: null,
    });
  });

  it('hands on everything that a request can say', async () => {
    const components = [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }];
    const body = {
      to: idOf('ct', 1),
      text: { body: 'https://example.org', previewUrl: true },
      fallback: { name: 'interview_reminder', language: 'pt_BR', components },
      purpose: 'marketing',
      notBefore: '2026-11-20T09:30:00-03:00',
      notAfter: '2026-11-20T13:00:00Z',
      businessPhone: '200100200100200',
      idempotencyKey: 'whole',
    };
    expect((await ask('/v1/notifications', { body })).status).toBe(202);
    expect(world.requests.at(-1)).toEqual({
      to: idOf('ct', 1),
      content: { type: 'text', body: 'https://example.org', previewUrl: true },
      fallback: { type: 'template', name: 'interview_reminder', language: 'pt_BR', components },
      onClosedWindow: null,
      purpose: 'marketing',
      notBefore: noon + 30 * minute,
      notAfter: noon + 60 * minute,
      businessPhoneId: '200100200100200',
      reference: null,
      idempotency: { scope: 'admin', key: 'whole' },
    });
  });

  it('takes a template without components', async () => {
    const template = { name: 'hello_world', language: 'en_US' };
    await ask('/v1/notifications', { body: { to: '+55 85 8765-4321', template } });
    expect(world.requests.at(-1)?.content).toEqual({ type: 'template', ...template, components: [] });
  });

  it('leaves a text that is only too long for Meta to admission', async () => {
    const body = { ...text, text: 'a'.repeat(4_097) };
    expect((await ask('/v1/notifications', { body })).status).toBe(202);
  });

  it('answers a refused one with 422, its reason, its remedy and its id', async () => {
    const { status, headers, body } = await ask('/v1/notifications', {
      body: { to: '+55 85 1111-1111', text: 'Oi', idempotencyKey: 'refused' },
    });
    expect(status).toBe(422);
    expect(body).toEqual({
      type: 'about:blank',
      title: failureOf('window-closed').title,
      status: 422,
      detail: 'The window closed an hour ago.',
      code: 'window-closed',
      remedy: failureOf('window-closed').remedy,
      decision: 'refuse',
      because: 'The window closed an hour ago.',
      notificationId: world.notifications.at(-1)?.notification.id,
    });
    expect(headers.location).toBe(`/v1/notifications/${String(body.notificationId)}`);

    const repeated = await ask('/v1/notifications', {
      body: { to: '+55 85 1111-1111', text: 'Oi', idempotencyKey: 'refused' },
    });
    expect(repeated.status).toBe(422);
    expect(repeated.body).toEqual(body);
    expect(repeated.headers['idempotent-replayed']).toBe('true');
  });

  it('answers a repeated request for the first one, as it is now', async () => {
    const headers = { 'Idempotency-Key': 'again' };
    const first = await ask('/v1/notifications', { body: text, headers });
    const details = world.notifications.at(-1);
    details?.statuses.push({
      messageId: 'wamid.out',
      name: 'delivered',
      participant: null,
      at: noon,
      key: '',
      errors: [],
      callbackData: null,
      recipient: [],
    });
    const second = await ask('/v1/notifications', { body: { ...text, idempotencyKey: 'again' } });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.id).toBe(first.body.id);
    expect(second.body.statuses).toEqual([
      { status: 'delivered', at: '2026-11-20T12:00:00.000Z', participant: null, errors: [] },
    ]);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(second.headers['idempotent-replayed']).toBe('true');

    const other = await ask('/v1/notifications', { body: { ...text, text: 'Outra' }, headers });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'idempotency-conflict', notificationId: first.body.id });
  });

  it('refuses two different idempotency keys', async () => {
    const before = world.requests.length;
    const answer = await ask('/v1/notifications', {
      body: { ...text, idempotencyKey: 'one' },
      headers: { 'Idempotency-Key': 'two' },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('idempotency-key-conflict');
    expect(world.requests).toHaveLength(before);
  });

  it('answers a member that cannot be meant as written with 400 and its failure', async () => {
    const { status, body } = await ask('/v1/notifications', { body: { to: 'nonsense', text: 'Oi' } });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'recipient-invalid',
      remedy: failureOf('recipient-invalid').remedy,
      errors: [{ in: 'body', path: 'to', message: failureOf('recipient-invalid').title }],
    });
  });

  it('names every mistake at once and repeats nothing that was written', async () => {
    const { status, body } = await ask('/v1/notifications', {
      body: { to: ' ', text: { body: 'segredo', preview: true }, purpose: 'segredo', txt: 'segredo' },
      headers: { 'Idempotency-Key': '' },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'request-malformed' });
    expect(JSON.stringify(body)).not.toContain('segredo');
  });
});

describe('reading', () => {
  it('gives one notification with its attempts and statuses', async () => {
    const [details] = world.notifications;
    details?.attempts.push(
      {
        id: `${idOf('nt', 1)}.1`,
        notificationId: idOf('nt', 1),
        number: 1,
        startedAt: noon,
        finishedAt: noon + 1,
        result: { outcome: 'not-sent', reason: 'The connection was refused.' },
      },
      {
        id: `${idOf('nt', 1)}.2`,
        notificationId: idOf('nt', 1),
        number: 2,
        startedAt: noon + 2,
        finishedAt: noon + 3,
        result: {
          outcome: 'refused',
          failure: failureOf('business-phone-not-registered', { code: 133010, details: 'Not registered' }),
          httpStatus: 400,
          traceId: 'trace',
        },
      },
    );
    const { body } = await ask(`/v1/notifications/${idOf('nt', 1)}`);
    expect(body.attempts).toEqual([
      {
        id: `${idOf('nt', 1)}.1`,
        number: 1,
        startedAt: '2026-11-20T12:00:00.000Z',
        finishedAt: '2026-11-20T12:00:00.001Z',
        outcome: 'not-sent',
        reason: 'The connection was refused.',
        failure: null,
        traceId: null,
      },
      expect.objectContaining({
        outcome: 'refused',
        reason: null,
        failure: expect.objectContaining({ code: 'business-phone-not-registered', metaCode: 133010 }),
        traceId: 'trace',
      }),
    ]);
  });

  it('gives every list whole, page by page, ascending', async () => {
    world.feed.appendMany(7);
    const notifications = world.notifications.map(({ notification }) => notification.id);
    expect(await idsOf('/v1/notifications', 2)).toEqual(notifications);
    expect(await idsOf('/v1/contacts', 2)).toEqual([1, 2, 3].map((number) => idOf('ct', number)));
    expect(await idsOf('/v1/conversations', 1)).toEqual([1, 2].map((number) => idOf('cv', number)));
    expect(await idsOf(`/v1/conversations/${idOf('cv', 1)}/messages`, 1)).toEqual([1, 2].map(eventId));
    expect(await idsOf('/v1/events', 3)).toEqual([1, 2, 3, 4, 5, 6, 7].map(eventId));
  });

  it('filters', async () => {
    const failures = await ask('/v1/notifications?state=failed');
    expect(failures.body.data).toHaveLength(1);
    const kinds = ['/v1/events?kind=message,status', '/v1/events?kind=message&kind=status'];
    const [joined, repeated] = await Promise.all(kinds.map((path) => ask(path)));
    expect(joined?.body.data).toEqual(repeated?.body.data);
    expect(joined?.body.data).toHaveLength(world.feed.matching(0, ['message', 'status']).length);
    const [first] = world.feed.matching(0, ['message']);
    const page = await ask('/v1/events?kind=message&limit=1');
    expect(page.body.next).toBe(eventId(first?.position ?? 0));
  });

  it('say up to where the feed was looked at, and what a filter hid', async () => {
    const all = world.feed.matching(0, null);
    const last = eventId(all.at(-1)?.position ?? 0);
    expect((await ask('/v1/events')).body).toMatchObject({ next: null, place: last, hidden: [] });
    const none = await ask('/v1/events?kind=tracking');
    expect(none.body).toMatchObject({ data: [], next: null, place: last });
    const counts = arrayOf(none.body.hidden).map((hidden) => Number(objectOf(hidden)['count']));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
    expect((await ask(`/v1/events?kind=call&after=${last}`)).body).toMatchObject({ place: last, hidden: [] });
    // Page by page every event is given once or counted once.
    let seen = 0;
    for (let after: string | null = eventId(0); after !== null; ) {
      const { body } = await ask(`/v1/events?kind=message&limit=1&after=${after}`);
      seen += arrayOf(body.data).length;
      for (const { kind, count } of arrayOf(body.hidden).map(objectOf)) {
        expect(kind).not.toBe('message');
        seen += Number(count);
      }
      if (body.next !== null) expect(body.place).toBe(body.next);
      after = body.next === null ? null : String(body.next);
    }
    expect(seen).toBe(all.length);
  });

  it('sums events up in the language asked for, beside what they say and Meta’s own element', async () => {
    const message = await ask('/v1/events?kind=message&limit=1');
    expect(message.body).toMatchObject({
      data: [
        {
          payload: { type: 'text' },
          content: { content: { type: 'text', body: 'Oi\n\ntudo bem?' } },
          summary: 'Oi tudo bem?',
          metaTest: false,
        },
      ],
    });
    const status = await ask('/v1/events?kind=status&limit=1&language=pt-BR');
    expect(status.body).toMatchObject({ data: [{ summary: 'Status ? para alguém' }] });
    const asBrowsers = await ask('/v1/events?kind=status&limit=1', {
      headers: { 'accept-language': 'pt-BR,en;q=0.5' },
    });
    expect(asBrowsers.body).toEqual(status.body);
    const own = await ask('/v1/events?kind=notification&limit=1');
    expect(own.body).toMatchObject({ data: [{ content: null, summary: 'Notification: unknown' }] });
  });

  it('says of a contact whether they may be notified now', async () => {
    const ana = await ask(`/v1/contacts/${idOf('ct', 1)}`);
    expect(ana.body).toMatchObject({
      name: 'Ana Souza',
      window: { open: true, closesAt: '2026-11-21T11:00:00.000Z' },
      canBeNotified: { freeForm: true, template: true },
    });
    const bruno = await ask(`/v1/contacts/${idOf('ct', 2)}`);
    expect(bruno.body).toMatchObject({ canBeNotified: { freeForm: false, template: true } });
  });

  it('shows how contacts came to be one person, and gives the command to undo that', async () => {
    const merges = `/v1/contacts/${idOf('ct', 1)}/merges`;
    const { body } = await ask(merges);
    expect(body.data).toMatchObject([
      {
        survivorId: idOf('ct', 1),
        mergedId: idOf('ct', 4),
        evidence: { kind: 'pair', eventId: eventId(7), notificationId: null },
        undoneAt: null,
      },
      {
        evidence: { kind: 'answer', eventId: null, notificationId: idOf('nt', 1) },
        undoneAt: '2026-11-20T12:00:00.000Z',
        undoneBy: 'Django',
      },
    ]);
    for (const verb of ['undo', 'redo']) {
      const path = `${merges}/${idOf('mg', 1)}/${verb}`;
      const done = await ask(path, { method: 'POST' });
      expect([done.status, done.body.id]).toEqual([200, idOf('mg', 1)]);
      world.state.commandsWait = true;
      const waits = await ask(path, { method: 'POST' });
      world.state.commandsWait = false;
      expect(waits).toMatchObject({
        status: 202,
        headers: { location: `/v1/commands/${String(waits.body.id)}` },
        body: { kind: `${verb}-merge`, appliedAt: null, outcome: null },
      });
      const command = await ask(`/v1/commands/${String(waits.body.id)}`);
      expect([command.status, command.body]).toEqual([200, waits.body]);
    }
  });

  it.each([
    ['POST', `/v1/contacts/${idOf('ct', 9)}/merges/${idOf('mg', 1)}/undo`, 'contact-unknown'],
    ['POST', `/v1/contacts/${idOf('ct', 2)}/merges/${idOf('mg', 1)}/undo`, 'merge-unknown'],
    ['POST', `/v1/contacts/${idOf('ct', 1)}/merges/${idOf('mg', 9)}/redo`, 'merge-unknown'],
    ['POST', `/v1/contacts/${idOf('ct', 1)}/merges/x/redo`, 'merge-unknown'],
    ['GET', `/v1/contacts/${idOf('ct', 9)}/merges`, 'contact-unknown'],
    ['GET', `/v1/commands/${idOf('cm', 99)}`, 'command-unknown'],
  ])('%s %s is a 404', async (method, path, code) => {
    const { status, body } = await ask(path, { method });
    expect([status, body.code]).toEqual([404, code]);
  });

  it('shows both directions of a conversation', async () => {
    const { body } = await ask(`/v1/conversations/${idOf('cv', 1)}/messages`);
    expect(body.data).toMatchObject([
      { direction: 'in', text: 'Oi', notificationId: null, payload: { text: { body: 'Oi' } } },
      {
        direction: 'out',
        notificationId: idOf('nt', 1),
        state: 'queued',
        payload: null,
        content: { type: 'text' },
      },
    ]);
  });

  it('begins lists at their end on request, and counts notifications', async () => {
    const thread = `/v1/conversations/${idOf('cv', 1)}/messages`;
    const { body } = await ask(`${thread}?order=newest&limit=1`);
    expect(body.data).toMatchObject([{ direction: 'out' }]);
    const rest = await ask(`${thread}?order=newest&after=${String(body.next)}`);
    expect(rest.body).toMatchObject({ data: [{ direction: 'in' }], next: null });

    const conversations = await ask('/v1/conversations?order=newest&limit=1');
    expect(conversations.body.data).toMatchObject([{ id: idOf('cv', 1) }]);
    expect((await ask(`/v1/conversations?order=newest&after=${idOf('cv', 1)}`)).body).toMatchObject({
      code: 'cursor-invalid',
      detail: expect.stringContaining('`next`'),
    });
    const oldest = await ask('/v1/notifications');
    const newest = await ask('/v1/notifications?order=newest');
    expect(newest.body.data).toEqual(arrayOf(oldest.body.data).toReversed());

    const feed = arrayOf((await ask('/v1/events')).body.data);
    const end = await ask('/v1/events?order=newest&limit=1');
    expect(end.body.data).toEqual(feed.slice(-1));
    const before = await ask(`/v1/events?order=newest&after=${String(end.body.next)}`);
    expect(before.body.data).toEqual(feed.slice(0, -1).toReversed());

    const silent = await ask('/v1/notifications?failure=window-closed');
    expect([silent.status, silent.body.next]).toEqual([200, null]);

    const totals = await ask('/v1/notifications/totals?since=2026-11-20T00:00:00Z');
    expect(totals.body).toMatchObject({
      since: '2026-11-20T00:00:00.000Z',
      total: arrayOf(oldest.body.data).length,
      data: expect.arrayContaining([{ state: 'queued', failure: null, count: 1 }]),
    });
    expect((await ask('/v1/notifications/totals')).body.since).toBe('2026-11-19T12:00:00.000Z');
  });

  it('cancels what waits, says when that has to wait itself, and refuses what does not wait', async () => {
    const { body: taken } = await ask('/v1/notifications', { body: { to: '+55 85 98765-4321', text: 'Oi' } });
    const path = `/v1/notifications/${String(taken.id)}/cancel`;
    const tooLate = await ask(path, { method: 'POST' });
    expect(tooLate).toMatchObject({
      status: 409,
      body: { code: 'notification-not-waiting', detail: 'It is queued.', notificationId: taken.id },
    });
    world.state.commandsWait = true;
    const waits = await ask(path, { method: 'POST' });
    world.state.commandsWait = false;
    expect(waits).toMatchObject({
      status: 202,
      headers: { location: `/v1/commands/${String(waits.body.id)}` },
      body: { kind: 'cancel-notification', appliedAt: null },
    });
    world.state.commandsCancel = true;
    const cancelled = await ask(path, { method: 'POST' });
    world.state.commandsCancel = false;
    expect(cancelled).toMatchObject({ status: 200, body: { id: taken.id, state: 'cancelled' } });
    const unknown = await ask(`/v1/notifications/${idOf('nt', 999)}/cancel`, { method: 'POST' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'notification-unknown']);
  });

  it('stops all sending and starts it again, and says who did', async () => {
    expect((await ask('/v1/sending')).body).toEqual({ stopped: false, decidedAt: null, decidedBy: null });
    for (const [verb, stopped] of [
      ['stop', true],
      ['start', false],
    ] as const) {
      const decided = await ask(`/v1/sending/${verb}`, { method: 'POST' });
      expect(decided).toMatchObject({ status: 200, body: { stopped, decidedBy: expect.any(String) } });
      expect((await ask('/v1/sending')).body).toEqual(decided.body);
    }
  });

  it.each([
    ['/v1/notifications/nt_9999999999999999', 'notification-unknown'],
    ['/v1/notifications/nonsense', 'notification-unknown'],
    ['/v1/contacts/ct_9999999999999999', 'contact-unknown'],
    [`/v1/contacts/${idOf('nt', 1)}`, 'contact-unknown'],
    ['/v1/conversations/cv_9999999999999999/messages', 'conversation-unknown'],
    ['/v1/conversations/x/messages', 'conversation-unknown'],
  ])('%s is a 404', async (path, code) => {
    const { status, body } = await ask(path);
    expect([status, body.code]).toEqual([404, code]);
  });

  it.each([
    ['/v1/notifications?after=x', 'cursor-invalid'],
    [`/v1/contacts?after=${idOf('nt', 1)}`, 'cursor-invalid'],
    [`/v1/contacts/${idOf('ct', 1)}/merges?after=x`, 'cursor-invalid'],
    ['/v1/conversations?after=', 'cursor-invalid'],
    [`/v1/conversations/${idOf('cv', 1)}/messages?after=1`, 'cursor-invalid'],
    ['/v1/events?after=0', 'cursor-invalid'],
    ['/v1/events/stream?after=0', 'cursor-invalid'],
    ['/v1/events?limit=501', 'request-malformed'],
    ['/v1/contacts?limit=', 'request-malformed'],
    ['/v1/conversations?kind=message', 'request-malformed'],
    ['/v1/events?kind=mesage', 'request-malformed'],
    ['/v1/events?language=pt', 'request-malformed'],
    ['/v1/events/stream?limit=5', 'request-malformed'],
    ['/v1/notifications?state=done', 'request-malformed'],
  ])('%s is a 400', async (path, code) => {
    const { status, body } = await ask(path);
    expect([status, body.code]).toEqual([400, code]);
  });

  it('an unknown parameter is a 400 wherever something is read, also of a single thing', async () => {
    const reading = operations().filter(({ name }) => name.startsWith('GET /v1/'));
    for (const { path } of reading) {
      const { status, body } = await ask(`${path.replace(/\{\w+\}/, '1')}?fields=id`);
      expect([path, status, body.code, body.detail]).toEqual([
        path,
        400,
        'request-malformed',
        expect.stringMatching(/^`fields` is not known here(, where none is taken|; known are `.*`)\.$/),
      ]);
    }
  });
});

describe('settings and business phones', () => {
  const added = { id: '200100200100201', label: 'Recife', accessToken: 'EAApretend0000' };
  const phone = `/v1/business-phones/${added.id}`;
  const nobody = '/v1/business-phones/1';

  it('settings are shown and decided', async () => {
    expect((await ask('/v1/settings')).status).toBe(200);
    const changed = await ask('/v1/settings', { method: 'PATCH', body: { unknownPatience: '20 min' } });
    expect(changed.body.data).toContainEqual(
      expect.objectContaining({ name: 'unknownPatience', value: '20 min', default: '15 min' }),
    );
    const wrong = await ask('/v1/settings', { method: 'PATCH', body: { unknownPatience: 20 } });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'request-malformed']);
  });

  it('business phones are registered by Meta, or the reason is told', async () => {
    const path = '/v1/business-phones/200100200100200/register';
    const register = async (pin?: string) => {
      const { status, body } = await ask(path, { body: pin === undefined ? {} : { pin } });
      return [status, body.code ?? body.id, body.detail];
    };
    expect(await register('212834')).toEqual([200, '200100200100200', undefined]);
    expect(await register()).toEqual([409, 'registration-pin-missing', expect.any(String)]);
    expect(await register('000190')).toEqual([409, 'registration-without-token', expect.any(String)]);
    expect(await register('000010')).toEqual([
      409,
      'registration-limit',
      'The next call can be made after 2026-11-20T12:00:00.000Z.',
    ]);
    expect(await register('133005')).toEqual([422, 'registration-refused', 'Meta answered #133005']);
    expect(await register('000502')).toEqual([502, 'meta-unanswered', 'HTTP 502 without Meta’s word on it.']);
    expect((await ask(path, { body: { pin: '1' } })).status).toBe(400);
    expect((await ask('/v1/business-phones/1/register', { body: {} })).status).toBe(404);
    const plain = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await ask(path, plain)).status).toBe(415);
    expect((await ask(path, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(413);
  });

  it('business phones are added, shown, changed and removed', async () => {
    expect(await ask('/v1/business-phones', { body: added })).toMatchObject({
      status: 201,
      headers: { location: phone },
      body: { id: added.id, origin: 'database', default: false },
    });
    expect((await ask('/v1/business-phones', { body: added })).status).toBe(409);
    expect((await ask('/v1/business-phones', { body: { id: '+55' } })).status).toBe(400);
    expect((await ask('/v1/business-phones?limit=1')).body.next).toBe('200100200100200');
    expect((await ask('/v1/business-phones?limit=0')).status).toBe(400);
    expect((await ask(phone)).body.label).toBe('Recife');
    expect((await ask(nobody)).status).toBe(404);
    const olinda = { method: 'PATCH', body: { label: 'Olinda' } };
    expect((await ask(phone, olinda)).body.label).toBe('Olinda');
    expect((await ask(phone, { method: 'PATCH', body: { label: 3 } })).status).toBe(400);
    expect((await ask(nobody, olinda)).status).toBe(404);
    expect((await ask('/v1/business-phones/200100200100200', olinda)).status).toBe(409);
    const removal = { method: 'DELETE' };
    expect((await ask(phone, removal)).status).toBe(200);
    expect((await ask(phone, removal)).status).toBe(404);
    expect((await ask('/v1/business-phones/200100200100200', removal)).status).toBe(409);
  });

  it.each([
    ['PATCH', '/v1/settings'],
    ['POST', '/v1/business-phones'],
    ['PATCH', phone],
  ])('%s %s takes JSON of a sane size only', async (method, path) => {
    const large = { method, body: 'x'.repeat(2 * 1024 * 1024) };
    expect((await ask(path, large)).status).toBe(413);
    const plain = { method, body: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await ask(path, plain)).status).toBe(415);
  });
});

describe('error codes', () => {
  it('are explained, Meta’s and ours, with the remedy', async () => {
    const { status, body } = await ask('/v1/errors/133010');
    expect([status, body.code, body.metaCode]).toEqual([200, 'business-phone-not-registered', 133010]);
    expect(body).toMatchObject({
      metaCodes: [131045, 133000, 133006, 133010],
      retried: 'after-cure',
      remedy: expect.stringContaining('npx recado register'),
    });
    const ours = await ask('/v1/errors/window-closed');
    expect(ours.body).toMatchObject({ code: 'window-closed', metaCode: null, metaCodes: [131047] });
    expect((await ask('/v1/errors/217')).body).toMatchObject({ code: 'permission-missing', metaCode: 217 });
    expect((await ask('/v1/errors/%23130429')).body).toMatchObject({ retried: 'later', metaCode: 130429 });
  });

  it('that no version knows are answered honestly', async () => {
    const { status, body } = await ask('/v1/errors/987654');
    expect([status, body.known, body.code]).toEqual([200, false, 'meta-refused']);
  });

  it.each(['no-such-code', '1e3', '-1', '%20'])('%s is no code at all', async (code) => {
    const { status, body } = await ask(`/v1/errors/${code}`);
    expect([status, body.code]).toEqual([404, 'error-code-unknown']);
  });

  it('are listed by number, filtered and in pages', async () => {
    const metaCodes = async (query: string) => {
      const { body } = await ask(`/v1/errors?${query}`);
      const { data, next } = errorCodePageSchema.parse(body);
      return { codes: data.map(({ metaCode }) => metaCode), next };
    };
    expect(await metaCodes('limit=3')).toEqual({ codes: [0, 1, 2], next: '2' });
    expect(await metaCodes('limit=2&after=2')).toEqual({ codes: [3, 4], next: '4' });
    expect((await metaCodes('limit=500')).next).toBeNull();
    expect((await metaCodes('code=window-closed')).codes).toEqual([131047]);
    expect((await metaCodes('family=registration&retried=later')).codes).toEqual([
      133008, 133009, 133015, 133016,
    ]);
    expect((await metaCodes('appearsIn=webhook')).codes).toContain(130429);
    expect((await metaCodes('fault=recipient&code=request-invalid')).codes).toEqual([131052, 137000]);
    expect((await ask('/v1/errors?family=weather')).status).toBe(400);
    expect((await ask('/v1/errors?after=soon')).body.code).toBe('cursor-invalid');
  });
});

describe('doctor', () => {
  it('is asked for what it found last, and to look anew, in the language of the reader', async () => {
    const before = await ask('/v1/doctor');
    expect(before).toMatchObject({ status: 200, body: { startedAt: null, verdict: 'unknown', checks: [] } });
    const ran = await ask('/v1/doctor/run', { body: { only: ['token'] } });
    expect(ran).toMatchObject({
      status: 200,
      headers: { 'content-language': 'en' },
      body: {
        verdict: 'red',
        checks: [
          { check: 'token', verdict: 'red', reason: 'token-refused', title: 'Access token' },
          {
            check: 'app-secret',
            found: 'Not looked at, because “Access token” is red.',
            blockedBy: { check: 'token' },
          },
        ],
      },
    });
    const portuguese = await ask('/v1/doctor', { headers: { 'accept-language': 'pt' } });
    expect(portuguese).toMatchObject({ body: { checks: [{ title: 'Token de acesso' }, {}] } });
  });

  it('does one run at a time, and takes JSON of a sane size and shape only', async () => {
    world.doctor.busy = true;
    const busy = await ask('/v1/doctor/run', { body: {} });
    expect([busy.status, busy.body.code]).toEqual([409, 'doctor-running']);
    for (const body of [{ only: [] }, { only: ['horoscope'] }, { all: true }]) {
      expect((await ask('/v1/doctor/run', { body })).status).toBe(400);
    }
    const large = { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) };
    expect((await ask('/v1/doctor/run', large)).status).toBe(413);
    const plain = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await ask('/v1/doctor/run', plain)).status).toBe(415);
  });
});

describe('batches', () => {
  const row = { to: '+55 85 8765-4321', text: 'Hello', reference: 'interview-4711' };
  const headers = { 'idempotency-key': 'people.csv' };
  const large = { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) };
  const plain = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } };

  it('are made once under one key, and shown with their rows', async () => {
    const asked = {
      body: { name: 'Reminders', notifications: [row, { ...row, to: 'nobody' }], start: false },
      headers,
    };
    const made = await ask('/v1/batches', asked);
    const path = `/v1/batches/${idOf('bt', 1)}`;
    expect(made).toMatchObject({
      status: 202,
      headers: { location: path },
      body: { name: 'Reminders', state: 'open', total: 2 },
    });
    expect((await ask('/v1/batches', asked)).headers['idempotent-replayed']).toBe('true');
    const other = await ask('/v1/batches', { body: { notifications: [row] }, headers });
    expect([other.status, other.body.code]).toEqual([409, 'batch-key-conflict']);
    expect((await ask(path)).body).toEqual(made.body);
    expect((await ask('/v1/batches')).body).toMatchObject({ data: [{ id: idOf('bt', 1) }], next: null });
    expect((await ask(`${path}/rows`, { body: { firstRow: 3, notifications: [row] } })).body.total).toBe(3);
    const rows = await ask(`${path}/rows?limit=2`);
    expect(rows.body).toMatchObject({
      data: [
        { row: 1, to: row.to, reference: row.reference, failure: null },
        { row: 2, failure: { code: 'recipient-invalid' } },
      ],
      next: '2',
    });
    expect((await ask(`${path}/rows?after=x`)).status).toBe(400);
    expect((await ask('/v1/batches?after=x')).status).toBe(400);
  });

  it('are paused, resumed and cancelled as far as they can be', async () => {
    const path = `/v1/batches/${idOf('bt', 1)}`;
    const wish = async (what: string) => {
      const answer = await ask(`${path}/${what}`, { method: 'POST' });
      return answer.status === 200 ? answer.body.state : answer.body.code;
    };
    const states = [];
    for (const what of ['pause', 'resume', 'pause', 'resume', 'cancel', 'cancel', 'resume'])
      states.push(await wish(what));
    const no = 'batch-not-so-far';
    expect(states).toEqual([no, 'running', 'paused', 'running', 'cancelled', 'cancelled', no]);
    expect((await ask(`${path}/rows`, { body: { firstRow: 9, notifications: [row] } })).body.code).toBe(no);
    // The one refusal that cancelling can have is that of nobody's batch.
    for (const part of ['', '/rows'])
      expect((await ask(`/v1/batches/x${part}`)).body.code).toBe('batch-unknown');
    for (const what of ['pause', 'resume', 'cancel']) {
      const unknown = await ask(`/v1/batches/${idOf('bt', 99)}/${what}`, { method: 'POST' });
      expect([unknown.status, unknown.body.code]).toEqual([404, 'batch-unknown']);
    }
    const rows = { body: { firstRow: 1, notifications: [row] } };
    expect((await ask(`/v1/batches/${idOf('bt', 99)}/rows`, rows)).status).toBe(404);
  });

  it('can be looked at beforehand', async () => {
    const { status, body } = await ask('/v1/batches/preview', { body: { notifications: [row, row] } });
    expect([status, body]).toMatchObject([200, { total: 2, decisions: [{ count: 2, rows: [1, 2] }] }]);
  });

  it('take JSON of a sane size and shape only', async () => {
    for (const [path, body] of [
      ['/v1/batches', { notifications: [] }],
      ['/v1/batches', { notifications: Array.from({ length: 1001 }, () => row) }],
      ['/v1/batches/preview', { notifications: [{ ...row, txt: 'x' }] }],
      [`/v1/batches/${idOf('bt', 1)}/rows`, { firstRow: 0, notifications: [row] }],
    ] as const) {
      expect((await ask(path, { body })).status).toBe(400);
      expect((await ask(path, large)).status).toBe(413);
      expect((await ask(path, plain)).status).toBe(415);
    }
    const { schemas } = objectOf(openapi.document.components);
    const { examples } = objectOf(objectOf(schemas).BatchRequest);
    expect(batchRequestSchema.array().min(1).safeParse(examples).success).toBe(true);
  });
});

describe('reading stored webhooks again', () => {
  it('begins once, and is followed', async () => {
    const none = await ask('/v1/reread');
    expect([none.status, none.body.code]).toEqual([404, 'reread-none']);
    const unknown = await ask('/v1/reread', { body: { webhook: 404 } });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'webhook-unknown']);
    const begun = await ask('/v1/reread', { body: { since: '2026-11-20T09:00:00-03:00', dryRun: true } });
    expect(begun).toMatchObject({
      status: 202,
      headers: { location: '/v1/reread' },
      body: { state: 'running', since: '2026-11-20T12:00:00.000Z', webhook: null, dryRun: true },
    });
    const second = await ask('/v1/reread', { body: {} });
    expect([second.status, second.body.code]).toEqual([409, 'reread-running']);
    expect((await ask('/v1/reread')).body).toEqual(begun.body);
  });

  it('takes JSON of a sane size and shape only', async () => {
    for (const body of [{ webhook: 0 }, { webhook: '1' }, { since: 'yesterday' }, { all: true }]) {
      expect((await ask('/v1/reread', { body })).status).toBe(400);
    }
    const large = { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) };
    expect((await ask('/v1/reread', large)).status).toBe(413);
    const plain = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await ask('/v1/reread', plain)).status).toBe(415);
  });
});

describe('a request that needs no body', () => {
  it.each([
    ['application/json', null],
    ['text/plain', null],
    ['application/json', '{'],
    ['application/xml', '<x/>'],
  ])('may declare %s, and even send %s', async (type, body) => {
    async function send(method: string, path: string): Promise<unknown[]> {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body,
      });
      const { id, code } = objectOf(await answer.json());
      return [answer.status, id ?? code];
    }
    const made = await ask('/v1/keys', { body: { name: `with ${type}`, scopes: ['read'] } });
    expect(await send('DELETE', `/v1/keys/${String(made.body.id)}`)).toEqual([200, made.body.id]);
    expect(await send('PUT', '/v1/contacts')).toEqual([405, 'method-not-allowed']);
  });
});

describe('what is no request of this API', () => {
  it.each([
    ['GET', '/v1/nothing', 404, 'route-unknown'],
    ['POST', '/v2/notifications', 404, 'route-unknown'],
    ['GET', '/', 404, 'route-unknown'],
    ['GET', '/webhooks/whatsapp/else', 404, 'route-unknown'],
    ['GET', `/v1/contacts/${'x'.repeat(101)}`, 404, 'route-unknown'],
    ['DELETE', '/v1/notifications', 405, 'method-not-allowed'],
    ['HEAD', '/v1/events/stream', 405, null],
    ['POST', '/healthz', 405, 'method-not-allowed'],
    ['GET', '/v1/contacts/%zz', 400, 'http-malformed'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await createClient(port, { authorization: `Bearer ${key}` })(path, { method });
    expect(answer.status).toBe(status);
    expectHeaders(answer, true);
    if (code !== null) expect(problemSchema.parse(answer.body).code).toBe(code);
  });

  it('names the methods that would do', async () => {
    const answer = await ask('/v1/notifications', { method: 'PUT' });
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
  });

  it.each([
    ['text/plain', 'to=1'],
    ['application/x-www-form-urlencoded', 'to=1&text=Oi'],
    ['application/jsonp', '{}'],
    ['', '{}'],
  ])('content type %j is a 415', async (type, body) => {
    const answer = await ask('/v1/notifications', { body, headers: { 'content-type': type } });
    expect([answer.status, answer.body.code]).toEqual([415, 'content-type-unsupported']);
  });

  it('a compressed body is a 415', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const answer = await ask('/v1/notifications', { body: new Uint8Array([31, 139]), headers });
    expect([answer.status, answer.body.code]).toEqual([415, 'body-encoded']);
  });

  it('no body is a 400', async () => {
    const answer = await ask('/v1/notifications', { method: 'POST' });
    expect([answer.status, answer.body.code]).toEqual([400, 'body-missing']);
  });

  it('broken JSON is a 400 with its place, and nothing of it is repeated', async () => {
    const answer = await ask('/v1/notifications', { body: '{"to": "1", "text": segredo}' });
    expect([answer.status, answer.body.code]).toEqual([400, 'body-not-json']);
    expect(answer.body.detail).toContain('line 1, column 21');
    expect(answer.text).not.toContain('segredo');
  });

  it.each([
    ['announced', {}],
    ['not announced', { 'transfer-encoding': 'chunked' }],
  ])('a body over 1 MiB, %s, is a 413 that its sender gets to read', async (_name, headers) => {
    const body = JSON.stringify({ ...text, reference: 'x'.repeat(5 * 1024 * 1024) });
    const answer = await ask('/v1/notifications', { body, headers });
    expect([answer.status, answer.body.code]).toEqual([413, 'body-too-large']);
    expect(answer.headers.connection).toBe('close');
  });

  it.each([
    ['no HTTP', 'HELO recado\r\n\r\n', 400, 'http-malformed'],
    [
      'headers over 16 KiB',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(17_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('%s is answered too', async (_name, bytes, status, code) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    const [head, body] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*content-type: application/problem\\+json`));
    expect(problemSchema.parse(JSON.parse(body ?? ''))).toMatchObject({ status, code });
  });
});

const newKey = { name: 'Another', scopes: ['read', 'send'] };
const fromPage = { 'sec-fetch-site': 'same-origin' };

describe('who may ask', () => {
  it('is asked everywhere: for a key, for its scope, and not too often', async () => {
    world.access.add('rk_nothing', []);
    const limited = await start({ requestsPerMinute: 1 });
    const strict = await start({ access: accessOf({ failuresPerMinute: 1 }) });
    for (const [index, { method, path, description }] of operations().entries()) {
      if (Array.isArray(description.security) && description.security.length === 0) continue;
      const sample = path.replace(/\{\w+\}/g, 'x');
      const missing = await ask(sample, { method }, { authorization: '' });
      expect([method, path, missing.status]).toEqual([method, path, 401]);
      const powerless = await ask(sample, { method }, { authorization: 'Bearer rk_nothing' });
      expect([method, path, powerless.status]).toEqual([method, path, 403]);

      const guess = createClient(strict.port, { authorization: 'Bearer guess' });
      await guess(sample, { method });
      const closed = await guess(sample, { method });
      expect([method, path, closed.status]).toEqual([method, path, 429]);
      hold(method, path, closed);

      // Streams are counted by how many are open.
      if (path === '/v1/events/stream' || !path.startsWith('/v1/')) continue;
      world.access.add(`rk_often_${index}`, ['read', 'send', 'manage']);
      const often = createClient(limited.port, { authorization: `Bearer rk_often_${index}` });
      await often(sample, { method });
      const refused = await often(sample, { method });
      expect([method, path, refused.status]).toEqual([method, path, 429]);
      hold(method, path, refused);
    }
  });

  const paths = ['/v1/notifications', '/v1/contacts', '/v1/conversations', '/v1/events', '/v1/events/stream'];

  it.each([
    ...paths,
    `/v1/notifications/${idOf('nt', 1)}`,
    `/v1/contacts/${idOf('ct', 1)}`,
    `/v1/conversations/${idOf('cv', 1)}/messages`,
    '/v1/nothing',
  ])('%s is closed without the key', async (path) => {
    const without = await ask(path, {}, { authorization: '' });
    expect([without.status, without.body.code]).toEqual([401, 'api-key-missing']);
    expect(without.headers['www-authenticate']).toBe('Bearer realm="Recado"');
    const wrong = await ask(path, {}, { authorization: 'Bearer wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'api-key-wrong']);
    expect(wrong.headers['www-authenticate']).toContain('invalid_token');
  });

  it('posting is closed before the body is read', async () => {
    const before = world.requests.length;
    const body = 'x'.repeat(3 * 1024 * 1024);
    const answer = await ask('/v1/notifications', { body }, { authorization: 'Bearer wrong' });
    expect(answer.status).toBe(401);
    expect(world.requests).toHaveLength(before);
  });

  it('without any key says how to make one', async () => {
    const closed = await start({
      access: accessOf({ adminKey: null, store: createAccessPorts({ now: () => noon }).store }),
    });
    const answer = await createClient(closed.port, { authorization: 'Bearer undefined' })('/v1/contacts');
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({
      code: 'no-api-key',
      remedy: expect.stringContaining('`recado init`'),
    });
  });

  it('a session may ask, under its own name', async () => {
    const withSession = await start({
      access: accessOf({
        adminKey: null,
        sessionAllowed: (request) => request.headers.cookie === 'session=ours',
      }),
    });
    const client = createClient(withSession.port, { cookie: 'session=ours' });
    const answer = await client('/v1/notifications', { body: { ...text, idempotencyKey: 'mine' } });
    expect(answer.status).toBe(202);
    expect(world.requests.at(-1)?.idempotency).toEqual({ scope: 'session', key: 'mine' });
  });

  it('health and the description are open', async () => {
    const open = { authorization: '' };
    expect((await ask('/healthz', {}, open)).body).toEqual({ status: 'ok' });
    expect((await ask('/readyz', {}, open)).body).toMatchObject({ status: 'ready' });
    world.state.ready = false;
    const notReady = await ask('/readyz', {}, open);
    world.state.ready = true;
    expect(notReady.status).toBe(503);
    expect(notReady.body).toMatchObject({ status: 'not-ready', checks: { database: { ok: false } } });
    expect((await createClient(port)('/openapi.json')).status).toBe(200);
  });
});

describe('API keys', () => {
  it('are made with a text that is shown once, and let in as far as their scopes reach', async () => {
    const made = await ask('/v1/keys', { body: { name: 'Django', scopes: ['send', 'read', 'send'] } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Django', scopes: ['read', 'send'], lastUsedAt: null });
    const { key: secret, ...shown } = made.body;
    const own = { authorization: `Bearer ${String(secret)}` };
    expect((await ask('/v1/contacts', {}, own)).status).toBe(200);
    const { status, headers, body } = await ask('/v1/keys', {}, own);
    expect([status, body.code]).toEqual([403, 'scope-missing']);
    expect(headers['www-authenticate']).toContain('error="insufficient_scope", scope="manage"');
    expect(body.detail).toContain('needs the scope manage; Django (ak_');
    expect(body.remedy).toContain(
      '`recado keys create --name "Django" --scope read --scope send --scope manage`',
    );
    const head = await createClient(port, own)('/v1/keys', { method: 'HEAD' });
    expect(head.status).toBe(403);
    const list = await ask('/v1/keys');
    expect(list.body.data).toContainEqual(shown);
    expect(list.text).not.toContain(String(secret));
  });

  it('are the scope of idempotency keys', async () => {
    const made = [await ask('/v1/keys', { body: newKey }), await ask('/v1/keys', { body: newKey })];
    for (const { body } of made) {
      const own = { authorization: `Bearer ${String(body.key)}` };
      const sent = await ask('/v1/notifications', { body: { ...text, idempotencyKey: 'same' } }, own);
      expect([sent.status, sent.headers['idempotent-replayed']]).toEqual([202, undefined]);
      expect(world.requests.at(-1)?.idempotency).toEqual({ scope: body.id, key: 'same' });
    }
  });

  it('with `send` alone may look up a notification by its id, and list none', async () => {
    world.access.add('rk_sender', ['send']);
    const own = { authorization: 'Bearer rk_sender' };
    expect((await ask(`/v1/notifications/${idOf('nt', 1)}`, {}, own)).status).toBe(200);
    expect((await ask('/v1/notifications', {}, own)).status).toBe(403);
  });

  it('give no scope that they have not themselves', async () => {
    world.access.add('rk_manager', ['manage']);
    const own = { authorization: 'Bearer rk_manager' };
    const refused = await ask('/v1/keys', { body: { name: 'x', scopes: ['manage', 'send'] } }, own);
    expect([refused.status, refused.body.code]).toEqual([403, 'scope-missing']);
    expect(refused.body.detail).toContain('needs the scope send');
    expect((await ask('/v1/keys', { body: { name: 'x', scopes: ['manage'] } }, own)).status).toBe(201);
  });

  it('are refused once revoked, which is done once and written down', async () => {
    const made = await ask('/v1/keys', { body: { name: 'Leaving', scopes: ['read'] } });
    const path = `/v1/keys/${String(made.body.id)}`;
    const revoked = await ask(path, { method: 'DELETE' });
    expect(revoked.body).toMatchObject({ name: 'Leaving', revokedAt: '2026-11-20T12:00:00.000Z' });
    expect((await ask(path, { method: 'DELETE' })).body).toEqual(revoked.body);
    const after = await ask('/v1/contacts', {}, { authorization: `Bearer ${String(made.body.key)}` });
    expect([after.status, after.body.code]).toEqual([401, 'api-key-revoked']);

    const audit = await ask('/v1/audit');
    const about = Array.isArray(audit.body.data)
      ? audit.body.data.filter((entry) => objectOf(entry).subject === made.body.id)
      : [];
    expect(about).toMatchObject([
      { action: 'api-key.created', actor: { id: 'admin', name: 'RECADO_ADMIN_KEY' } },
      { action: 'api-key.revoked', at: '2026-11-20T12:00:00.000Z' },
    ]);
    expect(audit.text).not.toContain(String(made.body.key));
  });

  it.each([[`/v1/keys/${'ak_9999999999999999'}`], ['/v1/keys/nonsense']])('%s is a 404', async (path) => {
    const { status, body } = await ask(path, { method: 'DELETE' });
    expect([status, body.code]).toEqual([404, 'api-key-unknown']);
  });

  it.each([
    [{ name: ' ', scopes: ['read'] }],
    [{ name: 'a"b', scopes: ['read'] }],
    [{ name: 'x', scopes: [] }],
    [{ name: 'x', scopes: ['admin'] }],
    [{ name: 'x', scopes: ['read'], key: 'rk_mine' }],
  ])('cannot be asked for as %j', async (body) => {
    expect((await ask('/v1/keys', { body })).body.code).toBe('request-malformed');
  });

  it('and the audit log are lists as all others', async () => {
    const all = world.access.keys.map((one) => one.key.id);
    expect(await idsOf('/v1/keys', 2)).toEqual(all);
    expect(await idsOf('/v1/audit', 3)).toHaveLength(world.access.audit.length);
    const changes = arrayOf((await ask('/v1/audit')).body.data);
    expect((await ask('/v1/audit?order=newest')).body.data).toEqual(changes.toReversed());
    for (const path of ['/v1/keys?after=x', '/v1/audit?after=ak_0000000000000001']) {
      expect((await ask(path)).body.code).toBe('cursor-invalid');
    }
    expect((await ask('/v1/audit?after=au_zzzzzzzzzzzzzzzz')).body).toEqual({ data: [], next: null });
  });

  it.each(['/v1/keys', '/v1/session'])('%s takes JSON of a sane size only', async (path) => {
    const large = { body: JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024) }) };
    expect((await ask(path, large)).status).toBe(413);
    expect((await ask(path, { body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

describe('the session of a browser', () => {
  it('begins with a key, does what the key may, and ends', async () => {
    world.access.add('rk_browser', ['read']);
    const nobody = { authorization: '' };
    const login = await ask('/v1/session', { body: { key: 'rk_browser' }, headers: fromPage }, nobody);
    expect(login.body).toEqual({
      name: 'rk_browser',
      scopes: ['read'],
      expiresAt: '2026-11-21T00:00:00.000Z',
    });
    const cookie = login.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
    const browser = { ...fromPage, cookie };
    const who = await ask('/v1/session', { headers: browser }, nobody);
    expect(who.body).toEqual({ name: 'rk_browser', scopes: ['read'], now: '2026-11-20T12:00:00.000Z' });
    expect((await ask('/v1/contacts', { headers: browser }, nobody)).status).toBe(200);
    expect((await ask('/v1/audit', { headers: browser }, nobody)).status).toBe(403);
    const elsewhere = await ask(
      '/v1/contacts',
      { headers: { ...browser, 'sec-fetch-site': 'same-site' } },
      nobody,
    );
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'origin-foreign']);

    const logout = await createClient(port)('/v1/session', { method: 'DELETE', headers: browser });
    expect([logout.status, logout.text]).toEqual([204, '']);
    expect(logout.headers['cache-control']).toBe('no-store');
    seen.add('DELETE /v1/session 204');
    const after = await ask('/v1/contacts', { headers: browser }, nobody);
    expect([after.status, after.body.code]).toEqual([401, 'session-ended']);
    expect(after.headers['www-authenticate']).toBe('Bearer realm="Recado"');
  });

  it('begins and ends for no other site, nor with a wrong key or none', async () => {
    const nobody = { authorization: '' };
    const foreign = { 'sec-fetch-site': 'cross-site' };
    const login = await ask('/v1/session', { body: { key }, headers: foreign }, nobody);
    expect([login.status, login.body.code]).toEqual([403, 'origin-foreign']);
    const logout = await ask('/v1/session', { method: 'DELETE', headers: foreign }, nobody);
    expect(logout.status).toBe(403);
    const wrong = await ask('/v1/session', { body: { key: 'wrong' }, headers: fromPage }, nobody);
    expect([wrong.status, wrong.body.code]).toEqual([401, 'api-key-wrong']);
    expect((await ask('/v1/session', { body: {}, headers: fromPage }, nobody)).status).toBe(400);
  });

  it('closes to an address that tries too many keys, and says until when', async () => {
    const strict = await start({ access: accessOf({ failuresPerMinute: 1 }) });
    const client = createClient(strict.port);
    const attempt = { body: { key: 'guess' }, headers: fromPage };
    await client('/v1/session', attempt);
    const answer = await client('/v1/session', attempt);
    hold('POST', '/v1/session', answer);
    expect(answer.status).toBe(429);
    expect(answer.body).toMatchObject({ code: 'too-many-failures' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(50);
    const byKey = await client('/v1/contacts', { headers: { authorization: 'Bearer guess' } });
    expect([byKey.status, byKey.headers['www-authenticate']]).toEqual([429, undefined]);
  });
});

describe('how often one may ask', () => {
  it('is counted for each key, reading and changing apart, before the scope is looked at', async () => {
    const limited = await start({ requestsPerMinute: 2 });
    world.access.add('rk_busy', ['read', 'send']);
    world.access.add('rk_quiet', ['read']);
    const busy = createClient(limited.port, { authorization: 'Bearer rk_busy' });
    const first = await busy('/v1/contacts');
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    await busy('/v1/audit');
    const third = await busy('/v1/events');
    expect(third.status).toBe(429);
    expect(third.body).toMatchObject({
      code: 'too-many-requests',
      remedy: expect.stringContaining('RATE_LIMIT'),
    });
    expect(third.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '0' });
    expect(third.headers['retry-after']).toBe(third.headers['ratelimit-reset']);
    expect((await busy('/v1/notifications', { body: text })).status).toBe(202);
    const quiet = createClient(limited.port, { authorization: 'Bearer rk_quiet' });
    expect((await quiet('/v1/contacts')).status).toBe(200);
  });

  it('does not matter for health, webhooks and the description', async () => {
    const limited = await start({ requestsPerMinute: 1 });
    const client = createClient(limited.port, { authorization: `Bearer ${key}` });
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/webhooks/whatsapp/']) {
      const statuses = [await client(path), await client(path), await client(path)].map(
        ({ status }) => status,
      );
      expect(statuses).toEqual([200, 200, 200]);
    }
    const { headers } = await createClient(port, { authorization: `Bearer ${key}` })('/v1/contacts');
    expect(headers).not.toHaveProperty('ratelimit-limit');
  });
});

describe('GET /v1/events/stream', () => {
  async function open(path: string, headers: Record<string, string> = {}, to = port) {
    const request = get({
      host: '127.0.0.1',
      port: to,
      path,
      headers: { authorization: `Bearer ${key}`, ...headers },
      agent: false,
    });
    const [response]: IncomingMessage[] = await once(request, 'response');
    if (response === undefined) throw new Error('No response');
    let received = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      received += chunk;
    });
    return {
      response,
      async until(expected: string): Promise<string> {
        while (!received.includes(expected)) await once(response, 'data');
        return received;
      },
      leave: () => request.destroy(),
    };
  }

  it('resumes behind Last-Event-ID rather than after, and tells new events at once', async () => {
    const stream = await open(`/v1/events/stream?after=${eventId(1)}`, { 'Last-Event-ID': eventId(5) });
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const replayed = await stream.until(`id: ${eventId(7)}`);
    expect(replayed).not.toContain(`event: message\ndata: {"id":"${eventId(4)}"`);
    expect(replayed).toContain(`id: ${eventId(6)}\nevent: `);
    world.feed.append('call');
    const told = await stream.until(`id: ${eventId(8)}\nevent: call\ndata: {`);
    expect(told.match(/^event: /gm)).toHaveLength(3);
    stream.leave();
    seen.add('GET /v1/events/stream 200');
  });

  it('without a place begins now, filters, and shows signs of life', async () => {
    const stream = await open('/v1/events/stream?kind=status,call');
    await stream.until(': \n\n');
    world.feed.append('message');
    world.feed.append('status');
    const told = await stream.until('event: status');
    expect(told).toContain(`retry: 2000\nid: ${eventId(8)}\n\n`);
    expect(told.match(/^event: \S+/gm)).toEqual(['event: status']);
    stream.leave();
  });

  it('ends when the server closes, and when its reader leaves nobody listens any more', async () => {
    const { server, port: own } = await start();
    const leaving = await open('/v1/events/stream', {}, own);
    const staying = await open('/v1/events/stream', {}, own);
    leaving.leave();
    const ended = once(staying.response, 'end');
    await server.close();
    await ended;
    await expect.poll(() => world.feed.listeners()).toBe(0);
  });

  it('and the list go on behind no place where a reader would miss something unknowingly', async () => {
    onTestFinished(() => world.feed.forget(0));
    world.feed.forget(4);
    for (const path of ['/v1/events', '/v1/events/stream']) {
      const { status, body } = await ask(`${path}?after=${eventId(3)}`);
      expect([status, body.code]).toEqual([410, 'events-forgotten']);
      expect(body.detail).toBe(
        `Of the events behind ${eventId(3)}, those up to ${eventId(4)} are older than the retention.`,
      );
    }
    for (const place of [0, 4]) {
      expect((await ask(`/v1/events?after=${eventId(place)}`)).status).toBe(200);
    }
    const given = world.feed.matching(0, null).at(-1)?.position ?? 0;
    for (const path of ['/v1/events', '/v1/events/stream']) {
      const { status, body } = await ask(`${path}?after=${eventId(given + 1)}`);
      expect([status, body.code]).toEqual([410, 'feed-another']);
      expect(body.detail).toBe(
        `This feed has come to ${eventId(given)}, and never to ${eventId(given + 1)}.`,
      );
    }
  });

  it('is open so many times for one key, however often it was opened', async () => {
    world.access.add('rk_watcher', ['read']);
    world.access.add('rk_other_watcher', ['read']);
    const few = await start({ streamsPerCaller: 1, requestsPerMinute: 1 });
    const own = { authorization: 'Bearer rk_watcher' };
    const stream = await open('/v1/events/stream', own, few.port);
    expect(stream.response.statusCode).toBe(200);
    const client = createClient(few.port, own);
    const refused = await client('/v1/events/stream');
    expect([refused.status, refused.body]).toMatchObject([429, { code: 'too-many-streams' }]);
    expect(refused.headers['retry-after']).toBe('10');
    hold('GET', '/v1/events/stream', refused);
    const other = await open('/v1/events/stream', { authorization: 'Bearer rk_other_watcher' }, few.port);
    expect(other.response.statusCode).toBe(200);
    other.leave();
    stream.leave();
    await expect
      .poll(async () => {
        const again = await open('/v1/events/stream', own, few.port);
        again.leave();
        return again.response.statusCode;
      })
      .toBe(200);
  });

  it('ends when its key is revoked', async () => {
    const watched = await start({ streamTimings: { recheck: 10 } });
    const { id } = world.access.add('rk_leaving', ['read']);
    const stream = await open('/v1/events/stream', { authorization: 'Bearer rk_leaving' }, watched.port);
    const ended = once(stream.response, 'end');
    await world.access.ports.revokeApiKey({ id, at: noon, actor: { id: 'admin', name: 'admin' } });
    stream.response.resume();
    await ended;
  });

  it('breaks off, and is reported, when the feed cannot be read', async () => {
    const broken = await start({
      ports: { ...world.ports, listEvents: () => Promise.reject(new Error('disk gone')) },
    });
    const stream = await open('/v1/events/stream', {}, broken.port);
    await once(stream.response, 'end');
    expect(failed.at(-1)).toMatchObject({ route: 'GET /v1/events/stream' });
  });
});

describe('POST /v1/conversations/{id}/read', () => {
  it('marks, or says why not', async () => {
    const mark = (number: number, body: object = {}) =>
      ask(`/v1/conversations/${idOf('cv', number)}/read`, { body });
    expect((await mark(1, { typing: true })).body).toEqual({ messageId: 'wamid.X', typing: true });
    for (const [number, status, code] of [
      [2, 409, 'nothing-to-read'],
      [3, 422, 'read-mark-refused'],
      [4, 502, 'meta-unanswered'],
      [5, 422, 'read-mark-refused'],
      [6, 404, 'conversation-unknown'],
    ] as const) {
      const answer = await mark(number);
      expect([number, answer.status, answer.body.code]).toEqual([number, status, code]);
    }
    expect((await ask('/v1/conversations/x/read', { body: {} })).status).toBe(404);
    expect((await mark(1, { tippen: true })).status).toBe(400);
    const path = `/v1/conversations/${idOf('cv', 1)}/read`;
    expect((await ask(path, { body: { typing: 'x'.repeat(2 * 1024 * 1024) } })).status).toBe(413);
    expect((await ask(path, { body: 'a', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

describe('what is told of templates and costs', () => {
  it('shows templates, all or those of a status, or one by its name', async () => {
    const { status, body } = await ask('/v1/templates?status=APPROVED');
    expect(status).toBe(200);
    expect(body.data).toContainEqual(
      expect.objectContaining({ name: 'interview_reminder', language: 'pt_BR', status: 'APPROVED' }),
    );
    expect((await ask('/v1/templates?status=PAUSED')).body).toEqual({ data: [], next: null });
    expect((await ask('/v1/templates?limit=3')).status).toBe(400);
    expect((await ask('/v1/templates/interview_reminder')).body.data).toHaveLength(1);
    expect((await ask('/v1/templates/order_ready')).body.data).toMatchObject([
      {
        status: 'APPROVED',
        category: 'UTILITY',
        parameters: { named: false, header: [], body: ['1'], buttons: [0] },
        syncedAt: '2026-11-20T12:00:00.000Z',
      },
    ]);
    expect((await ask('/v1/templates/other')).body.code).toBe('template-unknown');
  });

  it('fills a template in, reads all from Meta, and changes them there', async () => {
    const preview = (body: object, name = 'order_ready') => ask(`/v1/templates/${name}/preview`, { body });
    const button = { index: 0, urlSuffix: '4711' };
    expect((await preview({ language: 'pt-BR', parameters: ['Ana'], buttons: [button] })).body).toEqual({
      fits: true,
      mistake: null,
      header: 'Pedido',
      body: 'Olá, Ana!',
      footer: null,
      buttons: [{ text: 'Ver', url: 'https://shop.example/4711' }],
    });
    expect((await preview({ language: 'pt_BR' })).body).toMatchObject({
      fits: false,
      mistake: 'the body has 1 placeholder ({{1}}), and 0 values were given',
    });
    expect((await preview({ language: 'en_US' })).body.code).toBe('template-unknown');
    expect((await preview({ language: '' })).status).toBe(400);
    expect((await ask('/v1/templates/sync', { method: 'POST' })).body.accounts).toMatchObject([
      { outcome: 'synced', count: 4, because: null },
      { outcome: 'failed', count: null, because: 'Meta did not answer' },
    ]);

    const components = [{ type: 'BODY', text: 'Oi' }];
    for (const [name, code] of [
      ['order_ready', undefined],
      ['refused', 'template-refused'],
      ['unanswered', 'meta-unanswered'],
      ['homeless', 'template-without-account'],
    ]) {
      const made = { name, language: 'pt_BR', category: 'UTILITY', components };
      const path = `/v1/templates/${name}`;
      expect((await ask('/v1/templates', { body: made })).body.code).toBe(code);
      const edit = { method: 'PATCH', body: { language: 'pt_BR', category: 'MARKETING' } };
      expect((await ask(path, edit)).body.code).toBe(code);
      expect((await ask(path, { method: 'DELETE' })).body.code).toBe(code);
    }
    const empty = { method: 'PATCH', body: { language: 'pt_BR' } };
    expect((await ask('/v1/templates/order_ready', empty)).status).toBe(400);
    expect((await ask('/v1/templates', { body: { name: 'Order' } })).status).toBe(400);
    const other = { method: 'PATCH', body: { language: 'pt_BR', category: 'UTILITY' } };
    expect((await ask('/v1/templates/other', other)).status).toBe(404);
    expect((await ask('/v1/templates/other', { method: 'DELETE' })).status).toBe(404);
    const large = { ...empty, body: 'x'.repeat(2 * 1024 * 1024) };
    for (const [path, method] of [
      ['/v1/templates', 'POST'],
      ['/v1/templates/order_ready', 'PATCH'],
      ['/v1/templates/order_ready/preview', 'POST'],
    ] as const) {
      expect((await ask(path, { ...large, method })).status).toBe(413);
      const plain = { method, body: 'a', headers: { 'content-type': 'text/plain' } };
      expect((await ask(path, plain)).status).toBe(415);
    }
  });

  it('counts a month and estimates it with the prices that are set', async () => {
    const { status, body } = await ask('/v1/costs');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      month: '2026-11',
      businessPhoneId: null,
      data: [{ category: 'utility', charged: 3, estimate: { amount: '0.0204', currency: 'USD' } }],
      unpriced: 0,
    });
    expect((await ask('/v1/costs?month=2026-13')).status).toBe(400);
  });
});

describe('endpoints', () => {
  const path = `/v1/endpoints/${idOf('ep', 1)}`;
  const nowhere = '/v1/endpoints/nobody';

  it('are made with a secret that is shown once, listed, looked at, changed and removed', async () => {
    const { status, headers, body } = await ask('/v1/endpoints', {
      body: { url: 'https://app.example.com/recado/' },
    });
    expect([status, headers.location]).toEqual([201, `/v1/endpoints/${body.id}`]);
    expect(body.secret).toMatch(/^whsec_/);
    const listed = await ask('/v1/endpoints?limit=2');
    expect([listed.body.data, listed.body.next]).toEqual([expect.any(Array), expect.any(String)]);
    expect((await ask(path)).body).toMatchObject({ behind: 2, waiting: 1, deadLetters: 1 });
    expect((await ask(path, { method: 'PATCH', body: { state: 'paused' } })).status).toBe(200);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(200);
  });

  it('are tried, get a new secret, and events again', async () => {
    expect((await ask(`${path}/test`, { method: 'POST' })).body).toMatchObject({
      delivered: false,
      failure: 'It answered 500.',
    });
    expect((await ask(`${path}/rotate-secret`, { body: { overlapHours: 1 } })).body.secret).toMatch(
      /^whsec_/,
    );
    const again = await ask(`${path}/redeliver`, { body: { deadSince: '2026-11-22T00:00:00Z' } });
    expect(again).toMatchObject({ status: 202, body: { count: 3, next: expect.any(String) } });
    expect((await ask(`${path}/attempts?limit=2`)).body).toMatchObject({ next: expect.any(String) });
    expect((await ask(`${path}/dead-letters?limit=2`)).body).toMatchObject({ next: expect.any(String) });
  });

  it('refuse what cannot be, and say why', async () => {
    const closed = await ask('/v1/endpoints', { body: { url: 'https://closed.example.com/' } });
    expect(closed.body).toMatchObject({
      code: 'endpoint-address-closed',
      detail: '10.0.0.5 is a private network.',
    });
    const keyless = `/v1/endpoints/${idOf('ep', 2)}`;
    for (const [where, sent] of [
      ['/v1/endpoints', { body: { url: 'https://keyless.example.com/' } }],
      [keyless, { method: 'PATCH', body: { headers: {} } }],
      [`${keyless}/rotate-secret`, { body: {} }],
      [`${keyless}/test`, { method: 'POST' }],
    ] as const) {
      expect((await ask(where, sent)).body.code).toBe('encryption-key-missing');
    }
    const moved = await ask(`/v1/endpoints/${idOf('ep', 3)}/test`, { method: 'POST' });
    expect(moved.body.code).toBe('endpoint-address-closed');
    for (const [method, where, body] of [
      ['GET', nowhere, null],
      ['PATCH', nowhere, {}],
      ['DELETE', nowhere, null],
      ['POST', `${nowhere}/test`, null],
      ['POST', `${nowhere}/rotate-secret`, {}],
      ['POST', `${nowhere}/redeliver`, { deadSince: '2026-11-22T00:00:00Z' }],
      ['GET', `${nowhere}/attempts`, null],
      ['GET', `${nowhere}/dead-letters`, null],
    ] as const) {
      const sent = body === null ? { method } : { method, body };
      expect((await ask(where, sent)).body.code).toBe('endpoint-unknown');
    }
    for (const [method, where] of [
      ['POST', '/v1/endpoints'],
      ['PATCH', path],
      ['POST', `${path}/rotate-secret`],
      ['POST', `${path}/redeliver`],
    ] as const) {
      expect((await ask(where, { method, body: { colour: 'red' } })).status).toBe(400);
      const large = { method, body: JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024) }) };
      expect((await ask(where, large)).status).toBe(413);
      const text = { method, body: 'x', headers: { 'content-type': 'text/plain' } };
      expect((await ask(where, text)).status).toBe(415);
    }
    for (const where of [
      '/v1/endpoints?limit=x',
      `${path}/attempts?limit=x`,
      `${path}/dead-letters?limit=x`,
    ]) {
      expect((await ask(where)).status).toBe(400);
    }
  });
});

describe('opt-outs', () => {
  const path = `/v1/contacts/${idOf('ct', 1)}/opt-outs`;

  it('are kept with how they are known, and taken back', async () => {
    const { status, body } = await ask(path, { body: { evidence: 'At the counter' } });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ purpose: 'marketing', evidence: 'At the counter' }]);
    expect((await ask(path, { method: 'DELETE' })).body).toEqual({ data: [] });
  });

  it('need a person, a purpose that can be refused, and evidence', async () => {
    const body = { evidence: 'x' };
    expect((await ask('/v1/contacts/nobody/opt-outs', { body })).body.code).toBe('contact-unknown');
    const nobody = await ask('/v1/contacts/nobody/opt-outs', { method: 'DELETE' });
    expect(nobody.body.code).toBe('contact-unknown');
    expect((await ask(path, { body: {} })).status).toBe(400);
    expect((await ask(path, { body: { ...body, purpose: 'transactional' } })).status).toBe(400);
    expect((await ask(`${path}?purpose=all`, { method: 'DELETE' })).status).toBe(400);
    const large = { body: JSON.stringify({ evidence: 'x'.repeat(2 * 1024 * 1024) }) };
    expect((await ask(path, large)).status).toBe(413);
    expect((await ask(path, { body: 'x', headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

describe('the connection to Meta', () => {
  it('is a plan that says how each part stands, and what keeps it from being done', async () => {
    const { status, body } = await ask('/v1/connection?way=account');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      way: 'account',
      connected: false,
      steps: [
        { part: 'app-callback', outcome: 'to-change', now: 'no callback', problem: null },
        { part: 'registration', outcome: 'blocked', problem: { code: 'meta-refused', metaCode: 133_005 } },
      ],
    });
    expect((await ask('/v1/connection?way=pigeon')).status).toBe(400);
  });

  it('is carried out, with the cure of what failed in the language asked for', async () => {
    const { body } = await ask('/v1/connection', {
      body: {},
      headers: { 'Accept-Language': 'pt-BR' },
    });
    expect(body).toMatchObject({
      way: 'app',
      steps: [{ outcome: 'changed' }, { problem: { remedy: expect.stringContaining('PIN') } }],
    });
    expect((await ask('/v1/connection', { body: { way: 'pigeon' } })).status).toBe(400);
    const large = { body: JSON.stringify({ way: 'x'.repeat(2 * 1024 * 1024) }) };
    expect((await ask('/v1/connection', large)).status).toBe(413);
    const plain = { body: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await ask('/v1/connection', plain)).status).toBe(415);
  });
});

describe('the files of messages', () => {
  const get = (id: string, headers = {}) =>
    createClient(port, { authorization: `Bearer ${key}` })(`/v1/media/${id}`, { headers });

  it('are listed with where they stand, by state, page by page', async () => {
    const { body } = await ask('/v1/media');
    expect(arrayOf(body.data).map((file) => objectOf(file).state)).toEqual([
      'kept',
      'waiting',
      'failed',
      'waiting',
      'kept',
      'kept',
    ]);
    expect(await idsOf('/v1/media', 2)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(arrayOf((await ask('/v1/media?state=failed')).body.data)).toMatchObject([
      { id: '3', eventId: eventId(3), failure: { code: 'media-expired', metaCode: 100 } },
    ]);
    for (const query of ['state=forgotten', 'after=3', 'after=ev_0000000003', 'after=x.1', 'limit=0']) {
      expect([query, (await ask(`/v1/media?${query}`)).status]).toEqual([query, 400]);
    }
  });

  it('come as bytes, whole or in part, and are never shown by a browser', async () => {
    const whole = await get('1');
    seen.add('GET /v1/media/{id} 200');
    expect([whole.status, whole.text]).toEqual([200, 'Olá!']);
    expect(whole.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="__Or_amento _2_.html"; filename*=UTF-8''__Or%C3%A7amento%20%222%22.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-length': '5',
    });
    seen.add('GET /v1/media/{id} 206');
    for (const [range, text, part] of [
      ['bytes=0-0', 'O', 'bytes 0-0/5'],
      ['bytes=4-', '!', 'bytes 4-4/5'],
      ['bytes=-2', '\ufffd!', 'bytes 3-4/5'],
      ['bytes=0-99', 'Olá!', 'bytes 0-4/5'],
    ] as const) {
      const answer = await get('1', { range });
      expect([range, answer.status, answer.headers['content-range']]).toEqual([range, 206, part]);
      expect(answer.text).toBe(text);
    }
    // What cannot be had, or is more than one part, is answered with all.
    for (const range of ['bytes=5-', 'bytes=3-1', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-0']) {
      expect([range, (await get('1', { range })).status]).toEqual([range, 200]);
    }
  });

  it('say why they are not here', async () => {
    const waiting = await ask('/v1/media/2');
    expect([waiting.status, waiting.headers['retry-after']]).toEqual([409, '1']);
    expect((await ask('/v1/media/4')).headers['retry-after']).toBe('90');
    expect((await ask('/v1/media/4')).body).toMatchObject({
      code: 'media-not-fetched',
      detail: expect.stringContaining('ENOSPC'),
    });
    expect((await ask('/v1/media/3')).body).toMatchObject({ status: 410, code: 'media-expired' });
    expect((await ask('/v1/media/5')).body).toMatchObject({ status: 404, code: 'media-missing' });
    expect((await ask('/v1/media/6')).body).toMatchObject({ status: 503, code: 'media-place-unavailable' });
    expect((await ask('/v1/media/7')).body).toMatchObject({ status: 404, code: 'media-unknown' });
    expect((await ask('/v1/media/1?a=1')).status).toBe(400);
  });
});

describe('uploading a file', () => {
  const upload = (query = '', headers: Record<string, string> = { 'content-type': 'image/jpeg' }) =>
    ask(`/v1/media${query}`, { body: Buffer.from('bytes'), headers });

  it('answers with the id to send it by', async () => {
    const { status, body } = await upload('?businessPhone=200100200100200');
    expect([status, body]).toEqual([
      201,
      {
        id: '77',
        businessPhoneId: '200100200100200',
        mimeType: 'image/jpeg',
        size: 5,
        sha256: 'a'.repeat(64),
        known: false,
        uploadedAt: '2026-11-20T12:00:00.000Z',
        expiresAt: '2026-12-20T12:00:00.000Z',
      },
    ]);
    expect(await upload('?filename=known&again=false')).toMatchObject({ status: 200, body: { known: true } });
    const voice = await upload('', { 'content-type': 'audio/ogg; codecs=opus' });
    expect(voice.body.mimeType).toBe('audio/ogg; codecs=opus');
  });

  it.each([
    ['large', 413, 'upload-too-large', 'As image at most 5 MB. This one has 5.8 MB.'],
    ['endless', 413, 'upload-too-large', 'As video at most 16 MB. This one has more.'],
    ['empty', 400, 'upload-empty', 'The file is empty.'],
    ['broken', 400, 'upload-broken-off', 'The file did not come whole.'],
    ['foreign', 404, 'business-phone-unknown', 'No business phone of ours has this id.'],
    ['homeless', 409, 'upload-without-sender', expect.stringContaining('No access token')],
    ['refused', 422, 'upload-refused', 'Meta answered #131053: Wrong type'],
    ['unanswered', 502, 'meta-unanswered', 'the connection broke.'],
    ['full', 503, 'media-place-unavailable', 'The system said ENOSPC.'],
  ])('says why not: %s', async (filename, status, code, detail) => {
    const answer = await upload(`?filename=${filename}`);
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([status, code, detail]);
  });

  it('needs bytes, and their type', async () => {
    for (const headers of [
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { 'content-type': 'photo' },
      { 'content-type': 'image/jpeg', 'content-encoding': 'gzip' },
    ]) {
      expect((await upload('', headers)).status).toBe(415);
    }
    for (const query of ['?again=yes', '?businessPhone=me', '?name=a']) {
      expect([query, (await upload(query)).status]).toEqual([query, 400]);
    }
    expect((await ask('/v1/media', { method: 'POST' })).status).toBe(400);
  });
});

describe('GET /v1/alarms', () => {
  it('shows the open alarm, then the one that is over, page by page', async () => {
    const { body } = await ask('/v1/alarms');
    expect(body).toMatchObject({
      data: [
        { id: idOf('al', 2), code: 'queue-growing', severity: 'warning', count: 1, resolvedAt: null },
        { id: idOf('al', 1), resolvedAt: '2026-11-20T12:00:00.000Z' },
      ],
      next: null,
    });
    expect(await idsOf('/v1/alarms', 1)).toEqual([idOf('al', 2), idOf('al', 1)]);
  });

  it('refuses a place that is none', async () => {
    expect((await ask('/v1/alarms?after=ct_1')).body.code).toBe('cursor-invalid');
  });
});

describe('GET /metrics', () => {
  it('answers in the text format of Prometheus', async () => {
    const answer = await createClient(port, { authorization: `Bearer ${key}` })('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(answer.text).toBe('# TYPE recado_feed_position gauge\nrecado_feed_position 7\n');
    seen.add('GET /metrics 200');
  });

  it('needs no key where only this machine can ask', async () => {
    const open = await start({ metricsOpen: true });
    expect((await createClient(open.port)('/metrics')).status).toBe(200);
    expect((await createClient(open.port)('/v1/alarms')).status).toBe(401);
  });
});

describe('when Recado itself fails', () => {
  it('answers 500 with a reference that is in the report, and says nothing more', async () => {
    world.state.broken = true;
    const answer = await ask('/v1/notifications', { body: text });
    world.state.broken = false;
    expect(answer.status).toBe(500);
    expect(answer.body.code).toBe('internal-error');
    expect(answer.text).not.toContain('segredo');
    expect(failed.at(-1)).toMatchObject({
      reference: answer.body.reference,
      route: 'POST /v1/notifications',
      error: expect.objectContaining({ message: 'segredo: the disk is gone' }),
    });
  });

  it.each([
    ['disk gone', 500, 'internal-error'],
    ['disk full', 503, 'store-unavailable'],
  ])('answers so on every route: %s is a %i', async (reason, expected, code) => {
    const lost = (): never => {
      throw new Error(reason);
    };
    const gone = async () => lost();
    const broken = await start({
      ports: {
        ...world.ports,
        takeNotification: gone,
        considerNotification: gone,
        listNotifications: gone,
        findNotification: gone,
        listContacts: gone,
        findContact: gone,
        findCommand: gone,
        countNotifications: gone,
        listConversations: gone,
        listLatestConversations: gone,
        listMessages: gone,
        listEvents: gone,
        lastPosition: gone,
        findMedia: gone,
        listMedia: gone,
        readFeedBounds: gone,
        uploadFile: gone,
        countHidden: gone,
        issueApiKey: gone,
        listApiKeys: gone,
        revokeApiKey: gone,
        listAudit: gone,
        listAlarms: gone,
        batches: { create: gone, addRows: gone, change: gone },
        findBatch: gone,
        listBatches: gone,
        listBatchRows: gone,
        settings: { list: lost, change: gone },
        readAccountFacts: gone,
        listTemplates: gone,
        markRead: gone,
        syncTemplates: gone,
        changeTemplates: { create: gone, edit: gone, remove: gone },
        countCharges: gone,
        changeOptOut: gone,
        startReread: gone,
        latestReread: lost,
        doctor: { latest: lost, run: gone },
        registerPhone: gone,
        connection: { plan: gone, carryOut: gone },
        businessPhones: { list: gone, add: gone, change: gone, remove: gone },
        endpoints: {
          list: lost,
          find: lost,
          picture: gone,
          create: gone,
          change: gone,
          remove: gone,
          rotateSecret: gone,
          test: gone,
          redeliver: gone,
        },
        listForwardAttempts: gone,
        listDeadLetters: gone,
        metrics: { contentType: 'text/plain', text: gone },
        readiness: gone,
      },
      access: accessOf({ store: { findApiKey: gone, anyApiKey: gone } }),
    });
    const client = createClient(broken.port, { authorization: `Bearer ${key}` });
    for (const path of [
      '/v1/notifications',
      '/v1/notifications/totals',
      `/v1/notifications/${idOf('nt', 1)}`,
      '/v1/batches',
      `/v1/batches/${idOf('bt', 1)}`,
      `/v1/batches/${idOf('bt', 1)}/rows`,
      '/v1/contacts',
      `/v1/contacts/${idOf('ct', 1)}`,
      `/v1/contacts/${idOf('ct', 1)}/merges`,
      `/v1/commands/${idOf('cm', 1)}`,
      '/v1/conversations',
      '/v1/conversations?order=newest',
      `/v1/conversations/${idOf('cv', 1)}/messages`,
      '/v1/events',
      '/v1/events/stream',
      '/v1/reread',
      '/v1/doctor',
      '/v1/media',
      '/v1/media/1',
      '/v1/endpoints',
      `/v1/endpoints/${idOf('ep', 1)}`,
      `/v1/endpoints/${idOf('ep', 1)}/attempts`,
      `/v1/endpoints/${idOf('ep', 1)}/dead-letters`,
      '/v1/keys',
      '/v1/audit',
      '/v1/alarms',
      '/v1/templates',
      '/v1/templates/x',
      '/v1/costs',
      '/v1/sending',
      '/v1/settings',
      '/v1/business-phones',
      '/v1/business-phones/1',
      '/v1/connection',
      '/metrics',
      // It finds out about the database by itself, and says so in its own words.
      ...(expected === 500 ? ['/readyz'] : []),
    ]) {
      const answer = await client(path);
      expect([path, answer.status, objectOf(answer.body).code]).toEqual([path, expected, code]);
      hold('GET', path, answer);
    }
    const changes: [string, string, Sent][] = [
      ['POST', `/v1/contacts/${idOf('ct', 1)}/merges/${idOf('mg', 1)}/undo`, { method: 'POST' }],
      ['POST', `/v1/contacts/${idOf('ct', 1)}/merges/${idOf('mg', 1)}/redo`, { method: 'POST' }],
      ['POST', '/v1/notifications', { body: text }],
      ['POST', '/v1/media', { body: 'bytes', headers: { 'content-type': 'text/plain' } }],
      ['POST', '/v1/notifications/preview', { body: text }],
      ['POST', `/v1/notifications/${idOf('nt', 1)}/cancel`, { method: 'POST' }],
      ['POST', '/v1/batches', { body: { notifications: [text] } }],
      ['POST', '/v1/batches/preview', { body: { notifications: [text] } }],
      ['POST', `/v1/batches/${idOf('bt', 1)}/rows`, { body: { firstRow: 1, notifications: [text] } }],
      ['POST', `/v1/batches/${idOf('bt', 1)}/pause`, { method: 'POST' }],
      ['POST', `/v1/batches/${idOf('bt', 1)}/resume`, { method: 'POST' }],
      ['POST', `/v1/batches/${idOf('bt', 1)}/cancel`, { method: 'POST' }],
      ['POST', '/v1/sending/stop', { method: 'POST' }],
      ['POST', '/v1/sending/start', { method: 'POST' }],
      ['POST', '/v1/keys', { body: newKey }],
      ['POST', '/v1/reread', { body: {} }],
      ['POST', '/v1/doctor/run', { body: {} }],
      ['PATCH', '/v1/settings', { method: 'PATCH', body: {} }],
      ['POST', '/v1/contacts/x/opt-outs', { body: { evidence: 'x' } }],
      ['DELETE', '/v1/contacts/x/opt-outs', { method: 'DELETE' }],
      ['POST', '/v1/business-phones', { body: { id: '1' } }],
      ['PATCH', '/v1/business-phones/1', { method: 'PATCH', body: {} }],
      ['POST', '/v1/business-phones/1/register', { body: {} }],
      ['DELETE', '/v1/business-phones/1', { method: 'DELETE' }],
      ['POST', `/v1/conversations/${idOf('cv', 1)}/read`, { body: {} }],
      ['POST', '/v1/templates/sync', { method: 'POST' }],
      ['POST', '/v1/templates/x/preview', { body: { language: 'pt_BR' } }],
      [
        'POST',
        '/v1/templates',
        {
          body: {
            name: 'x',
            language: 'pt_BR',
            category: 'UTILITY',
            components: [{ type: 'BODY', text: 'Oi' }],
          },
        },
      ],
      ['PATCH', '/v1/templates/x', { method: 'PATCH', body: { language: 'pt_BR', category: 'UTILITY' } }],
      ['DELETE', '/v1/templates/x', { method: 'DELETE' }],
      ['POST', '/v1/connection', { body: {} }],
      ['POST', '/v1/endpoints', { body: { url: 'https://app.example.com/' } }],
      ['PATCH', `/v1/endpoints/${idOf('ep', 1)}`, { method: 'PATCH', body: {} }],
      ['DELETE', `/v1/endpoints/${idOf('ep', 1)}`, { method: 'DELETE' }],
      ['POST', `/v1/endpoints/${idOf('ep', 1)}/test`, { method: 'POST' }],
      ['POST', `/v1/endpoints/${idOf('ep', 1)}/rotate-secret`, { body: {} }],
      ['POST', `/v1/endpoints/${idOf('ep', 1)}/redeliver`, { body: { deadSince: '2026-11-22T00:00:00Z' } }],
      ['DELETE', `/v1/keys/${idOf('ak', 1)}`, { method: 'DELETE' }],
      ['POST', '/v1/session', { body: { key: 'rk_stored' }, headers: fromPage }],
      ['GET', '/v1/session', { headers: { authorization: 'Bearer rk_stored' } }],
    ];
    for (const [method, path, sent] of changes) {
      const answer = await client(path, sent);
      expect([path, answer.status, objectOf(answer.body).code]).toEqual([path, expected, code]);
      hold(method, path, answer);
    }
  });
});

describe('two ports', () => {
  it('keep everything but webhooks and health away from where everybody may ask', async () => {
    const two = await start({ apart: true });
    const admin = await two.server.listenApart('127.0.0.1', 0);
    const standing = { authorization: `Bearer ${key}` };
    const outside = createClient(two.port, standing);
    const inside = createClient(admin.port, standing);
    expect((await outside('/webhooks/whatsapp/', { body: 'anything' })).text).toBe('the webhook door');
    for (const path of ['/healthz', '/readyz?a=1']) {
      expect((await outside(path)).status).toBe(200);
      expect((await inside(path)).status).toBe(200);
    }
    for (const path of [
      '/v1/contacts',
      '/openapi.json',
      '/',
      '/healthz/../v1/contacts',
      '/v1/healthz',
      '//healthz',
    ]) {
      const answer = await outside(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(problemSchema.parse(answer.body)).toMatchObject({
        code: 'elsewhere',
        remedy: expect.stringContaining('ADMIN_PORT'),
      });
      expectHeaders(answer, true);
    }
    expect((await outside('/v1/contacts', { body: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(404);
    expect((await inside('/v1/contacts')).status).toBe(200);
    expect((await inside('/openapi.json')).status).toBe(200);
    expect((await inside('/webhooks/whatsapp/')).status).toBe(404);

    const socket = connect(two.port, '127.0.0.1');
    socket.write('HELO recado\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toContain('http-malformed');
  });
});

describe('one port', () => {
  it('gives the webhook paths to the webhook route, untouched', async () => {
    const answer = await createClient(port)('/webhooks/whatsapp/', { method: 'POST', body: 'anything' });
    expect(answer.text).toBe('the webhook door');
    expect(answer.headers).not.toHaveProperty('content-security-policy');
  });

  it('takes further routes, which set their own policy and stay out of the description', async () => {
    const extended = await start({
      extensions: [
        (fastify) => {
          fastify.get('/', async (_request, reply) => {
            reply.type('text/html').header('content-security-policy', "default-src 'self'");
            return '<!doctype html>';
          });
        },
      ],
    });
    const page = await createClient(extended.port)('/');
    expect(page.text).toBe('<!doctype html>');
    expect(page.headers['content-security-policy']).toBe("default-src 'self'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    const { body } = await createClient(extended.port)('/openapi.json');
    expect(body).toEqual(openapi.document);
  });
});

describe('/openapi.json', () => {
  it('describes every route, and every description leads somewhere', () => {
    const { document } = openapi;
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(objectOf(document.paths)).sort()).toEqual([
      '/healthz',
      '/metrics',
      '/readyz',
      '/v1/alarms',
      '/v1/audit',
      '/v1/batches',
      '/v1/batches/preview',
      '/v1/batches/{id}',
      '/v1/batches/{id}/cancel',
      '/v1/batches/{id}/pause',
      '/v1/batches/{id}/resume',
      '/v1/batches/{id}/rows',
      '/v1/business-phones',
      '/v1/business-phones/{id}',
      '/v1/business-phones/{id}/register',
      '/v1/commands/{id}',
      '/v1/connection',
      '/v1/contacts',
      '/v1/contacts/{id}',
      '/v1/contacts/{id}/merges',
      '/v1/contacts/{id}/merges/{mergeId}/redo',
      '/v1/contacts/{id}/merges/{mergeId}/undo',
      '/v1/contacts/{id}/opt-outs',
      '/v1/conversations',
      '/v1/conversations/{id}/messages',
      '/v1/conversations/{id}/read',
      '/v1/costs',
      '/v1/doctor',
      '/v1/doctor/run',
      '/v1/endpoints',
      '/v1/endpoints/{id}',
      '/v1/endpoints/{id}/attempts',
      '/v1/endpoints/{id}/dead-letters',
      '/v1/endpoints/{id}/redeliver',
      '/v1/endpoints/{id}/rotate-secret',
      '/v1/endpoints/{id}/test',
      '/v1/errors',
      '/v1/errors/{code}',
      '/v1/events',
      '/v1/events/stream',
      '/v1/keys',
      '/v1/keys/{id}',
      '/v1/media',
      '/v1/media/{id}',
      '/v1/notifications',
      '/v1/notifications/preview',
      '/v1/notifications/totals',
      '/v1/notifications/{id}',
      '/v1/notifications/{id}/cancel',
      '/v1/reread',
      '/v1/sending',
      '/v1/sending/start',
      '/v1/sending/stop',
      '/v1/session',
      '/v1/settings',
      '/v1/templates',
      '/v1/templates/sync',
      '/v1/templates/{name}',
      '/v1/templates/{name}/preview',
    ]);
    const schemas = objectOf(objectOf(document.components).schemas);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(new Set(references.map(([, name]) => name))).toEqual(new Set(Object.keys(schemas)));
    const { examples } = objectOf(schemas.NotificationRequest);
    expect(notificationRequestSchema.array().min(1).safeParse(examples).success).toBe(true);
    expect(Object.keys(schemas).filter((name) => name.endsWith('Input'))).toEqual([]);
  });

  it('names the scopes of each operation, of which one is enough', () => {
    const scopes = Object.fromEntries(
      operations().map(({ name, description }) => [name, description.security]),
    );
    expect(scopes).toMatchObject({
      'GET /healthz': [],
      'POST /v1/session': [],
      'GET /v1/contacts': [{ key: ['read'] }],
      'POST /v1/notifications': [{ key: ['send'] }],
      'GET /v1/notifications/{id}': [{ key: ['read'] }, { key: ['send'] }],
      'POST /v1/keys': [{ key: ['manage'] }],
    });
  });

  it('has a tag by which a cache asks whether it is still the same; answers about people have none', async () => {
    const client = createClient(port, { authorization: `Bearer ${key}` });
    const { headers, text: whole } = await client('/openapi.json');
    const etag = String(headers.etag);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'application/json; charset=utf-8',
    });
    for (const known of [etag, `"other", W/${etag}`, '*']) {
      const again = await client('/openapi.json', { headers: { 'if-none-match': known } });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    }
    const other = await client('/openapi.json', { headers: { 'if-none-match': '"other"' } });
    expect([other.status, other.text]).toEqual([200, whole]);

    const contact = await client(`/v1/contacts/${idOf('ct', 1)}`, { headers: { 'if-none-match': '*' } });
    expect([contact.status, contact.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(contact.headers).not.toHaveProperty('etag');
  });

  it('closes requests and leaves answers open for what later versions add', () => {
    const schemas = objectOf(objectOf(openapi.document.components).schemas);
    const closed = Object.keys(schemas).filter(
      (name) => objectOf(schemas[name]).additionalProperties === false,
    );
    expect(closed).toEqual([
      'ApiKeyRequest',
      'BatchPreviewRequest',
      'BatchRequest',
      'BatchRowsRequest',
      'BusinessPhoneChanges',
      'ConnectionRequest',
      'DoctorRequest',
      'EndpointChanges',
      'Location',
      'Media',
      'NewBusinessPhone',
      'NewEndpoint',
      'NewOptOut',
      'NewTemplate',
      'NotificationRequest',
      'Reaction',
      'ReadMarkRequest',
      'Redelivery',
      'Registration',
      'RereadRequest',
      'SecretRotation',
      'SessionRequest',
      'SettingChanges',
      'Template',
      'TemplateChanges',
      'TemplatePreviewRequest',
    ]);
  });

  it('leaves nothing undescribed', () => {
    const schemas = objectOf(objectOf(openapi.document.components).schemas);
    const undescribed = Object.entries(schemas).flatMap(([name, schema]) =>
      undescribedIn(objectOf(schema), name, true),
    );
    expect(undescribed).toEqual([]);
    for (const operation of operations()) {
      const { operationId, summary, description, tags } = operation.description;
      expect([operationId, summary, description, tags]).not.toContain(undefined);
    }
  });

  it('promises only answers that these tests have seen, and no other came', () => {
    const promised = operations().flatMap(({ name, description }) =>
      Object.keys(objectOf(description.responses)).map((status) => `${name} ${status}`),
    );
    const documented = [...seen].filter((one) => !/ (405|undefined \d+)$/.test(one));
    expect(documented.sort()).toEqual(promised.sort());
  });

  /** The places of a schema that say in no word what they are. */
  function undescribedIn(schema: JsonObject, place: string, needed: boolean): string[] {
    const missing = needed && schema.description === undefined && schema.$ref === undefined ? [place] : [];
    const members = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
    const choices = [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
    return [
      ...missing,
      ...members.flatMap(([name, member]) =>
        undescribedIn(objectOf(member), `${place}.${name}`, !nullable(member)),
      ),
      ...choices.flatMap((choice) => undescribedIn(objectOf(choice), place, false)),
      ...(isJsonObject(schema.items) ? undescribedIn(schema.items, `${place}[]`, false) : []),
    ];
  }

  /** A choice between something described and null needs no description of its own. */
  function nullable(member: unknown): boolean {
    const choices = objectOf(member).anyOf;
    return (
      Array.isArray(choices) &&
      choices.some((choice) => isJsonObject(choice) && choice.description !== undefined)
    );
  }
});
