import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { selfSignedCertificate } from '../../../test/support/self-signed-certificate.ts';
import { freePort } from '../../../test/support/start-receiver.ts';
import { createRabbitmqDestination } from './rabbitmq.ts';
import { createRedisDestination } from './redis-streams.ts';

/** The brokers themselves are in test/system. */
const brokers = [
  { scheme: 'amqp', query: '?queue=recado', create: createRabbitmqDestination },
  { scheme: 'redis', query: '?stream=recado', create: createRedisDestination },
];

const delivery = { url: 'unused', headers: { 'webhook-id': 'id-1' }, body: Buffer.from('{}') };

describe.each(brokers)('$scheme', ({ scheme, query, create }) => {
  const opened = (host: string) => {
    const destination = create(`${scheme}://${host}/${query}`, { connect: 100, confirm: 100 });
    onTestFinished(() => destination.close());
    return destination;
  };

  /** A port whose connections do what a test says. */
  async function portThat(meets: (end: () => void) => void): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      onTestFinished(() => {
        socket.destroy();
      });
      meets(() => socket.destroy());
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => {
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
    return `127.0.0.1:${address.port}`;
  }

  it('says that nobody listens', async () => {
    const { deliver } = opened(`127.0.0.1:${await freePort()}`);
    expect(await deliver(delivery)).toMatchObject({ outcome: 'unanswered', fault: 'refused' });
  });

  it('says that a name is not known', async () => {
    const { deliver } = opened('nobody.invalid');
    expect(await deliver(delivery)).toMatchObject({ outcome: 'unanswered', fault: 'name-not-found' });
  });

  it('waits for no server that is silent, and tries each delivery anew', async () => {
    let met = 0;
    const { deliver } = opened(
      await portThat(() => {
        met += 1;
      }),
    );
    const silent = { outcome: 'unanswered', fault: 'connecting-timed-out' };
    expect(await deliver(delivery)).toMatchObject(silent);
    expect(await deliver(delivery)).toMatchObject(silent);
    expect(met).toBe(2);
  });

  it('says that a connection broke before it was one', async () => {
    const { deliver } = opened(await portThat((end) => end()));
    expect(await deliver(delivery)).toMatchObject({ outcome: 'unanswered', fault: 'broken-off' });
  });

  it('closes without ever having been open, and twice', async () => {
    const destination = create(`${scheme}://127.0.0.1:1/${query}`);
    await destination.close();
    expect(await destination.close()).toBeUndefined();
  });
});

it.each([
  ['amqps', '?queue=recado', createRabbitmqDestination] as const,
  ['rediss', '?stream=recado', createRedisDestination] as const,
])('%s believes no certificate that nobody vouches for', async (scheme, query, create) => {
  const server = createTlsServer(selfSignedCertificate('localhost'), (socket) => socket.destroy());
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  const destination = create(`${scheme}://127.0.0.1:${address.port}/${query}`);
  onTestFinished(() => destination.close());
  expect(await destination.deliver(delivery)).toMatchObject({ outcome: 'unanswered', fault: 'tls' });
});

describe('an address', () => {
  it.each([
    'amqp://localhost/',
    'amqp://localhost/?queue=',
    'amqp://localhost/?exchange=',
    'amqp://localhost/?queue=a&exchange=b',
    'amqp://localhost/?queue=a&routing-key=b',
  ])('of RabbitMQ needs one place to publish to: %s', (address) => {
    expect(() => createRabbitmqDestination(address)).toThrow(/ends with \?queue=name/);
  });

  it.each([
    'redis://localhost',
    'redis://localhost/0?stream=',
    'redis://localhost/name?stream=a',
    'redis://localhost/0?stream=a&length=0',
    'redis://localhost/0?stream=a&length=many',
  ])('of Redis needs a stream, and numbers that are some: %s', (address) => {
    expect(() => createRedisDestination(address)).toThrow(/\?stream=name/);
  });
});
