import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type Server as RawServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGraphApi, type GraphApi } from '../../src/adapters/graph-api/graph-api.ts';
import type { AttemptOutcome } from '../../src/domain/notification.ts';
import { selfSignedCertificate } from '../support/self-signed-certificate.ts';

const accessToken = 'our-own-token';
const message = {
  messaging_product: 'whatsapp',
  to: '+558587654321',
  type: 'text',
  text: { body: 'Olá 🙂' },
};
const request = { phoneNumberId: '200100200100200', accessToken, message };
const acceptance = JSON.stringify({ messages: [{ id: 'wamid.our-own-1' }] });

/** Closed after each test, last opened first. */
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function listening<Listener extends Server | RawServer>(server: Listener): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function graphApi(baseUrl: string, options: Partial<Parameters<typeof createGraphApi>[0]> = {}): GraphApi {
  const api = createGraphApi({ baseUrl, version: 'v25.0', answerTimeout: 5_000, ...options });
  opened.push(() => api.close());
  return api;
}

/** Sends once to an HTTP server that behaves as given. */
async function sendTo(
  listener: RequestListener,
  options: Partial<Parameters<typeof createGraphApi>[0]> = {},
): Promise<AttemptOutcome> {
  const port = await listening(createServer(listener));
  return graphApi(`http://127.0.0.1:${port}`, options).sendMessage(request);
}

/** A server that speaks bytes: told of each whole request, and on which connection it came, both from 1. */
async function rawServer(
  answer: (socket: Socket, requestNumber: number, connectionNumber: number) => void,
): Promise<{ baseUrl: string; requests: () => number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  let requests = 0;
  const port = await listening(
    createRawServer((socket) => {
      const connectionNumber = sockets.push(socket);
      let received = '';
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
        if (!received.endsWith('}}')) return;
        received = '';
        requests += 1;
        answer(socket, requests, connectionNumber);
      });
    }),
  );
  return { baseUrl: `http://127.0.0.1:${port}`, requests: () => requests, sockets };
}

function httpAnswer(body: string, status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text;
}

const taken = {
  outcome: 'accepted',
  messageId: 'wamid.our-own-1',
  metaHold: false,
  waId: null,
  userId: null,
  input: null,
};

describe('an answer', () => {
  it.each([
    ['', '/v25.0/200100200100200/messages'],
    ['/', '/v25.0/200100200100200/messages'],
    ['/graph/', '/graph/v25.0/200100200100200/messages'],
  ])('is asked for as Meta wants it, with a base URL that ends in "%s"', async (path, expected) => {
    const seen: unknown[] = [];
    const port = await listening(
      createServer(async (incoming, response) => {
        const { authorization, 'content-type': type } = incoming.headers;
        const body = JSON.parse(await bodyOf(incoming));
        seen.push({ method: incoming.method, url: incoming.url, authorization, type, body });
        response.end(acceptance);
      }),
    );
    expect(await graphApi(`http://127.0.0.1:${port}${path}`).sendMessage(request)).toEqual(taken);
    expect(seen).toEqual([
      {
        method: 'POST',
        url: expected,
        authorization: `Bearer ${accessToken}`,
        type: 'application/json',
        body: message,
      },
    ]);
  });

  it('is a refusal with Meta’s envelope, and never repeats the token', async () => {
    const error = { code: 190, message: `Malformed access token ${accessToken}`, fbtrace_id: 'trace-1' };
    const outcome = await sendTo((_, response) => response.writeHead(401).end(JSON.stringify({ error })));
    expect(outcome).toMatchObject({
      outcome: 'refused',
      failure: { code: 'access-token-refused', metaCode: 190, details: 'Malformed access token …' },
      httpStatus: 401,
      traceId: 'trace-1',
    });
    expect(JSON.stringify(outcome)).not.toContain(accessToken);
  });

  it('is unknown when a gateway answers in Meta’s place', async () => {
    const page = `<html>${accessToken}</html>`;
    const outcome = await sendTo((_, response) => response.writeHead(502).end(page));
    expect(outcome).toEqual({ outcome: 'unknown', reason: 'HTTP 502 with HTML' });
  });

  it('is not looked for behind a redirect', async () => {
    const urls: unknown[] = [];
    const outcome = await sendTo((incoming, response) => {
      urls.push(incoming.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(outcome).toEqual({ outcome: 'unknown', reason: 'HTTP 307 with an empty body' });
    expect(urls).toHaveLength(1);
  });

  it('is read up to 2 MiB', async () => {
    const padded = (length: number) => acceptance + ' '.repeat(length - acceptance.length);
    const sized = (length: number) => sendTo((_, response) => response.end(padded(length)));
    expect(await sized(2 * 1024 * 1024)).toEqual(taken);
    expect(await sized(2 * 1024 * 1024 + 1)).toEqual({
      outcome: 'unknown',
      reason: 'the answer was too large (UND_ERR_RES_EXCEEDED_MAX_SIZE)',
    });
  });

  it('may come in pieces, after an interim one, cut inside a character', async () => {
    const body = Buffer.from(JSON.stringify({ messages: [{ id: 'wamid.é' }] }));
    const { baseUrl } = await rawServer((socket) => {
      socket.write(
        `HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`,
      );
      const middle = body.indexOf(0xc3) + 1;
      socket.write(body.subarray(0, middle), () => socket.write(body.subarray(middle)));
    });
    expect(await graphApi(baseUrl).sendMessage(request)).toMatchObject({ messageId: 'wamid.é' });
  });
});

describe('certainly not sent', () => {
  it('when the connection is refused', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await graphApi(`http://127.0.0.1:${port}`).sendMessage(request)).toEqual({
      outcome: 'not-sent',
      reason: 'the connection was refused (ECONNREFUSED)',
    });
  });

  it('when the name cannot be resolved', async () => {
    // A label over 63 characters is refused by the resolver itself: no question leaves this machine.
    const outcome = await graphApi(`http://${'x'.repeat(64)}.test`).sendMessage(request);
    expect(outcome).toEqual({
      outcome: 'not-sent',
      reason: expect.stringMatching(/^the name of the server could not be resolved \(E\w+\)$/),
    });
  });

  it('when the secure connection does not come about in time', async () => {
    const { baseUrl } = await rawServer(() => {});
    const api = graphApi(baseUrl.replace('http:', 'https:'), { connectTimeout: 50 });
    expect(await api.sendMessage(request)).toEqual({
      outcome: 'not-sent',
      reason: 'no connection came about in time (UND_ERR_CONNECT_TIMEOUT)',
    });
  });

  it('when the connection breaks within the TLS handshake', async () => {
    const port = await listening(
      createRawServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    expect(await graphApi(`https://127.0.0.1:${port}`).sendMessage(request)).toEqual({
      outcome: 'not-sent',
      reason: 'no connection could be made (ECONNRESET)',
    });
  });

  it('when the certificate is not trusted, or is for another name; and it is sent when all is well', async () => {
    const requests: string[] = [];
    const serverOf = (hostname: string) => {
      const { key, cert } = selfSignedCertificate(hostname);
      const server = createSecureServer({ key, cert }, (_, response) => {
        requests.push(hostname);
        response.end(acceptance);
      });
      return { server, ca: cert };
    };
    const ours = serverOf('localhost');
    const other = serverOf('elsewhere.test');
    const baseUrl = `https://localhost:${await listening(ours.server)}`;
    const otherBaseUrl = `https://localhost:${await listening(other.server)}`;

    expect(await graphApi(baseUrl).sendMessage(request)).toEqual({
      outcome: 'not-sent',
      reason: 'no connection could be made (DEPTH_ZERO_SELF_SIGNED_CERT)',
    });
    expect(await graphApi(otherBaseUrl, { tls: { ca: other.ca } }).sendMessage(request)).toEqual({
      outcome: 'not-sent',
      reason: 'no connection could be made (ERR_TLS_CERT_ALTNAME_INVALID)',
    });
    expect(requests).toEqual([]);
    expect(await graphApi(baseUrl, { tls: { ca: ours.ca } }).sendMessage(request)).toEqual(taken);
    expect(requests).toEqual(['localhost']);
  });

  it('when the token cannot stand in a header, or the client is closed', async () => {
    const { baseUrl, requests } = await rawServer((socket) => socket.end(httpAnswer(acceptance)));
    const api = graphApi(baseUrl);
    const outcome = await api.sendMessage({ ...request, accessToken: `${accessToken}\r\nx-evil: 1` });
    expect(outcome).toMatchObject({
      outcome: 'not-sent',
      reason: expect.stringContaining('stray characters'),
    });
    expect(JSON.stringify(outcome)).not.toContain(accessToken);
    await api.close();
    expect(await api.sendMessage(request)).toMatchObject({ outcome: 'not-sent' });
    expect(requests()).toBe(0);
  });
});

describe('unknown, because it may have left', () => {
  it.each<[string, (socket: Socket) => unknown, RegExp]>([
    ['closes without an answer', (socket) => socket.end(), /^the connection broke before/],
    [
      'resets without an answer',
      (socket) => socket.resetAndDestroy(),
      /^the connection broke before .* \(ECONNRESET\)$/,
    ],
    [
      'closes within the answer',
      (socket) => socket.end(httpAnswer(acceptance).slice(0, -5)),
      /^the connection broke before/,
    ],
    [
      'resets within the answer',
      (socket) => socket.write(httpAnswer(acceptance).slice(0, -5), () => socket.resetAndDestroy()),
      /^the connection broke before/,
    ],
    [
      'speaks no HTTP',
      (socket) => socket.write('220 mail.example ESMTP\r\n'),
      /^the answer was not HTTP \(\w+\)$/,
    ],
    ['says nothing', () => {}, /^no complete answer within 0\.1 s$/],
    [
      'stops within the answer',
      (socket) => socket.write(httpAnswer(acceptance).slice(0, -5)),
      /^no complete answer within 0\.1 s$/,
    ],
  ])('when the server %s', async (_, answer, reason) => {
    const { baseUrl, requests } = await rawServer(answer);
    const outcome = await graphApi(baseUrl, { answerTimeout: 100 }).sendMessage(request);
    expect(outcome).toEqual({ outcome: 'unknown', reason: expect.stringMatching(reason) });
    expect(requests()).toBe(1);
  });

  it('when the answer trickles for ever', async () => {
    const { baseUrl } = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const trickle = setInterval(() => socket.write(' '), 10);
      socket.on('close', () => clearInterval(trickle));
    });
    const outcome = await graphApi(baseUrl, { answerTimeout: 100 }).sendMessage(request);
    expect(outcome).toEqual({ outcome: 'unknown', reason: 'no complete answer within 0.1 s' });
  });

  it('when a connection that served before is reset; and it is not sent again', async () => {
    const { baseUrl, requests, sockets } = await rawServer((socket, number) => {
      if (number === 1) socket.write(httpAnswer(acceptance));
      else socket.resetAndDestroy();
    });
    const api = graphApi(baseUrl, { connections: 1 });
    expect(await api.sendMessage(request)).toEqual(taken);
    expect(await api.sendMessage(request)).toMatchObject({ outcome: 'unknown' });
    expect([requests(), sockets.length]).toEqual([2, 1]);
  });
});

describe('connections', () => {
  it('are opened anew when the server has closed an idle one', async () => {
    const { baseUrl, requests, sockets } = await rawServer((socket) => socket.end(httpAnswer(acceptance)));
    const api = graphApi(baseUrl, { connections: 1 });
    expect(await api.sendMessage(request)).toEqual(taken);
    for (const socket of sockets) if (!socket.closed) await once(socket, 'close');
    expect(await api.sendMessage(request)).toEqual(taken);
    expect([requests(), sockets.length]).toEqual([2, 2]);
  });

  it('may break at any moment: no message goes twice, and none arrives that is said not to be sent', async () => {
    const arrivals = new Map<string, number>();
    let connections = 0;
    const port = await listening(
      createRawServer((socket) => {
        connections += 1;
        if (connections % 5 === 0) {
          socket.resetAndDestroy();
          return;
        }
        let received = '';
        let answers = 0;
        socket.on('data', (chunk: Buffer) => {
          received += chunk.toString('latin1');
          if (!received.endsWith('}}')) return;
          const id = /"to":"(\d+)"/.exec(received)?.[1] ?? '';
          received = '';
          const arrival = arrivals.size;
          arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
          answers += 1;
          if (arrival % 7 === 0) socket.resetAndDestroy();
          else if (arrival % 11 === 0) socket.end();
          else if (answers % 4 === 0) socket.write(httpAnswer(acceptance), () => socket.resetAndDestroy());
          else if (answers % 9 === 0) socket.end(httpAnswer(acceptance));
          else socket.write(httpAnswer(acceptance));
        });
      }),
    );
    const api = graphApi(`http://127.0.0.1:${port}`, { connections: 4 });
    const fates = new Map<string, string>();
    const sender = async (first: number) => {
      for (let id = first; id < 800; id += 8) {
        const { outcome } = await api.sendMessage({
          ...request,
          message: { to: `${id}`, text: { body: '' } },
        });
        fates.set(`${id}`, outcome);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, first) => sender(first)));

    expect(new Set(fates.values())).toEqual(new Set(['accepted', 'not-sent', 'unknown']));
    expect([...arrivals.values()].filter((times) => times > 1)).toEqual([]);
    for (const [id, outcome] of fates) {
      if (outcome === 'accepted') expect(arrivals.has(id)).toBe(true);
      if (outcome === 'not-sent') expect(arrivals.has(id)).toBe(false);
    }
  });

  it('carry one message at a time, and no more of them are opened than allowed', async () => {
    const inFlight = new Map<Socket, number>();
    let crowded = 0;
    let number = 0;
    const { baseUrl, sockets } = await rawServer((socket) => {
      const here = (inFlight.get(socket) ?? 0) + 1;
      inFlight.set(socket, here);
      crowded = Math.max(crowded, here);
      number += 1;
      const body = JSON.stringify({ messages: [{ id: `wamid.${number}` }] });
      setImmediate(() => {
        inFlight.set(socket, here - 1);
        socket.write(httpAnswer(body));
      });
    });
    const api = graphApi(baseUrl, { connections: 3 });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => api.sendMessage(request)));
    const ids = outcomes.map((outcome) =>
      outcome.outcome === 'accepted' ? outcome.messageId : outcome.outcome,
    );
    expect(new Set(ids).size).toBe(40);
    expect(ids).not.toContain('unknown');
    expect([crowded, sockets.length]).toEqual([1, 3]);
  });

  it('are closed after what is in flight has been answered', async () => {
    let answer = () => {};
    const arrived = Promise.withResolvers<void>();
    const { baseUrl } = await rawServer((socket) => {
      answer = () => socket.write(httpAnswer(acceptance));
      arrived.resolve();
    });
    const api = graphApi(baseUrl);
    const sending = api.sendMessage(request);
    await arrived.promise;
    const closing = Promise.all([api.close(), api.close()]);
    answer();
    expect(await sending).toEqual(taken);
    await closing;
  });
});
