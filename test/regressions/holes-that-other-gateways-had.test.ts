import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newWebhookSecret, signWebhook, webhookFault } from '../../src/flows/forwarding/standard-webhooks.ts';
import { createWebhookReader } from '../../src/webhooks.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { connectRaw } from '../support/raw-connection.ts';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, appSecret } from '../support/test-config.ts';

/**
 * Advisories about other receivers and forwarders of webhooks, each as a test: what happened there must not happen
 * here. What concerns the requests that Recado makes itself stands in src/adapters/endpoint-http.
 */
const said = JSON.stringify(
  webhookOf({ messages: [textMessage('wamid.1', '558587654321', 'Oi', 1_763_640_000)] }),
);

/** Everything that the feed holds, as a stranger's webhook must not. */
const feedOf = async ({ api, settle }: Awaited<ReturnType<typeof runGateway>>) => {
  await settle();
  return (await api<Page<unknown>>('GET', '/v1/events')).body.data;
};

describe('CVE-2024-21491: signatures were compared up to the end of the shorter one', () => {
  it('so that an empty or cut one was believed: none is, of Meta’s', async () => {
    const running = await runGateway();
    const good = signBody(Buffer.from(said), appSecret);
    const cut = [
      'sha256=',
      good.slice(0, 9),
      good.slice(0, -1),
      good.slice(0, -2),
      `${good}00`,
      `${good} `.repeat(2),
    ];
    for (const signature of ['', ...cut, 'sha256=zz', `sha256=${'zz'.repeat(32)}`]) {
      expect((await running.post(said, { 'x-hub-signature-256': signature })).status, signature).toBe(401);
    }
    expect(await feedOf(running)).toEqual([]);
  });

  it('so that an empty or cut one was believed: none is, of Standard Webhooks', () => {
    const secret = newWebhookSecret();
    const body = Buffer.from('{"type":"message"}');
    const now = 1_795_176_000_000;
    const headers = signWebhook({ id: 'id-1', at: now, body }, [secret]);
    const good = headers['webhook-signature'];
    const fault = (signature: string) =>
      webhookFault(body, { ...headers, 'webhook-signature': signature }, [secret], now);
    expect(fault(good)).toBeNull();
    for (const signature of [
      '',
      ' ',
      'v1',
      'v1,',
      'v1, v1,',
      good.slice(0, 10),
      good.slice(0, -1),
      `${good}A`,
    ]) {
      expect(fault(signature), signature).not.toBeNull();
    }
  });
});

it('CVE-2023-50728: one unauthenticated request ended the process: none does, at any door', async () => {
  const running = await runGateway();
  const { port } = new URL(running.gateway.url);
  const line = fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ' '));
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'PATCH'),
    path: fc.constantFrom(
      '/webhooks/whatsapp',
      '/webhooks/whatsapp?hub.mode=subscribe&hub.challenge[]=1',
      '/v1/events?after=',
      '/v1/events/stream?kind=%00',
      '/v1/notifications',
      '/%',
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        'x-hub-signature-256',
        'authorization',
        'cookie',
        'last-event-id',
        'accept-language',
        'content-type',
        'content-encoding',
        'idempotency-key',
        'transfer-encoding',
        'x-forwarded-for',
        'traceparent',
      ),
      line,
    ),
    body: fc.string({ maxLength: 200 }),
  });
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('uncaughtException', note).on('unhandledRejection', note);
  onTestFinished(() => {
    process.off('uncaughtException', note).off('unhandledRejection', note);
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, headers, body }) => {
      const raw = await connectRaw(Number(port));
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const length = `content-length: ${Buffer.byteLength(body, 'latin1')}\r\n`;
      await raw.send(
        `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${length}${lines.join('')}\r\n${body}`,
      );
      const answer = await raw.answer({ bodiless: method === 'HEAD' }).catch(() => null);
      raw.abort();
      expect(answer?.status ?? 400).toBeLessThan(500);
    }),
    { numRuns: 150 },
  );
  expect(unhandled).toEqual([]);
  expect((await running.post(said)).status).toBe(200);
  expect(await feedOf(running)).toHaveLength(1);
});

describe('CVE-2026-21894: a receiver without a secret believed everything, and checking was a choice', () => {
  it('the gateway turns webhooks away, keeps nothing, and goes on answering handshakes', async () => {
    const running = await runGateway({
      config: (config) => ({ ...config, meta: { ...config.meta, appSecrets: [] } }),
    });
    for (const headers of [{}, { 'x-hub-signature-256': '' }, { 'x-hub-signature-256': 'sha256=' }]) {
      expect((await running.post(said, headers)).status).toBe(503);
    }
    const query = 'hub.mode=subscribe&hub.challenge=11&hub.verify_token=verify-me-in-tests';
    expect((await fetch(`${running.gateway.url}/webhooks/whatsapp?${query}`)).status).toBe(200);
    expect(await feedOf(running)).toEqual([]);
  });

  it('a reader of webhooks cannot be made without one, and by no secret nothing is believed', () => {
    expect(() => createWebhookReader({ appSecret: [] })).toThrow();
    expect(() => createWebhookReader({ appSecret: '' })).toThrow();
    const body = Buffer.from('{}');
    const headers = signWebhook({ id: 'id-1', at: 0, body }, [newWebhookSecret()]);
    expect(webhookFault(body, headers, [], 0)).not.toBeNull();
  });
});

it('CVE-2022-43411 and 43412: tokens were compared with ===: the linter refuses it', {
  timeout: 30_000,
}, async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const folder = temporaryFolder();
  for (const name of ['scripts', 'src']) mkdirSync(join(folder, name));
  for (const file of ['.gitignore', 'biome.json', 'scripts/compare-secrets.grit'])
    copyFileSync(join(root, file), join(folder, file));
  const file = join(folder, 'src/compared.ts');
  writeFileSync(file, 'export const isIt = (given: string, verifyToken: string) => given === verifyToken;\n');
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const run = promisify(execFile)(process.execPath, [biome, 'lint', file], { cwd: folder });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  expect(stdout + stderr).toContain('Compare secrets with timingSafeEqual');
});

describe('bodies were read without end before anybody asked who sends them', () => {
  it.each(['/webhooks/whatsapp', '/v1/notifications', '/v1/events'])(
    'a chunked body without end is cut off by %s',
    async (path) => {
      const { gateway } = await runGateway();
      const raw = await connectRaw(Number(new URL(gateway.url).port));
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
      const signature = `x-hub-signature-256: sha256=${'0'.repeat(64)}\r\n`;
      await raw.send(`${head}${signature}transfer-encoding: chunked\r\n\r\n`);
      const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
      let sent = 0;
      // Four times what is ever taken.
      while (sent < 16 * 2 ** 20 && (await raw.send(chunk, { deaf: false }))) sent += 0x10000;
      await raw.closed;
      expect(sent).toBeLessThan(16 * 2 ** 20);
    },
  );
});

it('Convoy #2706: secrets stood in what was printed of the configuration: they stand in no answer and no log line', async () => {
  const alertSecret = 'token-in-the-address-of-alerts';
  const running = await runGateway({
    config: (config) => ({
      ...config,
      alerts: { ...config.alerts, webhookUrl: `http://127.0.0.1:9/${alertSecret}` },
    }),
  });
  const { api, config, log, post } = running;
  expect((await post(said)).status).toBe(200);
  expect((await post(said, { 'x-hub-signature-256': '' })).status).toBe(401);
  const documented = await api<{ paths: Record<string, { get?: object }> }>('GET', '/openapi.json');
  const shown: string[] = [];
  for (const [path, { get }] of Object.entries(documented.body.paths)) {
    if (get === undefined || path.includes('{') || path.endsWith('/stream')) continue;
    const response = await fetch(running.gateway.adminUrl + path, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    shown.push(await response.text());
  }
  expect(shown.length).toBeGreaterThan(10);
  await running.settle();
  const key = Buffer.from(config.encryptionKeys[0] ?? []);
  const secrets = [
    adminKey,
    appSecret,
    config.meta.verifyToken ?? '',
    config.meta.accessToken ?? '',
    alertSecret,
    key.toString('base64'),
    key.toString('hex'),
  ];
  for (const secret of secrets) {
    expect(secret).not.toBe('');
    expect(shown.join('\n')).not.toContain(secret);
    expect(log.join('\n')).not.toContain(secret);
  }
});

it('redeliveries without a signature made people switch the check off: each refusal is counted by its reason', async () => {
  const { gateway, post } = await runGateway();
  await fetch(`${gateway.url}/webhooks/whatsapp`, { method: 'POST', body: said });
  await post(said, { 'x-hub-signature-256': 'sha256=0' });
  await post(said, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
  const metrics = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } });
  const counted = (await metrics.text()).matchAll(
    /^recado_webhooks_total\{.*outcome="(signature[^"]*)".*\} (\d+)$/gm,
  );
  const counts = Object.fromEntries([...counted].map(([, outcome, count]) => [outcome, Number(count)]));
  expect(counts).toMatchObject({ 'signature-missing': 1, 'signature-malformed': 1, 'signature-mismatch': 1 });
});
