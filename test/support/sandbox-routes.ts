import createFastify from 'fastify';
import { onTestFinished } from 'vitest';
import { createSandboxRoutes } from '../../src/sandbox/sandbox-routes.ts';
import { createSession } from '../../src/sandbox/session.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { createClient } from './api-client.ts';

/** Ana's WhatsApp id: a Brazilian number without its ninth digit. */
export const ana = '558587654321';

/** The routes alone, with a real simulator, and a browser that has the session. */
export async function openSandboxRoutes() {
  const simulator = await createSimulator({ latency: 0 });
  simulator.person(ana, { name: 'Ana Souza' });
  const ended = new AbortController();
  const fastify = createFastify({ forceCloseConnections: true });
  createSandboxRoutes({
    simulator,
    session: createSession({ adminKey: 'rk_only-for-tests' }),
    setup: () => ({
      url: 'http://127.0.0.1:8000',
      business: { name: 'Your business', digits: '551132100000' },
      templates: [],
      pretendAdminKey: null,
    }),
    ended: ended.signal,
    settled: async () => {},
    now: () => 0,
  })(fastify);
  onTestFinished(async () => {
    ended.abort();
    await fastify.close();
    await simulator.close();
  });

  const url = await fastify.listen({ host: '127.0.0.1', port: 0 });
  const { host, port } = new URL(url);
  /** A client without the session. */
  const stranger = createClient(Number(port), { 'sec-fetch-site': 'same-origin' });
  const opened = await stranger('/sandbox', { headers: { host } });
  const cookie = cookieOf(opened);
  const ask = createClient(Number(port), { host, cookie, 'sec-fetch-site': 'same-origin' });
  const post = (path: string, body: unknown) => ask(path, { body });
  return { url, host, cookie, simulator, stranger, opened, ask, post, ended };
}

export function cookieOf({ headers }: { headers: { 'set-cookie'?: string[] | undefined } }): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
