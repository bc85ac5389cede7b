import { lookup } from 'node:dns/promises';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate } from 'node:tls';
import { Agent, request } from 'undici';
import type { DoorAnswer, PublicDoor, TlsReading } from '../../flows/setup/public-door.ts';

/** How long a connection, and then a whole answer, may take, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;
const ANSWER_TIMEOUT = 15_000;

/** As much of an answer's body as is read, in bytes, and shown, in characters. */
const MOST_BODY = 64 * 1024;
const SHOWN = 200;

/**
 * Goes to the public address from outside, as Meta does. The address is the operator's own; no redirect is followed, so
 * that nobody else chooses where it leads.
 *
 * @param stopwatch measures how long answers take, in milliseconds
 */
export function createPublicDoor(
  stopwatch: () => number = () => performance.now(),
): PublicDoor & { close(): Promise<void> } {
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT },
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
    pipelining: 0,
  });

  async function ask(
    url: string,
    options: {
      method: 'GET' | 'POST';
      body?: Uint8Array;
      headers?: Readonly<Record<string, string>>;
      secrets?: readonly string[];
    },
  ): Promise<DoorAnswer> {
    const { method, body, headers = {}, secrets = [] } = options;
    const size = body === undefined ? '' : ` with ${body.byteLength} bytes`;
    const call = masked(`${method} ${url}${size}`, secrets);
    const began = stopwatch();
    try {
      const answer = await request(url, {
        method,
        dispatcher: agent,
        // What ngrok's warning page looks at is left to it: Meta sends no such header either.
        headers: { 'user-agent': 'facebookexternalua', accept: '*/*', ...headers },
        body: body ?? null,
        signal: AbortSignal.timeout(CONNECT_TIMEOUT + ANSWER_TIMEOUT),
      });
      const bytes = await beginningOf(answer.body);
      const shown = bytes.toString('latin1').replace(/\s+/g, ' ').slice(0, SHOWN);
      return {
        call,
        answer: masked(`HTTP ${answer.statusCode} ${shown}`.trim(), secrets),
        got: 'answer',
        status: answer.statusCode,
        headers: headersOf(answer.headers),
        body: bytes,
        milliseconds: stopwatch() - began,
      };
    } catch (failure) {
      const code = codeOf(failure);
      return { call, answer: `No answer: ${code}.`, got: 'nothing', code };
    }
  }

  return {
    async resolve(host) {
      const call = `Look up ${host}`;
      try {
        const found = await lookup(host, { all: true });
        const addresses = found.map(({ address }) => address);
        return { call, answer: addresses.join(', '), addresses, code: null };
      } catch (failure) {
        const code = codeOf(failure);
        return { call, answer: code, addresses: [], code };
      }
    },
    reach: (url) => reach(new URL(url)),
    inspectTls: (url) => inspectTls(new URL(url)),
    get: (url, secrets) => ask(url, { method: 'GET', secrets }),
    post: (url, body, headers) => ask(url, { method: 'POST', body, headers }),
    close: () => agent.destroy(),
  };
}

function reach(url: URL): Promise<{ call: string; answer: string; code: string | null }> {
  const { host, port } = placeOf(url);
  const call = `Connect to ${host}:${port}`;
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: CONNECT_TIMEOUT });
    const end = (code: string | null) => {
      socket.destroy();
      resolve({ call, answer: code ?? 'connected', code });
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end('ETIMEDOUT'));
    socket.once('error', (error) => end(codeOf(error)));
  });
}

function inspectTls(url: URL): Promise<TlsReading> {
  const { host, port } = placeOf(url);
  const call = `TLS to ${host}:${port}`;
  return new Promise((resolve) => {
    const socket = connectTls({
      host,
      port,
      ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
      // The fault itself is what is asked for; nothing is sent over this connection.
      rejectUnauthorized: false,
      timeout: CONNECT_TIMEOUT,
    });
    const fail = (code: string) => {
      socket.destroy();
      resolve({ call, answer: `No TLS: ${code}.`, got: 'nothing', code });
    };
    socket.once('timeout', () => fail('ETIMEDOUT'));
    socket.once('error', (error) => fail(codeOf(error)));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate(true);
      const fault = socket.authorized ? null : String(socket.authorizationError);
      const alone = isAlone(certificate);
      const names = certificate.subjectaltname ?? String(certificate.subject?.CN ?? '?');
      const issuer = String(certificate.issuer?.CN ?? certificate.issuer?.O ?? '?');
      socket.destroy();
      resolve({
        call,
        answer: `${socket.getProtocol() ?? 'TLS'}, ${names}, issued by ${issuer}, until ${certificate.valid_to}: ${fault ?? 'trusted'}`,
        got: 'certificate',
        fault: faultOf(fault),
        names,
        issuer,
        validFrom: Date.parse(certificate.valid_from),
        validTo: Date.parse(certificate.valid_to),
        alone,
      });
    });
  });
}

/** Whether no certificate of an issuer came with it. A self-signed one is its own issuer. */
function isAlone(certificate: DetailedPeerCertificate): boolean {
  const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
  return issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256;
}

/** Node words a wrong host as a sentence; the rest are OpenSSL's fixed words. */
function faultOf(fault: string | null): string | null {
  if (fault === null) return null;
  return /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate/.test(fault)
    ? 'ERR_TLS_CERT_ALTNAME_INVALID'
    : (/[A-Z_]{6,}/.exec(fault)?.[0] ?? fault);
}

function placeOf(url: URL): { host: string; port: number } {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port) };
}

function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= MOST_BODY) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BODY);
}

function masked(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((shown, secret) => shown.replaceAll(secret, `…(${secret.length} characters)`), text);
}

/** The error's code or name, which are fixed words; a message may hold anything. */
function codeOf(failure: unknown): string {
  const cause = failure instanceof Error && failure.cause instanceof Error ? failure.cause : failure;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
