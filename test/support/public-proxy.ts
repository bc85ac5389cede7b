import { once } from 'node:events';
import { type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { type Certificate, issueCertificate } from './certificates.ts';

/** What is wrong with the way from outside. Everything at its default is a good proxy. */
type ProxyFaults = {
  certificate: 'good' | 'expired' | 'self-signed' | 'other-host' | 'without-chain' | 'private-authority';
  /** Sends one spelling of the path to the other. */
  redirects: 'nothing' | 'slash-added' | 'slash-removed';
  /** Answers by itself instead of passing on. */
  answers: 'nothing' | 'warning-page' | 'login' | 'not-found' | 'bad-gateway' | 'echo';
  /** What it does to the answer of a handshake. */
  challenge: 'untouched' | 'quoted';
  /** What it does to a POST. */
  posts: 'untouched' | 'reencoded' | 'unsigned' | 'forbidden';
  /** In bytes; larger bodies get 413. */
  bodyLimit: number;
  /** How much later a POST is answered, in milliseconds of `elapsed`. */
  delay: number;
};

/** A proxy with TLS in front of a gateway. */
export type PublicProxy = {
  /** `https://localhost:<port>` */
  url: string;
  faults: ProxyFaults;
  /** The time that delays have taken so far: nobody waits for them. */
  elapsed: number;
  /** Where requests are passed on to. */
  target: string;
  /** Puts the certificate of the faults into force; call it after a change of `certificate`. */
  reload(): void;
  /** Nobody listens until `listen`. */
  stop(): Promise<void>;
  listen(): Promise<void>;
};

const goodProxy: ProxyFaults = {
  certificate: 'good',
  redirects: 'nothing',
  answers: 'nothing',
  challenge: 'untouched',
  posts: 'untouched',
  bodyLimit: 8 * 1024 * 1024,
  delay: 0,
};

const day = 24 * 60 * 60_000;

/** Starts a proxy on the loopback whose authority this process trusts; it ends with the test. */
export async function startPublicProxy(): Promise<PublicProxy> {
  const root = issueCertificate({ name: 'Recado test authority' });
  const intermediate = issueCertificate({ name: 'Recado test intermediate', issuer: root });
  const defaults = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...defaults, root.cert]);
  const faults = { ...goodProxy };
  const certificates = makeCertificates(intermediate);

  const server = createServer({ ...certificates.good }, (request, response) => {
    serve(request, response, proxy).catch(() => response.destroy());
  });
  let port = 0;
  const proxy: PublicProxy = {
    get url() {
      return `https://localhost:${port}`;
    },
    faults,
    elapsed: 0,
    target: '',
    reload: () => server.setSecureContext(certificates[faults.certificate]),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    async listen() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      port = (server.address() as AddressInfo).port;
    },
  };
  await proxy.listen();
  onTestFinished(async () => {
    tls.setDefaultCACertificates(defaults);
    if (server.listening) await proxy.stop();
  });
  return proxy;
}

function makeCertificates(
  intermediate: Certificate,
): Record<ProxyFaults['certificate'], tls.SecureContextOptions> {
  const leaf = { name: 'leaf', issuer: intermediate, hostname: 'localhost' };
  const whole = ({ key, cert }: Certificate) => ({ key, cert: cert + intermediate.cert });
  const good = issueCertificate(leaf);
  const stranger = issueCertificate({ name: 'Some private authority' });
  const untrusted = issueCertificate({ name: 'leaf', issuer: stranger, hostname: 'localhost' });
  return {
    good: whole(good),
    expired: whole(issueCertificate({ ...leaf, from: Date.now() - 30 * day, to: Date.now() - day })),
    'self-signed': issueCertificate({ name: 'leaf', hostname: 'localhost' }),
    'other-host': whole(issueCertificate({ ...leaf, hostname: 'old.example.com' })),
    'without-chain': { key: good.key, cert: good.cert },
    'private-authority': { key: untrusted.key, cert: untrusted.cert + stranger.cert },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, proxy: PublicProxy): Promise<void> {
  const { faults } = proxy;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= faults.bodyLimit) chunks.push(chunk);
  }
  const url = new URL(request.url ?? '/', proxy.url);
  const location = redirectOf(url, faults);
  if (location !== null) return answer(response, 301, { location });
  if (size > faults.bodyLimit) return answer(response, 413);
  const own = ownAnswer(url, faults);
  if (own !== null) return answer(response, own.status, own.headers, own.body);
  if (request.method === 'POST') {
    if (faults.posts === 'forbidden') return answer(response, 405);
    proxy.elapsed += faults.delay;
  }
  const passed = await passOn(request, bodyOf(Buffer.concat(chunks), faults), proxy);
  const altered = request.method === 'GET' && faults.challenge === 'quoted' && passed.status === 200;
  answer(
    response,
    passed.status,
    passed.headers,
    altered ? JSON.stringify(passed.body.toString()) : passed.body,
  );
}

function redirectOf({ pathname, search }: URL, { redirects }: ProxyFaults): string | null {
  if (redirects === 'slash-added' && !pathname.endsWith('/')) return `${pathname}/${search}`;
  if (redirects === 'slash-removed' && pathname.endsWith('/')) return `${pathname.slice(0, -1)}${search}`;
  return null;
}

function ownAnswer(url: URL, { answers }: ProxyFaults) {
  const html = { 'content-type': 'text/html' };
  switch (answers) {
    case 'nothing':
      return null;
    case 'warning-page':
      return {
        status: 200,
        headers: html,
        body: '<!doctype html><title>You are about to visit localhost</title>',
      };
    case 'login':
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="staging"' }, body: 'Log in' };
    case 'not-found':
      return { status: 404, headers: html, body: '<html><title>404 Not Found</title></html>' };
    case 'bad-gateway':
      return { status: 502, headers: html, body: '<html><title>502 Bad Gateway</title></html>' };
    case 'echo':
      return { status: 200, headers: {}, body: url.searchParams.get('hub.challenge') ?? '' };
  }
}

function bodyOf(body: Buffer, { posts }: ProxyFaults): Buffer {
  return posts === 'reencoded' && body.length > 0
    ? Buffer.from(JSON.stringify(JSON.parse(body.toString())))
    : body;
}

async function passOn(
  request: IncomingMessage,
  body: Buffer,
  { target, faults }: PublicProxy,
): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  const { host: _, 'content-length': __, 'transfer-encoding': ___, ...headers } = request.headers;
  if (faults.posts === 'unsigned') delete headers['x-hub-signature-256'];
  const passed = requestOf(target + request.url, {
    method: request.method,
    headers: { ...headers, 'content-length': body.length },
  });
  passed.end(body);
  const [answered]: IncomingMessage[] = await once(passed, 'response');
  if (answered === undefined) throw new Error('There is no answer.');
  const chunks: Buffer[] = [];
  for await (const chunk of answered) chunks.push(chunk);
  return {
    status: answered.statusCode ?? 502,
    headers: { 'content-type': answered.headers['content-type'] ?? 'text/plain' },
    body: Buffer.concat(chunks),
  };
}

function answer(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
