import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { signBody } from '../../src/whatsapp/signature.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { selfSignedCertificate } from '../support/self-signed-certificate.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret } from '../support/test-config.ts';

/**
 * The published nginx configuration, really run in front of a gateway. Needs Debian's package nginx-light; without it
 * the suite is skipped visibly, and never where CI is true.
 */
const nginx = '/usr/sbin/nginx';
const there = existsSync(nginx);
const domain = 'api.example.com';
const verifyToken = 'verify-me-in-tests';

if (!there)
  process.stdout.write('SKIPPED: nginx is not there. `apt-get install nginx-light` to run this suite.\n');

describe.skipIf(!there && process.env['CI'] !== 'true')('the published nginx configuration', () => {
  const certificate = selfSignedCertificate(domain);
  const folder = mkdtempSync(join(tmpdir(), 'recado-nginx-'));
  const door = {
    port: 0,
    received: [] as { bytes: number; sha256: string; path: string; headers: string[] }[],
  };
  const ports = { port: 0, plainPort: 0 };
  // Stands where Recado stands, and says what reached it.
  const receiver = createServer((incoming, response) => {
    const hash = createHash('sha256');
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    incoming.on('end', () => {
      door.received.push({
        bytes,
        sha256: hash.digest('hex'),
        path: incoming.url ?? '',
        headers: incoming.rawHeaders.map((header) => header.toLowerCase()),
      });
      response.end('from behind nginx');
    });
  });

  beforeAll(async () => {
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    door.port = portOf(receiver);
    ports.port = await freePort();
    ports.plainPort = await freePort();
    startNginx(folder, certificate, ports, door.port);
  });
  afterAll(async () => {
    stopNginx(folder);
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (
    path: string,
    sent: { method?: string; body?: Buffer; headers?: Record<string, string> } = {},
  ) => askBy(ports.port, certificate.cert, path, sent);

  it('is one that nginx takes without a warning', () => {
    const tried = spawnSync(nginx, ['-t', '-c', join(folder, 'whole.conf'), '-p', folder], {
      encoding: 'utf8',
    });
    expect(tried).toMatchObject({ status: 0, stderr: expect.stringContaining('test is successful') });
    expect(tried.stderr + readFileSync(join(folder, 'error.log'), 'utf8')).not.toMatch(/\[(warn|error)\]/);
  });

  it.each(['/webhooks/whatsapp', '/webhooks/whatsapp/'])(
    'passes %s on, and leads nowhere else',
    async (path) => {
      const answer = await ask(`${path}?hub.mode=subscribe&hub.challenge=1`);
      expect([answer.status, answer.body, answer.location]).toEqual([200, 'from behind nginx', undefined]);
      expect(door.received.at(-1)?.path).toBe(`${path}?hub.mode=subscribe&hub.challenge=1`);
    },
  );

  it.each(['/', '/v1/contacts', '/docs', '/healthz', '/metrics', '/webhooks/whatsapp/x'])(
    'lets nobody ask for %s',
    async (path) => {
      const before = door.received.length;
      expect((await ask(path)).status).toBe(404);
      expect(door.received).toHaveLength(before);
    },
  );

  it.each([1, 2_000, 1_200_000, 3_145_728])('passes a body of %i bytes on unaltered', async (length) => {
    const body = Buffer.concat([Buffer.from('{"text":"ção 😀 \\u00e7\r\n'), randomBytes(length)]);
    const answer = await ask('/webhooks/whatsapp/', { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(door.received.at(-1)).toMatchObject({
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
  });

  it('refuses a body of more than 4 MB before Recado has to', async () => {
    const before = door.received.length;
    const body = Buffer.alloc(4 * 1024 * 1024 + 1, 'a');
    expect((await ask('/webhooks/whatsapp/', { method: 'POST', body })).status).toBe(413);
    expect(door.received).toHaveLength(before);
  });

  it('passes the signature on, and keeps the verify token out of its log', async () => {
    const headers = { 'x-hub-signature-256': 'sha256=0123' };
    await ask(`/webhooks/whatsapp?hub.verify_token=${verifyToken}`, { headers });
    expect(door.received.at(-1)?.headers).toContain('sha256=0123');
    const log = readFileSync(join(folder, 'recado.log'), 'utf8');
    expect(log).toContain('GET /webhooks/whatsapp 200');
    expect(log).not.toContain(verifyToken);
  });

  it('answers nothing over plain http, and redirects nobody', async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.plainPort}/webhooks/whatsapp/`, {
      redirect: 'manual',
    });
    expect(answer.status).toBe(404);
  });

  it('is a way by which a gateway hears Meta: handshake, and a signed message', async () => {
    const gateway = await runGateway();
    const own = temporaryFolder();
    const ownPorts = { port: await freePort(), plainPort: await freePort() };
    startNginx(own, certificate, ownPorts, Number(new URL(gateway.gateway.url).port));
    onTestFinished(() => stopNginx(own));
    const here = (path: string, sent = {}) => askBy(ownPorts.port, certificate.cert, path, sent);
    const query = `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${verifyToken}`;
    expect(await here(`/webhooks/whatsapp/?${query}`)).toMatchObject({ status: 200, body: '1158201444' });
    expect((await here('/webhooks/whatsapp/?hub.mode=subscribe&hub.verify_token=no')).status).toBe(403);
    const message = textMessage('wamid.nginx', '558587654321', 'Olá 😀', Math.floor(Date.now() / 1000));
    const body = Buffer.from(JSON.stringify(webhookOf({ messages: [message] })));
    const signed = { method: 'POST', body, headers: { 'x-hub-signature-256': signBody(body, appSecret) } };
    expect((await here('/webhooks/whatsapp', signed)).status).toBe(200);
    await gateway.settle();
    const contacts = await gateway.api<{ data: object[] }>('GET', '/v1/contacts');
    expect(contacts.body.data).toMatchObject([{ waId: '558587654321' }]);
  });
});

/**
 * Runs nginx with `deploy/nginx.conf`, of which only what depends on the machine is replaced: ports, certificate, folders.
 * It goes into the background once it listens.
 */
function startNginx(
  folder: string,
  certificate: { key: string; cert: string },
  { port, plainPort }: { port: number; plainPort: number },
  gatewayPort: number,
): void {
  writeFileSync(join(folder, 'fullchain.pem'), certificate.cert);
  writeFileSync(join(folder, 'privkey.pem'), certificate.key, { mode: 0o600 });
  mkdirSync(join(folder, 'temp'), { recursive: true });
  const published = readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8');
  const site = [
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['listen [::]:443 ssl;', ''],
    ['listen [::]:80;', ''],
    ['server 127.0.0.1:8000;', `server 127.0.0.1:${gatewayPort};`],
    ['/etc/letsencrypt/live/api.example.com/', `${folder}/`],
    ['/etc/letsencrypt/live/api.example.com/', `${folder}/`],
    ['/var/log/nginx/recado.log', `${folder}/recado.log`],
  ].reduce((text, [from = '', to = '']) => {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf does not hold ${from}`);
    return text.replace(from, to);
  }, published);
  writeFileSync(join(folder, 'site.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'whole.conf'),
    [
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      `pid ${folder}/nginx.pid;`,
      `error_log ${folder}/error.log warn;`,
      'events {}',
      'http {',
      ...temporary.map((name) => `${name}_temp_path ${folder}/temp/${name};`),
      `include ${folder}/site.conf;`,
      '}',
    ].join('\n'),
  );
  execFileSync(nginx, ['-c', join(folder, 'whole.conf'), '-p', folder], { stdio: 'inherit' });
}

function stopNginx(folder: string): void {
  const pid = Number(readFileSync(join(folder, 'nginx.pid'), 'utf8'));
  if (pid > 0) process.kill(pid, 'SIGTERM');
}

type Answered = { status: number | undefined; body: string; location: string | undefined };

/** One request by TLS, the certificate being checked. */
function askBy(
  port: number,
  ca: string,
  path: string,
  {
    method = 'GET',
    body,
    headers = {},
  }: { method?: string; body?: Buffer; headers?: Record<string, string> } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        ca,
        servername: domain,
        agent: false,
        headers: { host: domain, ...length, ...headers },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode, body: text, location: answer.headers.location }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function freePort(): Promise<number> {
  const server = createSocketServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: { address(): unknown }): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null || !('port' in address)) throw new Error('No port.');
  return Number(address.port);
}
