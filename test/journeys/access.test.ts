import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from '../../src/app.ts';
import { runRecado } from '../support/run-recado.ts';
import { runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, testConfig } from '../support/test-config.ts';

type Key = { id: string; key: string; lastUsedAt: string | null };

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

describe('an API key in a running gateway', () => {
  it('lets in across a restart, is noted as used, and is refused within a second of its revocation', async () => {
    const { api, restart } = await runGateway();
    const body = { name: 'Django', scopes: ['read'] };
    const { body: made } = await api<Key>('POST', '/v1/keys', body);
    expect((await api('GET', '/v1/contacts', undefined, bearer(made.key))).status).toBe(200);
    await restart();
    expect((await api('GET', '/v1/contacts', undefined, bearer(made.key))).status).toBe(200);
    await expect
      .poll(async () => (await api<{ data: Key[] }>('GET', '/v1/keys')).body.data[0]?.lastUsedAt)
      .toMatch(/^20/);

    const revokedAt = performance.now();
    await api('DELETE', `/v1/keys/${made.id}`);
    await expect
      .poll(async () => (await api('GET', '/v1/contacts', undefined, bearer(made.key))).status, {
        interval: 20,
      })
      .toBe(401);
    // A second, and what a busy machine needs for the last request.
    expect(performance.now() - revokedAt).toBeLessThan(2_000);
  });

  it('never reaches the log', async () => {
    const { api, log } = await runGateway();
    const { body: made } = await api<Key>('POST', '/v1/keys', { name: 'Django', scopes: ['read'] });
    await api('GET', '/v1/contacts', undefined, bearer(made.key));
    await api('GET', '/v1/contacts', undefined, bearer(`${made.key}x`));
    expect(log.join('\n')).not.toContain(made.key);
  });
});

describe('recado keys', () => {
  it('makes a key that works, lists it without its text, and revokes it', async () => {
    const { gateway, api } = await runGateway();
    const folder = temporaryFolder();
    const environment = { RECADO_URL: gateway.adminUrl, RECADO_ADMIN_KEY: adminKey };
    const words = ['keys', 'create', '--name', 'Django', '--scope', 'read', '--scope', 'send'];
    const created = await runRecado(folder, words, environment);
    expect(created).toMatchObject({ exitCode: 0, stderr: '' });
    const text = /^ {2}(rk_\S{43})$/m.exec(created.stdout)?.[1] ?? '';
    const id = /Key (ak_\w{16}) "Django", scopes: read, send/.exec(created.stdout)?.[1] ?? '';
    expect((await api('GET', '/v1/contacts', undefined, bearer(text))).status).toBe(200);

    const listed = await runRecado(folder, ['keys', 'list'], environment);
    expect(listed.stdout).toContain(id);
    expect(listed.stdout).not.toContain(text);
    expect(Math.max(...listed.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);

    const revoked = await runRecado(folder, ['keys', 'revoke', id, '--json'], environment);
    expect(JSON.parse(revoked.stdout)).toMatchObject({ id, revokedAt: expect.stringMatching(/^20/) });
    const after = await runRecado(folder, ['keys', 'list', '--json'], environment);
    expect(JSON.parse(after.stdout)).toMatchObject({ data: [{ id, name: 'Django' }], next: null });
  });

  it.each([
    [['keys'], 2, /create, list or revoke[\s\S]*Next: npx recado keys --help/],
    [['keys', 'make'], 2, /found "make"/],
    [['keys', 'create', '--name', 'x'], 2, /--scope/],
    [['keys', 'create', '--name', 'x', '--scope', 'all'], 2, /read, send, manage; found "all"/],
    [['keys', 'revoke', 'ak_0000000000000000'], 1, /\(api-key-unknown\)\nNext: .*recado keys list/],
  ])('%j ends with %i', async (words, exitCode, stderr) => {
    const { gateway } = await runGateway();
    const environment = { RECADO_URL: gateway.adminUrl, RECADO_ADMIN_KEY: adminKey };
    const run = await runRecado(temporaryFolder(), words, environment);
    expect(run).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(stderr) });
  });
});

describe('ADMIN_PORT', () => {
  const apart = { admin: { host: '127.0.0.1', port: 0 } };

  it('takes the API away from PORT; webhooks still come in, and commands find their way', async () => {
    const { gateway, simulator, api, settle, log } = await runGateway({
      config: (config) => ({ ...config, ...apart }),
    });
    expect(gateway.adminUrl).not.toBe(gateway.url);
    expect(log.join('\n')).toContain(`the API is on ${gateway.adminUrl}`);
    await simulator.person('558587654321').writes('Oi');
    await settle();
    expect((await api<{ data: unknown[] }>('GET', '/v1/contacts')).body.data).toHaveLength(1);
    const outside = await fetch(`${gateway.url}/v1/contacts`, { headers: bearer(adminKey) });
    expect([outside.status, await outside.json()]).toMatchObject([404, { code: 'elsewhere' }]);

    const ports = { PORT: new URL(gateway.url).port, ADMIN_PORT: new URL(gateway.adminUrl).port };
    const run = await runRecado(temporaryFolder(), ['keys', 'list'], {
      ...ports,
      RECADO_ADMIN_KEY: adminKey,
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('that is taken is named, with the setting to change', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      taken.close();
    });
    const { port } = taken.address() as AddressInfo;
    const config = testConfig(temporaryFolder(), { admin: { host: '127.0.0.1', port } });
    await expect(createGateway(config, { writeLog: () => {} })).rejects.toMatchObject({
      message: expect.stringContaining(`Port ${port}`),
      remedy: expect.stringContaining(`ADMIN_PORT=${port + 1}`),
    });
  });
});

describe('RATE_LIMIT', () => {
  it('answers 429 beyond it, per key', async () => {
    const { api } = await runGateway({ config: (config) => ({ ...config, rateLimit: 2 }) });
    const statuses = [];
    for (let request = 0; request < 3; request += 1) {
      statuses.push((await api('GET', '/v1/contacts')).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});
