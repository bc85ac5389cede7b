import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { runSandbox } from '../../src/sandbox/run-sandbox.ts';
import { runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testConfig } from '../support/test-config.ts';

/** As much of an answer as these tests look at. */
type Answered = { data?: unknown[]; people?: unknown[]; pretendAdminKey?: unknown };

/** A sandbox of a test's own; it ends with the test. */
async function openSandbox(folder: string, changes: Partial<Config> = {}) {
  const log: string[] = [];
  const sandbox = await runSandbox(testConfig(folder, { adminKey: null, ...changes }), {
    simulator: { latency: 0 },
    writeLog: (line) => log.push(line),
  });
  onTestFinished(() => sandbox.close());
  const opened = await fetch(sandbox.url);
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ask = async (path: string, body?: object): Promise<{ status: number; body: Answered }> => {
    const response = await fetch(sandbox.url + path, {
      headers: {
        cookie,
        origin: sandbox.url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
  return { ...sandbox, log, ask };
}

describe('a sandbox', () => {
  it('says how to reach it to its owner alone, and takes that back at the end', async () => {
    const folder = temporaryFolder();
    const sandbox = await openSandbox(folder);
    const file = join(folder, 'sandbox.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      url: sandbox.url,
      adminKey: sandbox.adminKey,
      pid: process.pid,
      webhook: {
        url: `${sandbox.url}/webhooks/whatsapp/`,
        appSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(sandbox.adminKey).toMatch(/^rk_sandbox_[\w-]{32}$/);
    expect(existsSync(join(folder, 'recado.db'))).toBe(false);
    await sandbox.close();
    expect(existsSync(file)).toBe(false);
  });

  it('proves with Meta’s handshake that gateway and pretend Meta reach each other', async () => {
    const { log } = await openSandbox(temporaryFolder());
    expect(log.some((line) => line.includes('Webhook verified'))).toBe(true);
  });

  it('says in its log the code that the pretend Meta has sent', async () => {
    const { log, graphUrl, simulator } = await openSandbox(temporaryFolder());
    simulator.accounts.phone().codeVerificationStatus = 'NOT_VERIFIED';
    await fetch(`${graphUrl}/v25.0/${simulator.settings.phoneNumberId}/request_code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${simulator.settings.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ code_method: 'SMS', language: 'pt_BR' }),
    });
    expect(log.join('\n')).toMatch(/The code \d{6} has come to 551132100000/);
  });

  it('takes the page’s session for the API, and the admin key, and nothing else', async () => {
    const { url, adminKey, ask } = await openSandbox(temporaryFolder());
    expect((await ask('/v1/contacts')).status).toBe(200);
    const bearing = (key: string) =>
      fetch(`${url}/v1/contacts`, { headers: { authorization: `Bearer ${key}` } });
    expect((await bearing(adminKey)).status).toBe(200);
    expect((await bearing('rk_sandbox_guess')).status).toBe(401);
    expect((await fetch(`${url}/v1/contacts`)).status).toBe(401);
  });

  it('shows a key that it made up, never one that was configured', async () => {
    const madeUp = await openSandbox(temporaryFolder());
    expect((await madeUp.ask('/sandbox/setup')).body).toMatchObject({ pretendAdminKey: madeUp.adminKey });
    const configured = await openSandbox(temporaryFolder(), { adminKey: 'rk_configured-for-tests' });
    const { body } = await configured.ask('/sandbox/setup');
    expect(JSON.stringify(body)).not.toContain('rk_configured-for-tests');
    expect(configured.adminKey).toBe('rk_configured-for-tests');
  });

  it('starts empty each time, phones and contacts alike, and says so', async () => {
    const folder = temporaryFolder();
    const first = await openSandbox(folder);
    expect(first.log.join('\n')).not.toContain('starts empty');
    await first.ask('/sandbox/people/558587654321/messages', { text: 'Hi' });
    await expect.poll(async () => (await first.ask('/v1/contacts')).body.data).toHaveLength(1);
    await first.close();

    const second = await openSandbox(folder);
    expect((await second.ask('/v1/contacts')).body.data).toEqual([]);
    expect((await second.ask('/sandbox/people')).body.people).toMatchObject([
      { name: 'Ana Souza', messages: [] },
      { name: 'Bruno Lima', messages: [] },
    ]);
    expect(second.log.join('\n')).toContain('starts empty each time');
  });

  it('leaves a running one in the same folder alone, and names it', async () => {
    const folder = temporaryFolder();
    const first = await openSandbox(folder);
    await first.ask('/sandbox/people/558587654321/messages', { text: 'Hi' });
    await expect.poll(async () => (await first.ask('/v1/contacts')).body.data).toHaveLength(1);
    await expect(openSandbox(folder)).rejects.toThrow(`already runs in this folder: ${first.url}`);
    expect((await first.ask('/v1/contacts')).body.data).toHaveLength(1);
    expect(existsSync(join(folder, 'sandbox.json'))).toBe(true);
  });

  it('leaves nothing behind when it cannot listen', async () => {
    const taken = await openSandbox(temporaryFolder());
    const folder = temporaryFolder();
    const http = { host: '127.0.0.1', port: Number(new URL(taken.url).port) };
    await expect(openSandbox(folder, { http })).rejects.toThrow();
    expect(existsSync(join(folder, 'sandbox.json'))).toBe(false);
  });
});

it('a real gateway serves no phones', async () => {
  const { gateway } = await runGateway();
  for (const path of [
    '/sandbox',
    '/sandbox/phone',
    '/sandbox/people',
    '/sandbox/setup',
    '/sandbox/page/main.js',
    '/sandbox/login',
  ]) {
    const answer = await fetch(gateway.url + path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('set-cookie')).toBeNull();
  }
});
