import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Delivery } from '../../flows/forwarding/delivery.ts';
import { createAddressGuard } from './address-guard.ts';
import { createEndpointHttp } from './endpoint-http.ts';

type Options = Partial<Parameters<typeof createEndpointHttp>[0]>;

function http(options: Options = {}) {
  const made = createEndpointHttp({ guard: createAddressGuard(['127.0.0.1']), ...options });
  onTestFinished(made.close);
  return made.deliver;
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
}

function portOf(address: unknown): number {
  if (typeof address === 'object' && address !== null && 'port' in address) return Number(address.port);
  throw new Error('The server has no port.');
}

function deliveryTo(url: string): Delivery {
  return { url, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"é":1}') };
}

const quick = { timeouts: { connect: 200, answer: 200 } };

describe('a delivery', () => {
  it('is answered: the bytes arrive as they are, and the beginning of the answer is kept', async () => {
    const received: Buffer[] = [];
    const port = await serve((request, response) => {
      request.on('data', (part: Buffer) => received.push(part));
      request.on('end', () => {
        response.writeHead(503, { 'retry-after': '7' });
        response.end(`no\u0000pe\u202e ${'x'.repeat(5_000)}`);
      });
    });
    const result = await http()(deliveryTo(`http://127.0.0.1:${port}/hook`));
    expect(Buffer.concat(received).toString()).toBe('{"é":1}');
    expect(result).toMatchObject({ outcome: 'answered', status: 503, retryAfter: '7' });
    if (result.outcome !== 'answered') throw new Error('unreachable');
    expect(result.excerpt).toMatch(/^no pe {1,2}x+$/);
    expect(result.excerpt.length).toBeLessThanOrEqual(1_024);
  });

  it('follows no redirect', async () => {
    const hits: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      hits.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const result = await http()(deliveryTo(`http://127.0.0.1:${port}/hook`));
    expect(result).toMatchObject({ outcome: 'answered', status: 307 });
    expect(hits).toEqual(['/hook']);
  });

  it('reads no more of an endless answer than it must', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200);
      const pour = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    expect(await http()(deliveryTo(`http://127.0.0.1:${port}`))).toMatchObject({
      outcome: 'answered',
      status: 200,
      excerpt: 'x'.repeat(1_024),
    });
  });

  it('counts an answer whose body never ends as answered', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200).write('thank you');
    });
    const result = await http(quick)(deliveryTo(`http://127.0.0.1:${port}`));
    expect(result).toMatchObject({ outcome: 'answered', status: 200, excerpt: 'thank you' });
  });

  it.each([
    ['no answer', () => undefined, 'answering-timed-out'],
    ['a connection that breaks', (socket: { destroy(): void }) => socket.destroy(), 'broken-off'],
    [
      'what is no HTTP',
      (socket: { end(text: string): void }) => socket.end('SSH-2.0-OpenSSH_9\r\n'),
      'broken-off',
    ],
  ])('%s', async (_name, act: (socket: never) => void, fault) => {
    const server = createRawServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => act(socket as never));
      onTestFinished(() => {
        socket.destroy();
      });
    });
    onTestFinished(() => {
      server.close();
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
    });
    expect(await http(quick)(deliveryTo(`http://127.0.0.1:${port}`))).toMatchObject({ fault });
  });

  it('nobody listens', async () => {
    const result = await http()(deliveryTo('http://127.0.0.1:1/hook'));
    expect(result).toMatchObject({ outcome: 'unanswered', fault: 'refused', found: 'ECONNREFUSED' });
  });

  it('is broken off when it is given up', async () => {
    const port = await serve(() => undefined);
    const giveUp = new AbortController();
    const delivering = http()(deliveryTo(`http://127.0.0.1:${port}`), giveUp.signal);
    giveUp.abort();
    expect(await delivering).toMatchObject({ outcome: 'unanswered', fault: 'broken-off' });
  });
});

describe('closed networks (advisories: check at create only, literal addresses, rebinding, disguises)', () => {
  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://017700000001',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost',
    'http://0.0.0.0',
  ])('%s', async (url) => {
    const hits: unknown[] = [];
    const port = await serve((request, response) => {
      hits.push(request.url);
      response.end();
    });
    const { origin, pathname } = new URL(url);
    const deliver = http({ guard: createAddressGuard() });
    const result = await deliver(deliveryTo(`${origin}:${port}${pathname}`));
    expect(result).toMatchObject({ outcome: 'unanswered', fault: 'address-forbidden' });
    expect(hits).toEqual([]);
  });

  it('a name that leads outside when it is checked, and inside when it is used', async () => {
    const port = await serve((_request, response) => {
      response.end();
    });
    const deliver = http({
      guard: createAddressGuard(),
      lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const result = await deliver(deliveryTo(`http://rebinding.example:${port}`));
    expect(result).toMatchObject({
      fault: 'address-forbidden',
      found: '127.0.0.1 is this very machine',
    });
  });

  it('of several addresses of a name only the open ones are tried', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(204).end();
    });
    const deliver = http({
      lookup: async () => [
        { address: '10.0.0.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    expect(await deliver(deliveryTo(`http://two.example:${port}`))).toMatchObject({ status: 204 });
  });

  it('a name that there is not', async () => {
    const deliver = http({
      lookup: () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
    });
    expect(await deliver(deliveryTo('http://nowhere.example'))).toMatchObject({ fault: 'name-not-found' });
  });
});
