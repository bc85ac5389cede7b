import { newStanding } from '../../src/domain/endpoint.ts';
import type { EndpointView } from '../../src/flows/forwarding/endpoints.ts';
import type { EndpointPorts } from '../../src/server/routes/endpoints.ts';
import { idOf, noon } from './in-memory-ports.ts';

/**
 * Endpoints that live in memory: the first takes everything, the second lacks the key of encryption, and the third has
 * moved into a closed network. At a URL with `closed` in it nothing may be, at one with `keyless` nothing can.
 */
export function inMemoryEndpoints(): Pick<
  EndpointPorts,
  'endpoints' | 'listForwardAttempts' | 'listDeadLetters'
> {
  const one = (number: number, url = 'https://app.example.com/recado/'): EndpointView => ({
    id: idOf('ep', number),
    url,
    name: 'Django',
    format: 'recado',
    order: 'conversation',
    kinds: null,
    businessPhones: null,
    concurrency: 8,
    perSecond: null,
    state: 'active',
    disabledBecause: null,
    createdAt: noon,
    updatedAt: noon,
    headerNames: ['authorization'],
    readable: true,
  });
  const known = [1, 2, 3].map((number) => one(number));
  const find = (id: string) => known.find((endpoint) => endpoint.id === id) ?? null;
  const lacksKey = { refusal: 'encryption-key-missing' } as const;
  const closed = { refusal: 'endpoint-address-closed', found: '10.0.0.5 is a private network.' } as const;
  const changed = (id: string) => {
    const endpoint = find(id);
    if (endpoint === null) return { refusal: 'endpoint-unknown' } as const;
    return id === idOf('ep', 2) ? lacksKey : { endpoint };
  };
  const secret = `whsec_${'ab12'.repeat(11)}`;
  const endpoints: EndpointPorts['endpoints'] = {
    list: () => known,
    find,
    picture: async () => ({
      standing: { ...newStanding, failures: 1, failingSince: noon, lastFailure: 'It answered 500.' },
      behind: 2,
      waiting: 1,
      deadLetters: 1,
    }),
    create: async ({ url }) => {
      if (url.includes('closed')) return closed;
      return url.includes('keyless') ? lacksKey : { endpoint: one(1, url), secret };
    },
    change: async (id) => changed(id),
    remove: async (id) => {
      const endpoint = find(id);
      return endpoint === null ? { refusal: 'endpoint-unknown' } : { endpoint };
    },
    rotateSecret: async (id) => {
      const result = changed(id);
      return 'endpoint' in result ? { ...result, secret } : result;
    },
    test: async (id) => {
      const result = changed(id);
      if (!('endpoint' in result)) return result;
      if (id === idOf('ep', 3)) return closed;
      return { result: { outcome: 'answered', status: 500, took: 12, retryAfter: null, excerpt: 'Oops' } };
    },
    redeliver: async (id) => (find(id) === null ? { refusal: 'endpoint-unknown' } : { count: 3, next: 7 }),
  };
  return {
    endpoints,
    listForwardAttempts: async ({ before, limit }) =>
      [3, 2, 1]
        .filter((number) => before === null || number < before)
        .slice(0, limit)
        .map((number) => ({
          number,
          position: number,
          at: noon,
          took: 5,
          status: 200,
          delivered: true,
          failure: null,
          excerpt: 'ok',
        })),
    listDeadLetters: async ({ after, limit }) =>
      [1, 2, 3]
        .filter((position) => position > after)
        .slice(0, limit)
        .map((position) => ({
          position,
          kind: 'message' as const,
          attempts: 6,
          failure: 'It answered 500.',
          at: noon,
        })),
  };
}
