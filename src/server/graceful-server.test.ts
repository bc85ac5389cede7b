import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestOptions, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGracefulServer, type GracefulServer } from './graceful-server.ts';
import { listenOn } from './listen.ts';

const opened: GracefulServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close(0);
});

describe('closing the server', () => {
  it('lets a request finish, and tells its client not to ask again on the connection', async () => {
    const gate = createGate();
    const { port, server } = await start(async (response) => {
      await gate.opened;
      response.end('done');
    });
    const agent = new Agent({ keepAlive: true });
    const answer = request({ port, agent });
    await gate.reached;
    const closed = server.close(60_000);
    gate.open();
    expect(await answer).toEqual({ status: 200, connection: 'close', text: 'done' });
    await closed;
    agent.destroy();
  });

  it('lets an answer finish that has begun, and closes its kept-alive connection', async () => {
    const gate = createGate();
    const { port, server } = await start(async (response) => {
      response.write('be');
      await gate.opened;
      response.end('gun');
    });
    const agent = new Agent({ keepAlive: true });
    const answer = request({ port, agent });
    await gate.reached;
    const closed = server.close(60_000);
    gate.open();
    expect(await answer).toEqual({ status: 200, connection: 'keep-alive', text: 'begun' });
    await closed;
    agent.destroy();
  });

  it('waits neither for connections at rest nor for those that were never used', async () => {
    const { port, server } = await start(async (response) => {
      response.end('done');
    });
    const agent = new Agent({ keepAlive: true });
    await request({ port, agent });
    const accepted = once(server.server, 'connection');
    const unused = connect(port, '127.0.0.1');
    await accepted;
    const began = performance.now();
    await server.close(60_000);
    expect(performance.now() - began).toBeLessThan(5_000);
    agent.destroy();
    unused.destroy();
  });

  it('cuts off after the grace', async () => {
    const gate = createGate();
    const { port, server } = await start(() => gate.opened);
    const answer = request({ port });
    const refused = expect(answer).rejects.toThrow('socket hang up');
    await gate.reached;
    await server.close(1);
    await refused;
  });

  it('may be called before listening', async () => {
    await createGracefulServer(() => {}).close(60_000);
  });
});

describe('listening', () => {
  it('says what to do when the port is in use', async () => {
    const { port } = await start(async (response) => {
      response.end();
    });
    const second = createGracefulServer(() => {});
    opened.push(second);
    await expect(listenOn(second.server, '127.0.0.1', port)).rejects.toMatchObject({
      name: 'StartError',
      message: `Port ${port} on 127.0.0.1 is in use by another program.`,
      remedy: expect.stringContaining('set PORT='),
    });
  });

  it('says what to do when the host is none of this machine', async () => {
    const { server } = createGracefulServer(() => {});
    await expect(listenOn(server, '192.0.2.1', 0)).rejects.toMatchObject({ name: 'StartError' });
  });
});

type Answer = Pick<ServerResponse, 'write' | 'end'>;

async function start(answer: (response: Answer) => Promise<void>) {
  const server = createGracefulServer((_request, response) => {
    arrived();
    void answer(response);
  });
  opened.push(server);
  return { server, port: await listenOn(server.server, '127.0.0.1', 0) };
}

let arrived: () => void = () => {};

/** A place at which a request is held until the test lets it go on. */
function createGate() {
  const gate = { opened: Promise.resolve(), open: () => {}, reached: Promise.resolve() };
  gate.opened = new Promise((resolve) => {
    gate.open = resolve;
  });
  gate.reached = new Promise((resolve) => {
    arrived = resolve;
  });
  return gate;
}

async function request(options: RequestOptions) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', ...options }, resolve).on('error', reject);
  });
  return {
    status: response.statusCode,
    connection: response.headers.connection,
    text: await textOf(response),
  };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
