import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BodyBudget, createBodyBudget } from '../../src/server/body-budget.ts';
import {
  createWebhookRoute,
  type ReceiveWebhook,
  type WebhookRouteOptions,
  webhookServerSettings,
} from '../../src/server/webhook-route.ts';
import { createSignatureVerifier, fingerprintSecret, signBody } from '../../src/whatsapp/signature.ts';
import { connectRaw, type RawAnswer, type RawConnection } from '../support/raw-connection.ts';

const appSecret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const verifyToken = 'Zt5pQ8rLm2Xw9Kc7Vb4Nf6Hj';
const path = '/webhooks/whatsapp';
const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
const signature = signBody(body, appSecret);

type Webhook = Parameters<ReceiveWebhook['store']>[0];
type Gate = { webhook: Webhook; commit(): void; fail(error: Error): void };

let opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened) await close();
  opened = [];
});

/**
 * The route in a server of its own, which answers 404 to what the route does not take, as the framework beside
 * it would. Webhooks are committed at once, unless `gated`: then each waits in `gates`.
 */
async function openDoor(
  options: Partial<WebhookRouteOptions> & { gated?: boolean; server?: ServerOptions } = {},
) {
  const { gated = false, server: serverOptions = {}, ...routeOptions } = options;
  const stored: Webhook[] = [];
  const gates: Gate[] = [];
  const reports: unknown[][] = [];
  const route = createWebhookRoute({
    verifyToken,
    receive: {
      verify: createSignatureVerifier([appSecret]),
      store: (webhook) => {
        if (!gated) {
          stored.push(webhook);
          return Promise.resolve();
        }
        return new Promise((resolve, reject) => {
          const commit = () => {
            stored.push(webhook);
            resolve();
          };
          gates.push({ webhook, commit, fail: reject });
        });
      },
    },
    report: {
      challengeAnswered: (...facts) => reports.push(['challengeAnswered', ...facts]),
      challengeRefused: (...facts) => reports.push(['challengeRefused', ...facts]),
      refused: (...facts) => reports.push(['refused', ...facts]),
    },
    ...routeOptions,
  });
  const server = createServer({ ...webhookServerSettings, ...serverOptions }, (request, response) => {
    if (route.matches(request)) route.handle(request, response);
    else response.writeHead(404, { 'Content-Length': 0 }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connections: RawConnection[] = [];
  opened.push(async () => {
    for (const connection of connections) connection.abort();
    await route.drained();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  const connection = async () => {
    const made = await connectRaw(port);
    connections.push(made);
    return made;
  };
  /** Sends one request on its own connection and waits for its answer. */
  const ask = async (text: string | Uint8Array, bodiless = false): Promise<RawAnswer> => {
    const one = await connection();
    await one.send(text);
    const answer = await one.answer({ bodiless });
    one.abort();
    return answer;
  };
  return { route, port, stored, gates, reports, connection, ask };
}

/** A request as it goes over the wire; give `Content-Length` or `Transfer-Encoding` in `headers` to lie. */
function post(content: Uint8Array | string = body, headers: string[] = [], target = path): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content);
  const framed = headers.some((line) => /^(content-length|transfer-encoding):/i.test(line));
  const signed = headers.some((line) => /^x-hub-signature-256/i.test(line));
  const lines = [
    `POST ${target} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    ...(framed ? [] : [`Content-Length: ${bytes.length}`]),
    ...(signed ? [] : [`X-Hub-Signature-256: ${signBody(bytes, appSecret)}`]),
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** The headers alone of a POST that announces `length` bytes. */
function postHead(length: number, headers: string[] = []): Buffer {
  return post('', [`Content-Length: ${length}`, `X-Hub-Signature-256: ${signature}`, ...headers]);
}

function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

function get(query: string, target = path, method = 'GET'): string {
  return `${method} ${target}${query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
}

function handshakeQuery(token: string, challenge = '1158201444'): string {
  return `?hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=${encodeURIComponent(token)}`;
}

/** Waits until something is so; the test's own time limit is the only one. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

function refusals(reports: unknown[][]): unknown[] {
  return reports.filter(([name]) => name === 'refused').map(([, refusal]) => refusal);
}

describe('the handshake', () => {
  it.each([path, `${path}/`])(
    'is answered at %s with the challenge and nothing else, no redirect',
    async (target) => {
      const { ask, reports } = await openDoor();
      const answer = await ask(get(handshakeQuery(verifyToken), target));
      expect(answer).toEqual({
        status: 200,
        headers: {
          'content-length': '10',
          'content-type': 'text/plain',
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
          connection: 'keep-alive',
          'keep-alive': 'timeout=75',
        },
        body: '1158201444',
      });
      expect(reports).toEqual([['challengeAnswered']]);
    },
  );

  it('answers HEAD with the same headers and no body', async () => {
    const { connection } = await openDoor();
    const one = await connection();
    await one.send(get(handshakeQuery(verifyToken), path, 'HEAD') + get(handshakeQuery(verifyToken, '7')));
    expect(await one.answer({ bodiless: true })).toMatchObject({
      status: 200,
      headers: { 'content-length': '10', 'content-type': 'text/plain' },
    });
    expect(await one.answer()).toMatchObject({ status: 200, body: '7' });
  });

  it('echoes bytes that are no text', async () => {
    const { ask } = await openDoor();
    const answer = await ask(get(handshakeQuery(verifyToken, '%ff%00%C3%A9+%2B%0d%0a')));
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-length': '8' },
      body: '\xff\0\xc3\xa9 +\r\n',
    });
  });

  const wrong: [string, string][] = [
    ['no query', ''],
    ['no token', '?hub.mode=subscribe&hub.challenge=1'],
    ['another token', handshakeQuery('Yt5pQ8rLm2Xw9Kc7Vb4Nf6Hj')],
    ['lower case', handshakeQuery(verifyToken.toLowerCase())],
    ['the beginning', handshakeQuery(verifyToken.slice(0, 12))],
    ['quotes', handshakeQuery(`"${verifyToken}"`)],
    ['an app secret', handshakeQuery(appSecret)],
    ['an access token', handshakeQuery('EAAGm0PX4ZCpsBAKZC')],
    ['the token twice', `${handshakeQuery(verifyToken)}&hub.verify_token=${verifyToken}`],
    ['a long challenge', handshakeQuery(verifyToken, '1'.repeat(1025))],
    ['another mode', handshakeQuery(verifyToken).replace('=subscribe', '=unsubscribe')],
  ];
  it.each(wrong)('is refused with one and the same 403, and no token is told: %s', async (_, query) => {
    const { ask, reports } = await openDoor();
    const answer = await ask(get(query));
    expect(answer).toMatchObject({
      status: 403,
      headers: {
        'content-type': 'text/plain',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
      body: 'The handshake was refused; the log of Recado says why.\n',
    });
    expect(reports).toEqual([['challengeRefused', expect.any(String), expect.stringMatching(/\.$/)]]);
    const told = JSON.stringify([reports, answer]).toLowerCase();
    for (const secret of [verifyToken, verifyToken.slice(0, 12), appSecret, 'EAAGm0PX4ZCpsBAKZC']) {
      expect(told).not.toContain(secret.toLowerCase());
    }
  });

  it('names the kind of difference in the report', async () => {
    const { ask, reports } = await openDoor();
    await ask(get(handshakeQuery(verifyToken.toLowerCase())));
    await ask(get(handshakeQuery('short')));
    expect(reports.map(([, refusal]) => refusal)).toEqual(['token-case', 'token-length']);
  });

  it('is refused while no token is configured', async () => {
    const { ask, reports } = await openDoor({ verifyToken: null });
    expect((await ask(get(handshakeQuery('')))).status).toBe(403);
    expect((await ask(get(handshakeQuery('null')))).status).toBe(403);
    expect(reports.map(([, refusal]) => refusal)).toEqual(['no-token-configured', 'no-token-configured']);
  });

  it('does not listen for ever to a GET with an endless body', async () => {
    const { connection } = await openDoor({ discard: { time: 60_000, bytes: 10_000 } });
    const one = await connection();
    await one.send(
      get(handshakeQuery(verifyToken)).replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n'),
    );
    expect(await one.answer()).toMatchObject({
      status: 200,
      headers: { connection: 'close' },
      body: '1158201444',
    });
    while (await one.send(chunk(Buffer.alloc(1000))));
  });
});

describe('the path', () => {
  it.each([
    '/',
    '/webhooks',
    '/webhooks/',
    '/webhooks/whatsapp//',
    '/webhooks/whatsapp/x',
    '/webhooks/whatsappx',
    '/Webhooks/WhatsApp',
    '/webhooks//whatsapp',
    '//webhooks/whatsapp',
    '/webhooks/whatsapp%2F',
    '/webhooks/whatsapp;a',
    '/v1/webhooks/whatsapp',
    '/?/webhooks/whatsapp',
  ])('%s is left to the framework', async (target) => {
    const { ask, reports } = await openDoor();
    expect((await ask(get(handshakeQuery(verifyToken), target))).status).toBe(404);
    expect((await ask(post(body, [], target))).status).toBe(404);
    expect(reports).toEqual([]);
  });

  it.each([path, `${path}/`, `${path}?a=b`, `${path}/?a=b`, `${path}?`])(
    '%s takes webhooks',
    async (target) => {
      const { ask, stored } = await openDoor();
      expect((await ask(post(body, [], target))).status).toBe(200);
      expect(stored).toHaveLength(1);
    },
  );

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('refuses %s with 405', async (method) => {
    const { ask, reports } = await openDoor();
    const answer = await ask(get('', path, method));
    expect(answer).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST', connection: 'keep-alive' },
    });
    expect(refusals(reports)).toEqual(['method-unknown']);
    expect(await ask(post().toString('latin1').replace('POST', method))).toMatchObject({
      status: 405,
      headers: { connection: 'close' },
    });
  });
});

describe('a webhook', () => {
  it('is stored byte for byte and answered with an empty 200', async () => {
    const { ask, stored, reports } = await openDoor({ clock: { now: () => 1_700_000_000_000 } });
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0xed, 0xa0, 0x80, 0x0d, 0x0a, 0x7d]);
    expect(await ask(post(bytes))).toEqual({
      status: 200,
      headers: { 'content-length': '0', connection: 'keep-alive', 'keep-alive': 'timeout=75' },
      body: '',
    });
    expect(stored).toHaveLength(1);
    expect(Buffer.from(stored[0]?.body ?? [])).toEqual(bytes);
    expect(stored[0]).toMatchObject({
      secretFingerprint: fingerprintSecret(appSecret),
      receivedAt: 1_700_000_000_000,
    });
    expect(reports).toEqual([]);
  });

  it('may be empty, when that is what was signed', async () => {
    const { ask, stored } = await openDoor();
    expect((await ask(post(''))).status).toBe(200);
    const signed = `X-Hub-Signature-256: ${signBody(Buffer.alloc(0), appSecret)}`;
    expect((await ask(`${post('', [signed, 'Transfer-Encoding: chunked'])}0\r\n\r\n`)).status).toBe(200);
    expect(stored.map((webhook) => webhook.body.length)).toEqual([0, 0]);
  });

  it('may be signed with any of the app secrets', async () => {
    const second = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
    const stored: Webhook[] = [];
    const { ask } = await openDoor({
      receive: {
        verify: createSignatureVerifier([appSecret, second]),
        store: async (webhook) => void stored.push(webhook),
      },
    });
    expect((await ask(post())).status).toBe(200);
    expect((await ask(post(body, [`X-Hub-Signature-256: ${signBody(body, second)}`]))).status).toBe(200);
    expect(stored.map((webhook) => webhook.secretFingerprint)).toEqual(
      [appSecret, second].map(fingerprintSecret),
    );
  });

  it('is answered only after the commit', async () => {
    const { connection, ask, gates, stored } = await openDoor({ gated: true });
    const one = await connection();
    await one.send(post());
    await until(() => gates.length === 1);
    // A whole exchange on another connection passes meanwhile.
    expect((await ask(get(handshakeQuery(verifyToken)))).status).toBe(200);
    expect(one.pending()).toBe('');
    expect(stored).toEqual([]);
    gates[0]?.commit();
    expect((await one.answer()).status).toBe(200);
  });

  it('gets 503 when it cannot be committed, and the connection stays usable', async () => {
    const { connection, gates, reports } = await openDoor({ gated: true });
    const one = await connection();
    const error = new Error('disk full');
    await one.send(post());
    await until(() => gates.length === 1);
    gates[0]?.fail(error);
    expect(await one.answer()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10', 'content-type': 'text/plain' },
    });
    expect(reports).toEqual([['refused', 'not-committed', expect.stringContaining('DATABASE_URL'), error]]);
    await one.send(post());
    await until(() => gates.length === 2);
    gates[1]?.commit();
    expect((await one.answer()).status).toBe(200);
  });

  it.each(['store', 'verify'] as const)('gets 503 when %s throws', async (name) => {
    const broken = () => {
      throw new Error('broken');
    };
    const verify = name === 'verify' ? broken : createSignatureVerifier([appSecret]);
    const budget = createBodyBudget();
    const { ask, reports } = await openDoor({ receive: { verify, store: broken }, budget });
    expect((await ask(post())).status).toBe(503);
    expect(reports).toEqual([['refused', 'not-committed', expect.any(String), new Error('broken')]]);
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });

  it('gets 503 when the budget itself throws', async () => {
    const broken: BodyBudget = {
      open: () => {
        throw new Error('broken');
      },
      held: () => ({ total: 0, unverified: 0 }),
    };
    const { ask } = await openDoor({ budget: broken });
    expect((await ask(post())).status).toBe(503);
  });

  it('is answered the same when the report throws', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    const report = { challengeAnswered: broken, challengeRefused: broken, refused: broken };
    const { ask } = await openDoor({ report });
    expect((await ask(get(handshakeQuery(verifyToken)))).status).toBe(200);
    expect((await ask(get(''))).status).toBe(403);
    expect((await ask(post(body, [`X-Hub-Signature-256: sha256=${'0'.repeat(64)}`]))).status).toBe(401);
    expect((await ask(post())).status).toBe(200);
  });

  it('may come in any pieces', async () => {
    const { connection, stored } = await openDoor();
    const long = Buffer.from(Array.from({ length: 200_000 }, (_, place) => (place * 31) % 251));
    const one = await connection();
    const request = post(long);
    for (let start = 0; start < request.length; start += 7_001)
      await one.send(request.subarray(start, start + 7_001));
    expect((await one.answer()).status).toBe(200);

    const signed = `X-Hub-Signature-256: ${signBody(long, appSecret)}`;
    const chunks = [post('', [signed, 'Transfer-Encoding: chunked'])];
    for (let start = 0; start < 5_000; start += 1) chunks.push(chunk(long.subarray(start, start + 1)));
    chunks.push(chunk(long.subarray(5_000)), Buffer.from('0\r\n\r\n'));
    await one.send(Buffer.concat(chunks));
    expect((await one.answer()).status).toBe(200);
    expect(stored.map((webhook) => Buffer.from(webhook.body).equals(long))).toEqual([true, true]);
  });

  it('may be pipelined; answers keep the order', async () => {
    const { connection, gates } = await openDoor({ gated: true });
    const one = await connection();
    await one.send(Buffer.concat([post('a'), post('b'), Buffer.from(get(handshakeQuery(verifyToken)))]));
    await until(() => gates.length === 2);
    gates[1]?.commit();
    gates[0]?.fail(new Error('disk full'));
    expect((await one.answer()).status).toBe(503);
    expect((await one.answer()).status).toBe(200);
    expect((await one.answer()).body).toBe('1158201444');
  });

  it('waits for its answer even when a pipelined one behind it is refused unread', async () => {
    const { connection, gates, reports } = await openDoor({ gated: true, discard: { time: 20, bytes: 10 } });
    const one = await connection();
    await one.send(Buffer.concat([post(), postHead(1000, ['Content-Encoding: gzip']), Buffer.alloc(900)]));
    await until(() => gates.length === 1 && reports.length === 1);
    gates[0]?.commit();
    expect((await one.answer()).status).toBe(200);
    expect(await one.answer()).toMatchObject({ status: 415, headers: { connection: 'close' } });
    await one.closed;
  });

  it('may ask first whether to go on (Expect: 100-continue)', async () => {
    const { connection } = await openDoor();
    const one = await connection();
    const request = post(body, ['Expect: 100-continue']);
    await one.send(request.subarray(0, request.length - body.length));
    expect((await one.answer()).status).toBe(100);
    await one.send(body);
    expect((await one.answer()).status).toBe(200);
  });

  it('is taken from HTTP/1.0, which old proxies speak', async () => {
    const { ask, stored } = await openDoor();
    const answer = await ask(post().toString('latin1').replace('HTTP/1.1', 'HTTP/1.0'));
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    expect(stored).toHaveLength(1);
  });

  it('has no Date header, which nobody reads', async () => {
    const { ask } = await openDoor();
    for (const request of [post(), get(''), get('', path, 'PUT')]) {
      expect((await ask(request)).headers).not.toHaveProperty('date');
    }
  });
});

describe('the signature', () => {
  const digits = signature.slice('sha256='.length);
  const bad: [string, string, string[]][] = [
    ['none', 'signature-missing', ['X-Hub-Signature-256-Not: x']],
    [
      'sha1 in its old header',
      'signature-missing',
      [`X-Hub-Signature-256x: x`, `X-Hub-Signature: sha1=${digits.slice(24)}`],
    ],
    ['empty', 'signature-malformed', ['X-Hub-Signature-256:']],
    ['prefix alone', 'signature-malformed', ['X-Hub-Signature-256: sha256=']],
    ['sha1', 'signature-malformed', [`X-Hub-Signature-256: sha1=${digits.slice(24)}`]],
    ['digits alone', 'signature-malformed', [`X-Hub-Signature-256: ${digits}`]],
    ['upper-case prefix', 'signature-malformed', [`X-Hub-Signature-256: SHA256=${digits}`]],
    ['space within', 'signature-malformed', [`X-Hub-Signature-256: sha256= ${digits}`]],
    ['too short', 'signature-malformed', [`X-Hub-Signature-256: ${signature.slice(0, -1)}`]],
    ['too long', 'signature-malformed', [`X-Hub-Signature-256: ${signature}0`]],
    ['not hex', 'signature-malformed', [`X-Hub-Signature-256: ${signature.slice(0, -1)}g`]],
    ['a list', 'signature-malformed', [`X-Hub-Signature-256: ${signature}, ${signature}`]],
    [
      'two headers',
      'signature-malformed',
      [`X-Hub-Signature-256: ${signature}`, `x-hub-signature-256: ${signature}`],
    ],
    ['a byte above 127', 'signature-malformed', [`X-Hub-Signature-256: ${signature.slice(0, -1)}\xe9`]],
  ];
  it.each(bad)('is refused before the body is read: %s', async (_, refusal, headers) => {
    const { connection, stored, reports } = await openDoor({ discard: { time: 600_000, bytes: 1000 } });
    const one = await connection();
    const head = post('', ['Content-Length: 1000', ...headers]);
    await one.send(head);
    // The body has not been sent at all.
    expect(await one.answer()).toMatchObject({
      status: 401,
      headers: { connection: 'close', 'content-type': 'text/plain' },
      body: expect.stringContaining('X-Hub-Signature-256'),
    });
    await one.send(Buffer.alloc(1000));
    await one.closed;
    expect(stored).toEqual([]);
    expect(reports).toEqual([['refused', refusal, expect.any(String), undefined]]);
  });

  const wrong: [string, string, string][] = [
    ['another secret', signBody(body, 'another'), ''],
    ['another body', signBody(Buffer.from('{}'), appSecret), ''],
    ['zeros', `sha256=${'0'.repeat(64)}`, ''],
  ];
  it.each(wrong)('is refused after the body is read, on a connection that stays: %s', async (_, header) => {
    const { connection, stored, reports } = await openDoor();
    const one = await connection();
    await one.send(post(body, [`X-Hub-Signature-256: ${header}`]));
    expect(await one.answer()).toMatchObject({ status: 401, headers: { connection: 'keep-alive' } });
    expect(stored).toEqual([]);
    expect(refusals(reports)).toEqual(['signature-mismatch']);
    await one.send(post());
    expect((await one.answer()).status).toBe(200);
  });

  it('may have upper-case digits and spaces around it, which HTTP does not count', async () => {
    const { ask, stored } = await openDoor();
    expect((await ask(post(body, [`X-Hub-Signature-256: sha256=${digits.toUpperCase()}`]))).status).toBe(200);
    expect((await ask(post(body, [`X-HUB-SIGNATURE-256: \t ${signature} \t`]))).status).toBe(200);
    expect(stored).toHaveLength(2);
  });

  it('is over the whole body: a Content-Length that cuts it is no way in', async () => {
    const { connection, stored, reports, route } = await openDoor();
    const one = await connection();
    const lie = [`Content-Length: ${body.length - 1}`, `X-Hub-Signature-256: ${signature}`];
    await one.send(post(body, lie));
    // Node reads the last byte as another request and answers for that one.
    expect((await one.answer()).status).toBe(400);
    await one.closed;
    await route.drained();
    expect(stored).toEqual([]);
    expect(refusals(reports)).toEqual(['signature-mismatch']);
  });

  it('are turned away with 503 where the process does not receive, and handshakes are answered', async () => {
    const { ask, stored, reports } = await openDoor({ receives: false });
    expect((await ask(post())).status).toBe(503);
    expect((await ask(get(handshakeQuery(verifyToken)))).body).toBe('1158201444');
    expect(stored).toEqual([]);
    expect(refusals(reports)).toEqual(['not-receiving']);
  });

  it('cannot be checked without an app secret: webhooks get 503 unread, handshakes are answered', async () => {
    const store = () => Promise.reject(new Error('not reached'));
    const { connection, ask, reports } = await openDoor({ receive: { verify: null, store } });
    const one = await connection();
    await one.send(postHead(1000));
    expect(await one.answer()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10', connection: 'close' },
    });
    expect((await ask(post())).status).toBe(503);
    expect((await ask(get(handshakeQuery(verifyToken)))).body).toBe('1158201444');
    expect(reports).toEqual([
      ['refused', 'handshake-only', expect.stringContaining('META_APP_SECRET'), undefined],
      ['refused', 'handshake-only', expect.any(String), undefined],
      ['challengeAnswered'],
    ]);
  });
});

describe('limits', () => {
  it('takes a body of exactly 4 MiB and refuses one byte more', async () => {
    const { ask, stored, reports } = await openDoor();
    const largest = Buffer.alloc(4 * 1024 * 1024, 'a');
    expect((await ask(post(largest))).status).toBe(200);
    const tooLarge = Buffer.alloc(4 * 1024 * 1024 + 1, 'a');
    const signed = `X-Hub-Signature-256: ${signBody(tooLarge, appSecret)}`;
    const chunkedHead = post('', [signed, 'Transfer-Encoding: chunked']);
    const chunked = Buffer.concat([chunkedHead, chunk(tooLarge), Buffer.from('0\r\n\r\n')]);
    expect((await ask(post(tooLarge))).status).toBe(413);
    expect((await ask(chunked)).status).toBe(413);
    expect(stored.map((webhook) => webhook.body.length)).toEqual([largest.length]);
    expect(refusals(reports)).toEqual(['too-large', 'too-large']);
  });

  it('answers 413 at once when Content-Length announces too much', async () => {
    const { connection } = await openDoor({ maxBody: 100 });
    const one = await connection();
    await one.send(postHead(101));
    expect(await one.answer()).toMatchObject({ status: 413, headers: { connection: 'close' } });
    expect((await (await openDoor({ maxBody: 100 })).ask(postHead(2 ** 53))).status).toBe(413);
  });

  it('lets a client that reads only after sending finish, so that it sees the answer', async () => {
    const enough = { time: 60_000, bytes: 64 * 1024 * 1024 };
    const { connection } = await openDoor({ maxBody: 1000, discard: enough });
    const one = await connection();
    // More than the buffers of the two sockets hold together.
    const request = Buffer.concat([postHead(32 * 1024 * 1024), Buffer.alloc(32 * 1024 * 1024)]);
    expect(await one.send(request, { deaf: true })).toBe(true);
    expect((await one.answer()).status).toBe(413);
    await one.closed;
  });

  it('answers 413 as soon as a chunked body is too large, and cuts off a sender that goes on', async () => {
    const { connection } = await openDoor({ maxBody: 10_000, discard: { time: 60_000, bytes: 10_000 } });
    const one = await connection();
    await one.send(post('', ['Transfer-Encoding: chunked', `X-Hub-Signature-256: ${signature}`]));
    while (await one.send(chunk(Buffer.alloc(1000))));
    expect((await one.answer()).status).toBe(413);
  });

  it('cuts off a refused sender that goes on slowly', async () => {
    const { connection } = await openDoor({ discard: { time: 20, bytes: 10_000 } });
    const one = await connection();
    await one.send(postHead(5 * 1024 * 1024));
    expect((await one.answer()).status).toBe(413);
    await one.closed;
  });

  it('answers 408 when the body does not come in time, even if it comes drop by drop', async () => {
    const { connection, reports, stored } = await openDoor({
      bodyTimeout: 60,
      discard: { time: 20, bytes: 10_000 },
    });
    const silent = await connection();
    await silent.send(postHead(1000));
    const dripping = await connection();
    await dripping.send(postHead(100_000));
    const drops = setInterval(() => void dripping.send('x'), 5);
    try {
      expect(await silent.answer()).toMatchObject({ status: 408, headers: { connection: 'close' } });
      expect(await dripping.answer()).toMatchObject({ status: 408, headers: { connection: 'close' } });
      await Promise.all([silent.closed, dripping.closed]);
    } finally {
      clearInterval(drops);
    }
    expect(refusals(reports)).toEqual(['too-slow', 'too-slow']);
    expect(stored).toEqual([]);
  });

  it.each(['gzip', 'br', 'deflate, gzip', 'x'])('refuses Content-Encoding: %s', async (encoding) => {
    const { ask, reports, stored } = await openDoor();
    expect((await ask(post(body, [`Content-Encoding: ${encoding}`]))).status).toBe(415);
    expect(refusals(reports)).toEqual(['body-encoded']);
    expect((await ask(post(body, ['Content-Encoding: Identity']))).status).toBe(200);
    expect(stored).toHaveLength(1);
  });
});

describe('the budget', () => {
  it('turns webhooks away unread while it is full, and takes them again when a sender goes away', async () => {
    const budget = createBodyBudget({ total: 2000, unverified: 1000 });
    const { connection, ask, reports, route } = await openDoor({ budget });
    const slow = await connection();
    await slow.send(Buffer.concat([postHead(1000), Buffer.alloc(990)]));
    await until(() => budget.held().unverified === 990);

    const one = await connection();
    await one.send(postHead(body.length));
    expect(await one.answer()).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10', connection: 'close' },
    });
    expect((await ask(get(handshakeQuery(verifyToken)))).status).toBe(200);

    slow.abort();
    await until(() => budget.held().total === 0);
    await route.drained();
    expect(refusals(reports)).toEqual(['budget-full', 'aborted']);
    expect((await ask(post())).status).toBe(200);
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });

  it('stops a body that outgrows it while it arrives', async () => {
    const budget = createBodyBudget({ total: 1000, unverified: 500 });
    const { connection, reports } = await openDoor({ budget });
    const one = await connection();
    await one.send(post('', ['Transfer-Encoding: chunked', `X-Hub-Signature-256: ${signature}`]));
    await one.send(chunk(Buffer.alloc(300)));
    await until(() => budget.held().total === 300);
    await one.send(chunk(Buffer.alloc(300)));
    expect(await one.answer()).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    expect(refusals(reports)).toEqual(['budget-full']);
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });

  it('counts what waits for its commit, though no longer as a stranger’s', async () => {
    const budget = createBodyBudget({ total: 250, unverified: 100 });
    const { connection, ask, gates } = await openDoor({ budget, gated: true });
    const one = await connection();
    const two = await connection();
    await one.send(post(Buffer.alloc(100, 'a')));
    await until(() => gates.length === 1);
    expect(budget.held()).toEqual({ total: 100, unverified: 0 });
    await two.send(post(Buffer.alloc(100, 'b')));
    await until(() => gates.length === 2);
    expect((await ask(post(Buffer.alloc(100, 'c')))).status).toBe(503);
    gates[0]?.commit();
    gates[1]?.fail(new Error('disk full'));
    expect((await one.answer()).status).toBe(200);
    expect((await two.answer()).status).toBe(503);
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });

  it('is given back by refused signatures, slow bodies and oversized ones', async () => {
    const budget = createBodyBudget();
    const { ask } = await openDoor({ budget, maxBody: 100, bodyTimeout: 20 });
    expect((await ask(post(body, [`X-Hub-Signature-256: sha256=${'0'.repeat(64)}`]))).status).toBe(401);
    expect((await ask(Buffer.concat([postHead(100), Buffer.alloc(50)]))).status).toBe(408);
    const chunked = post('', ['Transfer-Encoding: chunked', `X-Hub-Signature-256: ${signature}`]);
    expect(
      (await ask(Buffer.concat([chunked, chunk(Buffer.alloc(60)), chunk(Buffer.alloc(60))]))).status,
    ).toBe(413);
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });
});

describe('a sender that goes away', () => {
  it('while its body arrives leaves nothing behind', async () => {
    const budget = createBodyBudget();
    const { connection, route, reports, stored } = await openDoor({ budget });
    const one = await connection();
    await one.send(Buffer.concat([postHead(1000), Buffer.alloc(500)]));
    await until(() => budget.held().total === 500);
    one.abort();
    await route.drained();
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
    expect(refusals(reports)).toEqual(['aborted']);
    expect(stored).toEqual([]);
  });

  it('while its webhook is committed does no harm; the webhook stays', async () => {
    const budget = createBodyBudget();
    const { connection, ask, route, gates, stored } = await openDoor({ budget, gated: true });
    const one = await connection();
    await one.send(Buffer.concat([post('a'), post('b'), post('c')]));
    await until(() => gates.length === 3);
    one.abort();
    expect((await ask(get(handshakeQuery(verifyToken)))).status).toBe(200);
    expect(budget.held().total).toBe(3);
    gates[0]?.commit();
    gates[1]?.fail(new Error('disk full'));
    gates[2]?.commit();
    await route.drained();
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
    expect(stored).toHaveLength(2);
  });

  it('after it was refused leaves no timer running', async () => {
    const { connection, reports } = await openDoor({ discard: { time: 600_000, bytes: 1000 } });
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    try {
      const one = await connection();
      await one.send(postHead(1000, ['Content-Encoding: gzip']));
      await until(() => reports.length === 1);
      const timer = set.mock.results[set.mock.calls.findIndex(([, time]) => time === 600_000)]?.value;
      expect(timer).toBeDefined();
      one.abort();
      await until(() => clear.mock.calls.some(([cleared]) => cleared === timer));
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('drained', () => {
  it('waits for webhooks that are being read or committed', async () => {
    const budget = createBodyBudget();
    const { connection, route, gates } = await openDoor({ gated: true, budget });
    await route.drained();
    const one = await connection();
    const request = post();
    await one.send(request.subarray(0, request.length - 5));
    await until(() => budget.held().total > 0);
    let drained = 0;
    const waiting = [route.drained(), route.drained()].map((promise) => promise.then(() => (drained += 1)));
    await one.send(request.subarray(request.length - 5));
    await until(() => gates.length === 1);
    expect(drained).toBe(0);
    gates[0]?.commit();
    await Promise.all(waiting);
    expect((await one.answer()).status).toBe(200);
  });
});

describe('any bytes', () => {
  const latin1 = fc.nat({ max: 255 }).map((code) => String.fromCharCode(code));
  const line = fc.oneof(
    fc.constantFrom(
      'Host: a',
      'Content-Length: 5',
      'Content-Length: 4194305',
      'Content-Length: -1',
      'Content-Length: 5, 5',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: gzip, chunked',
      'Transfer-Encoding: identity',
      `X-Hub-Signature-256: ${signature}`,
      'X-Hub-Signature-256: sha256=',
      'Content-Encoding: gzip',
      'Expect: 100-continue',
      'Expect: more',
      'Connection: close',
      'Connection: upgrade',
      'Upgrade: websocket',
      ' folded',
      'no colon',
    ),
    fc.string({ unit: latin1, maxLength: 40 }),
  );
  const request = fc
    .record({
      method: fc.oneof(
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'CONNECT', 'M-SEARCH'),
        fc.string({ unit: latin1, maxLength: 5 }),
      ),
      target: fc.oneof(
        fc.constantFrom(
          path,
          `${path}/`,
          `${path}${handshakeQuery(verifyToken)}`,
          '*',
          'http://[::/',
          '//',
          '127.0.0.1:1',
        ),
        fc.string({ unit: latin1, maxLength: 30 }).map((text) => `${path}?${text}`),
      ),
      version: fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', ''),
      lines: fc.array(line, { maxLength: 6 }),
      content: fc.oneof(
        fc.constantFrom('', 'hello', '5\r\nhello\r\n0\r\n\r\n', 'ffffffffff\r\n', body.toString()),
        fc.string({ unit: latin1, maxLength: 60 }),
      ),
    })
    .map(({ method, target, version, lines, content }) => {
      const head = [`${method} ${target} ${version}`, 'Host: a', ...lines].join('\r\n');
      return `${head}\r\n\r\n${content}`;
    });

  it('never end the process, hang the door or leave anything held', async () => {
    const budget = createBodyBudget();
    const faults: unknown[] = [];
    const note = (fault: unknown) => void faults.push(fault);
    process.on('uncaughtExceptionMonitor', note);
    try {
      const { connection, ask, route, stored } = await openDoor({
        budget,
        bodyTimeout: 20,
        discard: { time: 20, bytes: 1000 },
        server: {
          headersTimeout: 50,
          requestTimeout: 50,
          connectionsCheckingInterval: 10,
          keepAliveTimeout: 20,
        },
      });
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(request, fc.string({ unit: latin1, maxLength: 200 }), fc.array(request, { maxLength: 3 })),
          fc.boolean(),
          async (sent, leave) => {
            const one = await connection();
            await one.send(typeof sent === 'string' ? sent : sent.join(''));
            if (leave) one.abort();
            else await one.closed;
          },
        ),
        { numRuns: 150 },
      );
      await route.drained();
      expect(budget.held()).toEqual({ total: 0, unverified: 0 });
      for (const webhook of stored) expect(Buffer.from(webhook.body)).toEqual(body);
      expect((await ask(post())).status).toBe(200);
    } finally {
      process.off('uncaughtExceptionMonitor', note);
    }
    expect(faults).toEqual([]);
  });
});
