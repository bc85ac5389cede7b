import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { eventId } from '../../src/domain/event.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { isJsonObject, type JsonObject } from '../../src/domain/json.ts';
import { acceptedKey, createAuthentication } from '../../src/server/authentication.ts';
import { contactPageSchema, contactSchema } from '../../src/server/contract/contact.ts';
import { conversationPageSchema, messagePageSchema } from '../../src/server/contract/conversation.ts';
import { eventPageSchema } from '../../src/server/contract/event.ts';
import { healthSchema, readinessSchema } from '../../src/server/contract/health.ts';
import {
  notificationPageSchema,
  notificationRequestSchema,
  notificationSchema,
} from '../../src/server/contract/notification.ts';
import { problemSchema, refusalSchema } from '../../src/server/contract/problem.ts';
import { createServer, type Server, type ServerOptions } from '../../src/server/server.ts';
import { type Answer, createClient, type Sent } from '../support/api-client.ts';
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
    authenticate: createAuthentication({ keys: [acceptedKey('admin', key)] }),
    report: { failed: (failure) => failed.push(failure) },
    streamTimings: { heartbeat: 10 },
    ...overrides,
  });
  servers.push(server);
  return { server, ...(await server.listen('127.0.0.1', 0)) };
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
  'GET /v1/notifications 200': notificationPageSchema,
  'GET /v1/notifications/{id} 200': notificationSchema,
  'GET /v1/contacts 200': contactPageSchema,
  'GET /v1/contacts/{id} 200': contactSchema,
  'GET /v1/conversations 200': conversationPageSchema,
  'GET /v1/conversations/{id}/messages 200': messagePageSchema,
  'GET /v1/events 200': eventPageSchema,
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
    new RegExp(`^${known.replaceAll('{id}', '[^/]+')}$`).test(path.split('?')[0] ?? ''),
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
      onClosedWindow: 'fail',
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
      onClosedWindow: 'template',
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
      },
      expect.objectContaining({
        outcome: 'refused',
        reason: null,
        failure: expect.objectContaining({ code: 'business-phone-not-registered', metaCode: 133010 }),
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

  it('shows both directions of a conversation', async () => {
    const { body } = await ask(`/v1/conversations/${idOf('cv', 1)}/messages`);
    expect(body.data).toMatchObject([
      { direction: 'in', text: 'Oi', notificationId: null, payload: { text: { body: 'Oi' } } },
      { direction: 'out', notificationId: idOf('nt', 1), state: 'queued', payload: null },
    ]);
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
    ['/v1/conversations?after=', 'cursor-invalid'],
    [`/v1/conversations/${idOf('cv', 1)}/messages?after=1`, 'cursor-invalid'],
    ['/v1/events?after=0', 'cursor-invalid'],
    ['/v1/events/stream?after=0', 'cursor-invalid'],
    ['/v1/events?limit=501', 'request-malformed'],
    ['/v1/contacts?limit=', 'request-malformed'],
    ['/v1/conversations?kind=message', 'request-malformed'],
    ['/v1/events?kind=mesage', 'request-malformed'],
    ['/v1/events/stream?limit=5', 'request-malformed'],
    ['/v1/notifications?state=done', 'request-malformed'],
  ])('%s is a 400', async (path, code) => {
    const { status, body } = await ask(path);
    expect([status, body.code]).toEqual([400, code]);
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

describe('who may ask', () => {
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
    const closed = await start({ authenticate: createAuthentication({ keys: [] }) });
    const answer = await createClient(closed.port, { authorization: 'Bearer undefined' })('/v1/contacts');
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({
      code: 'no-api-key',
      remedy: expect.stringContaining('`recado init`'),
    });
  });

  it('a session may ask, under its own name', async () => {
    const withSession = await start({
      authenticate: createAuthentication({
        keys: [],
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

  it('breaks off, and is reported, when the feed cannot be read', async () => {
    const broken = await start({
      ports: { ...world.ports, listEvents: () => Promise.reject(new Error('disk gone')) },
    });
    const stream = await open('/v1/events/stream', {}, broken.port);
    await once(stream.response, 'end');
    expect(failed.at(-1)).toMatchObject({ route: 'GET /v1/events/stream' });
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

  it('answers so on every route', async () => {
    const gone = () => Promise.reject(new Error('disk gone'));
    const broken = await start({
      ports: {
        ...world.ports,
        listNotifications: gone,
        findNotification: gone,
        listContacts: gone,
        findContact: gone,
        listConversations: gone,
        listMessages: gone,
        listEvents: gone,
        lastPosition: gone,
        readiness: gone,
      },
    });
    const client = createClient(broken.port, { authorization: `Bearer ${key}` });
    for (const path of [
      '/v1/notifications',
      `/v1/notifications/${idOf('nt', 1)}`,
      '/v1/contacts',
      `/v1/contacts/${idOf('ct', 1)}`,
      '/v1/conversations',
      `/v1/conversations/${idOf('cv', 1)}/messages`,
      '/v1/events',
      '/v1/events/stream',
      '/readyz',
    ]) {
      const answer = await client(path);
      expect([path, answer.status]).toEqual([path, 500]);
      hold('GET', path, answer);
    }
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
      '/readyz',
      '/v1/contacts',
      '/v1/contacts/{id}',
      '/v1/conversations',
      '/v1/conversations/{id}/messages',
      '/v1/events',
      '/v1/events/stream',
      '/v1/notifications',
      '/v1/notifications/{id}',
    ]);
    const schemas = objectOf(objectOf(document.components).schemas);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(new Set(references.map(([, name]) => name))).toEqual(new Set(Object.keys(schemas)));
    const { examples } = objectOf(schemas.NotificationRequest);
    expect(notificationRequestSchema.array().min(1).safeParse(examples).success).toBe(true);
    expect(Object.keys(schemas).filter((name) => name.endsWith('Input'))).toEqual([]);
  });

  it('closes requests and leaves answers open for what later versions add', () => {
    const schemas = objectOf(objectOf(openapi.document.components).schemas);
    const closed = Object.keys(schemas).filter(
      (name) => objectOf(schemas[name]).additionalProperties === false,
    );
    expect(closed).toEqual(['NotificationRequest', 'Template']);
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

  function operations(): { name: string; description: JsonObject }[] {
    return Object.entries(objectOf(openapi.document.paths)).flatMap(([path, methods]) =>
      Object.entries(objectOf(methods)).map(([method, description]) => ({
        name: `${method.toUpperCase()} ${path}`,
        description: objectOf(description),
      })),
    );
  }

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
