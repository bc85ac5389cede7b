import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Client, createClient, everyOf, RecadoProblem } from '../../src/client/client.ts';
import { isJsonObject, type JsonObject } from '../../src/domain/json.ts';
import { listenOn } from '../../src/server/listen.ts';
import { runGateway } from '../support/running-gateway.ts';
import { adminKey } from '../support/test-config.ts';

const personWaId = '558587654321';

/** A call of every function; a function without one does not compile. */
const calls: { [Name in keyof Client]: (client: Client) => unknown } = {
  getHealth: (client) => client.getHealth(),
  getReadiness: (client) => client.getReadiness(),
  getMetrics: (client) => client.getMetrics(),
  takeNotification: (client) => client.takeNotification({ to: '+55 85 8765-4321', text: 'Hi' }),
  previewNotification: (client) => client.previewNotification({ to: '+55 85 8765-4321', text: 'Hi' }),
  listNotifications: (client) => client.listNotifications({ state: 'failed', limit: 3 }),
  countNotifications: (client) => client.countNotifications({ since: '2026-11-22T00:00:00Z' }),
  getNotification: (client) => client.getNotification('an id'),
  createBatch: (client) =>
    client.createBatch({ notifications: [{ to: '+55 85 8765-4321', text: 'Hi' }] }, { idempotencyKey: 'a' }),
  previewBatch: (client) => client.previewBatch({ notifications: [{ to: '+55 85 8765-4321', text: 'Hi' }] }),
  listBatches: (client) => client.listBatches(),
  getBatch: (client) => client.getBatch('an id'),
  listBatchRows: (client) => client.listBatchRows('an id'),
  addBatchRows: (client) =>
    client.addBatchRows('an id', {
      firstRow: 2,
      notifications: [{ to: '+55 85 8765-4321', text: 'Hi' }],
    }),
  pauseBatch: (client) => client.pauseBatch('an id'),
  resumeBatch: (client) => client.resumeBatch('an id'),
  cancelBatch: (client) => client.cancelBatch('an id'),
  listContacts: (client) => client.listContacts(),
  getContact: (client) => client.getContact('an id'),
  optOut: (client) => client.optOut('an id', { evidence: 'At the counter' }),
  optIn: (client) => client.optIn('an id'),
  listMerges: (client) => client.listMerges('an id'),
  undoMerge: (client) => client.undoMerge('an id', 'an id'),
  redoMerge: (client) => client.redoMerge('an id', 'an id'),
  getCommand: (client) => client.getCommand('an id'),
  listConversations: (client) => client.listConversations(),
  listMessages: (client) => client.listMessages('an id'),
  listMedia: (client) => client.listMedia({ state: 'waiting' }),
  uploadMedia: (client) => client.uploadMedia(new Blob(['a'], { type: 'image/jpeg' }), { filename: 'a.jpg' }),
  getMedia: (client) => client.getMedia('an id', { range: 'bytes=0-9' }),
  markRead: (client) => client.markRead('an id', { typing: true }),
  listEvents: (client) => client.listEvents({ kind: ['message', 'status'], language: 'pt-BR' }),
  createEndpoint: (client) => client.createEndpoint({ url: 'https://app.example.com/recado/' }),
  listEndpoints: (client) => client.listEndpoints(),
  getEndpoint: (client) => client.getEndpoint('an id'),
  changeEndpoint: (client) => client.changeEndpoint('an id', { state: 'paused' }),
  removeEndpoint: (client) => client.removeEndpoint('an id'),
  testEndpoint: (client) => client.testEndpoint('an id'),
  rotateEndpointSecret: (client) => client.rotateEndpointSecret('an id', { overlapHours: 1 }),
  redeliver: (client) => client.redeliver('an id', { deadSince: '2026-11-22T00:00:00Z' }),
  listForwardAttempts: (client) => client.listForwardAttempts('an id'),
  listDeadLetters: (client) => client.listDeadLetters('an id'),
  streamEvents: (client) => client.streamEvents().next(),
  listAlarms: (client) => client.listAlarms(),
  getDoctor: (client) => client.getDoctor(),
  runDoctor: (client) => client.runDoctor({ only: ['token'] }),
  listErrors: (client) => client.listErrors({ family: 'registration' }),
  explainError: (client) => client.explainError('an id'),
  createApiKey: (client) => client.createApiKey({ name: 'Django', scopes: ['read'] }),
  listApiKeys: (client) => client.listApiKeys(),
  revokeApiKey: (client) => client.revokeApiKey('an id'),
  listAudit: (client) => client.listAudit(),
  getSession: (client) => client.getSession(),
  logIn: (client) => client.logIn({ key: 'rk_x' }),
  logOut: (client) => client.logOut(),
  listBusinessPhones: (client) => client.listBusinessPhones(),
  getBusinessPhone: (client) => client.getBusinessPhone('an id'),
  addBusinessPhone: (client) => client.addBusinessPhone({ id: '200100200100201' }),
  changeBusinessPhone: (client) => client.changeBusinessPhone('an id', { label: null }),
  registerBusinessPhone: (client) => client.registerBusinessPhone('an id', { pin: '212834' }),
  removeBusinessPhone: (client) => client.removeBusinessPhone('an id'),
  getConnection: (client) => client.getConnection({ way: 'app' }),
  connect: (client) => client.connect({ way: 'app' }),
  listTemplates: (client) => client.listTemplates({ status: 'APPROVED' }),
  getTemplate: (client) => client.getTemplate('an id'),
  syncTemplates: (client) => client.syncTemplates(),
  previewTemplate: (client) => client.previewTemplate('an id', { language: 'pt_BR', parameters: ['Ana'] }),
  createTemplate: (client) =>
    client.createTemplate({
      name: 'hi',
      language: 'pt_BR',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Oi' }],
    }),
  changeTemplate: (client) => client.changeTemplate('an id', { language: 'pt_BR', category: 'UTILITY' }),
  deleteTemplate: (client) => client.deleteTemplate('an id'),
  getCosts: (client) => client.getCosts({ month: '2026-11' }),
  cancelNotification: (client) => client.cancelNotification('an id'),
  getSending: (client) => client.getSending(),
  stopSending: (client) => client.stopSending(),
  startSending: (client) => client.startSending(),
  listSettings: (client) => client.listSettings(),
  changeSettings: (client) => client.changeSettings({ unknownPatience: '20 min' }),
  startReread: (client) => client.startReread(),
  getReread: (client) => client.getReread(),
};

describe('the client and the contract', () => {
  it('has one function for each operation of the document, which asks for that operation', async () => {
    const { gateway } = await runGateway();
    const document = await (await fetch(`${gateway.url}/openapi.json`)).json();
    expect(await requestsOf(calls)).toEqual(operationsIn(isJsonObject(document) ? document : {}));
  });
});

/** `POST /v1/notifications` by the name of the function that asks so. */
async function requestsOf(all: Record<string, (client: Client) => unknown>) {
  const asked = new Map<string, string>();
  for (const [name, call] of Object.entries(all)) {
    const client = createClient({
      url: 'http://recado.test/',
      key: 'rk_x',
      async fetch(input, init) {
        const { pathname } = new URL(String(input));
        asked.set(name, `${init?.method} ${pathname.replaceAll('an%20id', '{}')}`);
        return pathname === '/metrics'
          ? new Response('', { headers: { 'content-type': 'text/plain' } })
          : Response.json({ data: [], next: null });
      },
    });
    const ended = call(client);
    // A stream goes on after its end; asking was enough.
    if (name !== 'streamEvents') await ended;
  }
  return Object.fromEntries([...asked].sort());
}

function operationsIn(document: JsonObject) {
  const operations: [string, string][] = [];
  for (const [path, methods] of Object.entries(isJsonObject(document.paths) ? document.paths : {})) {
    if (!isJsonObject(methods)) continue;
    for (const [method, operation] of Object.entries(methods)) {
      const name = isJsonObject(operation) ? String(operation.operationId) : '';
      operations.push([name, `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`]);
    }
  }
  return Object.fromEntries(operations.sort());
}

describe('what a call sends', () => {
  /** A client whose requests are kept, and answered by what is given. */
  function pretend(answers: Response[]) {
    const requests: { url: string; headers: Headers; body: string | null }[] = [];
    const client = createClient({
      url: 'http://recado.test/',
      key: 'rk_x',
      async fetch(input, init) {
        const body = init?.body ?? null;
        requests.push({
          url: String(input).slice('http://recado.test'.length),
          headers: new Headers(init?.headers),
          body: body === null ? null : String(body),
        });
        return answers.shift() ?? Response.json({ data: [], next: null });
      },
    });
    return { client, requests };
  }

  it('is the key, the JSON, and a header for what the contract names one', async () => {
    const { client, requests } = pretend([]);
    await client.takeNotification({ to: '1', text: 'Hi' }, { idempotencyKey: 'order-4711' });
    await client.startReread();
    const [taken, reread] = requests;
    expect(taken?.headers.get('authorization')).toBe('Bearer rk_x');
    expect(taken?.headers.get('idempotency-key')).toBe('order-4711');
    expect(JSON.parse(taken?.body ?? '')).toEqual({ to: '1', text: 'Hi' });
    expect(reread?.headers.has('idempotency-key')).toBe(false);
    expect(reread?.body).toBe('{}');
  });

  it('is a list with its filter, page by page to its end', async () => {
    const { client, requests } = pretend([
      Response.json({ data: [{ id: 'nt_1' }], next: 'nt_1' }),
      Response.json({ data: [{ id: 'nt_2' }], next: null }),
    ]);
    const ids: string[] = [];
    for await (const { id } of everyOf(client.listNotifications, { state: 'failed', limit: 1 })) ids.push(id);
    expect(ids).toEqual(['nt_1', 'nt_2']);
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1/notifications?state=failed&limit=1',
      '/v1/notifications?state=failed&limit=1&after=nt_1',
    ]);
  });

  it('leaves out what is undefined, and writes ids and lists as an address can hold them', async () => {
    const { client, requests } = pretend([]);
    await client.listEvents({ kind: ['message', 'status'], after: undefined });
    await client.getContact('../v1/keys');
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1/events?kind=message%2Cstatus',
      '/v1/contacts/..%2Fv1%2Fkeys',
    ]);
  });

  it('may be answered by a 503 where that is the answer, and by text where that is', async () => {
    const { client } = pretend([
      Response.json({ status: 'not-ready', checks: {} }, { status: 503 }),
      new Response('up 1', { headers: { 'content-type': 'text/plain; version=0.0.4' } }),
      new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }),
    ]);
    expect(await client.getReadiness()).toEqual({ status: 'not-ready', checks: {} });
    expect(await client.getMetrics()).toBe('up 1');
    await expect(client.getMetrics()).rejects.toMatchObject({ code: 'not-recado', status: 200 });
  });
});

describe('the client and a running gateway', () => {
  it('hears, notifies, and follows the feed over a restart', async () => {
    const running = await runGateway();
    const recado = createClient({ url: running.gateway.adminUrl, key: adminKey });
    // The restarted gateway has another port: the client finds it, as behind a proxy.
    const follower = createClient({
      url: 'http://recado.test',
      key: adminKey,
      fetch: (input, init) =>
        fetch(running.gateway.adminUrl + String(input).slice('http://recado.test'.length), init),
    });
    const stop = new AbortController();
    const stream = follower.streamEvents({
      after: 'ev_0000000000',
      kind: 'message',
      signal: stop.signal,
      timings: { firstWait: 10, longestWait: 50 },
    });
    const ana = running.simulator.person(personWaId, { name: 'Ana Souza' });

    await ana.writes('Hi');
    expect((await stream.next()).value).toMatchObject({ kind: 'message', payload: { text: { body: 'Hi' } } });
    await running.restart();
    await ana.writes('Still there?');
    expect((await stream.next()).value).toMatchObject({ payload: { text: { body: 'Still there?' } } });
    const end = stream.next();
    stop.abort();
    expect(await end).toEqual({ done: true, value: undefined });

    await running.settle();
    const again = createClient({ url: running.gateway.adminUrl, key: adminKey });
    const names: (string | null)[] = [];
    for await (const { name } of everyOf((page) => again.listContacts({ ...page, limit: 1 })))
      names.push(name);
    expect(names).toEqual(['Ana Souza']);
    const template = { name: 'hello_world', language: 'en_US' };
    const taken = await again.takeNotification({ to: personWaId, template, idempotencyKey: 'once' });
    await running.settle();
    expect((await again.getNotification(taken.id)).state).toBe('delivered');
    await expect(recado.listContacts()).rejects.toMatchObject({ code: 'unreachable', status: 0 });
  });

  it('turns every refusal into a RecadoProblem with its remedy', async () => {
    const { gateway } = await runGateway();
    const recado = createClient({ url: gateway.adminUrl, key: adminKey });
    const unknown: unknown = await recado.getNotification('nt_none').catch((problem) => problem);
    expect(unknown).toBeInstanceOf(RecadoProblem);
    expect(unknown).toMatchObject({
      status: 404,
      code: 'notification-unknown',
      title: 'No notification has this id.',
      remedy: expect.stringContaining('GET /v1/notifications'),
    });
    await expect(recado.takeNotification({ to: '', text: 'Hi' })).rejects.toMatchObject({
      code: 'request-malformed',
      errors: [{ in: 'body', path: 'to' }],
    });
    const stranger = createClient({ url: gateway.adminUrl, key: 'rk_wrong' });
    await expect(stranger.listContacts()).rejects.toMatchObject({ status: 401 });
    await expect(stranger.streamEvents().next()).rejects.toMatchObject({ status: 401 });
    const elsewhere = createClient({ url: `${gateway.url}/elsewhere`, key: adminKey });
    await expect(elsewhere.listContacts()).rejects.toBeInstanceOf(RecadoProblem);
  });

  it('names who answers in Recado’s place, and obeys its signal and its timeout', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/v1/settings') response.end('<h1>It works!</h1>');
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${await listenOn(server, '127.0.0.1', 0)}`;
    const recado = createClient({ url, key: 'rk_x', timeout: 50 });
    await expect(recado.listSettings()).rejects.toMatchObject({ code: 'not-recado', status: 200 });
    await expect(recado.listContacts()).rejects.toMatchObject({ code: 'unreachable' });
    const reason = new Error('enough');
    await expect(recado.listContacts({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const patient = createClient({ url, key: 'rk_x' });
    await expect(patient.listContacts({}, { timeout: 50 })).rejects.toMatchObject({ code: 'unreachable' });
    await expect(recado.getMetrics()).rejects.toMatchObject({ code: 'unreachable' });
  });
});
