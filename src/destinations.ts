/**
 * What events are forwarded to, by the scheme of its address; commands reach it through this file only. Clients of
 * brokers are optional packages, loaded when an address asks for one. Another broker is a file in adapters/brokers that
 * makes a `Destination`, and a line here.
 */
import { createEndpointHttp } from './adapters/endpoint-http/endpoint-http.ts';
import type { Destination } from './flows/forwarding/destination.ts';

export type { DeliveryResult } from './flows/forwarding/delivery.ts';
export type { Destination } from './flows/forwarding/destination.ts';

type DestinationKind = {
  /** What has to be installed beside Recado; null for nothing. */
  needs: string | null;
  /** What an address looks like. */
  example: string;
  /** @throws TypeError for an address that lacks something */
  open(address: string): Promise<Destination>;
};

const http: DestinationKind = {
  needs: null,
  example: 'http://localhost:3000/hook',
  open: async (address) => {
    const { username, password } = new URL(address);
    if (username !== '' || password !== '') {
      throw new TypeError('An address of HTTP has no user and no password: the signature says who calls.');
    }
    // Whoever gives the command decides which network it reaches.
    return createEndpointHttp({ guard: () => null });
  },
};

const rabbitmq: DestinationKind = {
  needs: 'amqplib',
  example: 'amqp://user:password@localhost/?queue=recado',
  open: async (address) =>
    (await import('./adapters/brokers/rabbitmq.ts')).createRabbitmqDestination(address),
};

const redis: DestinationKind = {
  needs: '@redis/client',
  example: 'redis://localhost:6379/0?stream=recado',
  open: async (address) =>
    (await import('./adapters/brokers/redis-streams.ts')).createRedisDestination(address),
};

/** Every kind of destination by its scheme. */
const destinationKinds: Readonly<Record<string, DestinationKind>> = {
  'http:': http,
  'https:': http,
  'amqp:': rabbitmq,
  'amqps:': rabbitmq,
  'redis:': redis,
  'rediss:': redis,
};

/** The kind of destination that an address names; null when there is none. */
export function destinationKind(url: URL): DestinationKind | null {
  return destinationKinds[url.protocol] ?? null;
}
