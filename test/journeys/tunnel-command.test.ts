import { randomBytes } from 'node:crypto';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openNgrok } from '../../src/adapters/tunnel/ngrok.ts';
import { openTunnelDoor } from '../../src/adapters/tunnel/tunnel-door.ts';
import { announcedTunnel, announceTunnel } from '../../src/adapters/tunnel/tunnel-file.ts';
import type { ConnectionBody } from '../../src/server/contract/connection.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { writeFakeAgent } from '../support/fake-tunnel-agent.ts';
import { runRecado, startRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, appSecret, businessPhone } from '../support/test-config.ts';

const appId = '500100500100500';

/** What `recado tunnel` must know to find a gateway of a test: its port, its key, its database's folder. */
function environmentOf({ gateway, config }: RunningGateway): Record<string, string> {
  return {
    PORT: new URL(gateway.url).port,
    RECADO_ADMIN_KEY: adminKey,
    DATABASE_URL: `sqlite:${config.database.file}`,
    META_WEBHOOK_VERIFY_TOKEN: config.meta.verifyToken ?? '',
  };
}

function withApp() {
  return runGateway({ config: (config) => ({ ...config, meta: { ...config.meta, appId } }) });
}

/** The status of a request whose path is sent as it is written. */
function ask(url: string, path: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ host: hostname, port, path, method }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('recado tunnel', () => {
  it('makes the webhook path public, tells the gateway so, and connects it with Meta', async () => {
    const running = await withApp();
    const folder = temporaryFolder();
    const agent = writeFakeAgent(folder);
    const words = ['tunnel', '--agent', agent, '--connect'];
    const command = startRecado(folder, words, environmentOf(running));
    const [, url = ''] = await command.prints(/Public address: (http\S+)/);
    await command.prints(/Connected, and read back/);
    await command.prints(/stays open/);
    const { accounts } = running.simulator;
    expect(accounts.app().subscription.callbackUrl).toBe(`${url}/webhooks/whatsapp/`);
    expect(command.printed()).not.toContain('Mind: The public address');

    await running.simulator.person('558587654321').writes('Oi pelo túnel');
    await running.settle();
    const { body } = await running.api<{ data: object[] }>('GET', '/v1/contacts');
    expect(body.data).toMatchObject([{ waId: '558587654321' }]);

    const connection = () => running.api<ConnectionBody>('GET', '/v1/connection');
    expect((await connection()).body.callbackUrl).toBe(`${url}/webhooks/whatsapp/`);
    command.process.kill('SIGTERM');
    const { exitCode, stdout } = await command.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Closed. If Meta was told');
    expect((await connection()).body.callbackUrl).toBe(`${running.gateway.url}/webhooks/whatsapp/`);
  });

  it('sees a page in front of the gateway', async () => {
    const running = await withApp();
    const folder = temporaryFolder();
    const agent = writeFakeAgent(folder, { page: true });
    const command = startRecado(folder, ['tunnel', '--agent', agent], environmentOf(running));
    await command.prints(/a page stands in front \(HTTP 200\)/);
  });

  it('ends when the agent ends, and says what becomes of the webhooks', async () => {
    const running = await withApp();
    const folder = temporaryFolder();
    const agent = writeFakeAgent(folder, { ends: true });
    const ended = await runRecado(folder, ['tunnel', '--agent', agent], {
      ...environmentOf(running),
      META_WEBHOOK_VERIFY_TOKEN: '',
    });
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('The tunnel has ended');
    expect(ended.stderr).toContain('exit code 3');
    expect(announcedTunnel(running.config.database.file)).toBeNull();
  });

  it('finds cloudflared on PATH, and takes its address only', async () => {
    const running = await withApp();
    const folder = temporaryFolder();
    writeFakeAgent(folder, { name: 'cloudflared', line: 'see URL, or https://some-words.trycloudflare.com' });
    const environment = { ...environmentOf(running), PATH: folder, META_WEBHOOK_VERIFY_TOKEN: '' };
    const command = startRecado(folder, ['tunnel', '--json'], environment);
    await command.prints(/"url":"https:\/\/some-words\.trycloudflare\.com"/);
    await command.prints(/another address at each start/);
  });

  it('says how to get what is not there', async () => {
    const running = await withApp();
    const folder = temporaryFolder();
    const environment = environmentOf(running);
    const ngrok = await runRecado(folder, ['tunnel'], environment);
    expect(ngrok).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('npm install @ngrok/ngrok') });
    const none = await runRecado(folder, ['tunnel', '--agent', join(folder, 'none')], environment);
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('ENOENT') });
    const gateway = await runRecado(folder, ['tunnel'], { ...environment, PORT: '9' });
    expect(gateway).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('serve --tunnel') });
  });

  it('comes with serve', async () => {
    const simulator = await createSimulator({ businessPhone, appSecret, accessToken: 'EAAtests' });
    onTestFinished(() => simulator.close());
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, '.env'),
      [
        `META_GRAPH_URL=${simulator.graphUrl}`,
        'META_WEBHOOK_VERIFY_TOKEN=verify-me-in-tests',
        `META_APP_SECRET=${appSecret}`,
        'META_ACCESS_TOKEN=EAAtests',
        `META_PHONE_NUMBER_ID=${businessPhone.phoneNumberId}`,
        `META_WABA_ID=${businessPhone.wabaId}`,
        `RECADO_ADMIN_KEY=${adminKey}`,
      ].join('\n'),
    );
    const agent = writeFakeAgent(folder);
    const words = ['serve', '--host', '127.0.0.1', '--port', '0', '--tunnel', '--agent', agent, '--connect'];
    const command = startRecado(folder, words);
    const [, url] = await command.prints(/Public address: (http\S+)/);
    await command.prints(/Connected, and read back/);
    expect(simulator.accounts.app().subscription.callbackUrl).toBe(`${url}/webhooks/whatsapp/`);
    await command.prints(/stays open/);
    command.process.kill('SIGTERM');
    expect((await command.ended).exitCode).toBe(0);
    expect(existsSync(join(folder, 'data/tunnel.json'))).toBe(false);
  });
});

describe('the door of a tunnel', () => {
  it.each([
    ['/', 404],
    ['/v1/contacts', 404],
    ['/healthz', 404],
    ['/webhooks/whatsapp/../../v1/contacts', 404],
    ['//webhooks/whatsapp/', 404],
    ['/webhooks/whatsapp%2f', 404],
    ['http://127.0.0.1/v1/contacts', 404],
    ['/webhooks/whatsapp?hub.mode=subscribe', 403],
  ])('answers %s with %i', async (path, status) => {
    const { gateway } = await runGateway();
    const door = await openTunnelDoor(gateway.url);
    onTestFinished(() => door.close());
    expect(await ask(door.url, path)).toBe(status);
  });

  it('lets GET and POST through, and the bytes of a body unaltered', async () => {
    const running = await runGateway();
    const door = await openTunnelDoor(running.gateway.url);
    onTestFinished(() => door.close());
    expect(await ask(door.url, '/webhooks/whatsapp/', 'DELETE')).toBe(405);
    const body = Buffer.concat([
      Buffer.from('{"object":"whatsapp_business_account","entry":[],"note":"ção 😀 \\u00e7'),
      Buffer.from(randomBytes(600_000).toString('base64')),
      Buffer.from('"}'),
    ]);
    const answer = await fetch(`${door.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': signBody(body, appSecret), 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(200);
  });

  it('answers 503 while the gateway is gone, so that Meta tries again', async () => {
    const door = await openTunnelDoor('http://127.0.0.1:9');
    onTestFinished(() => door.close());
    expect(await ask(door.url, '/webhooks/whatsapp/')).toBe(503);
  });
});

describe('the address of a tunnel', () => {
  it('counts only while the tunnel gives signs of life', () => {
    const file = join(temporaryFolder(), 'recado.db');
    expect(announcedTunnel(file)).toBeNull();
    const announced = announceTunnel(file, 'https://one.example.com');
    onTestFinished(() => announced.close());
    expect(announcedTunnel(file)).toBe('https://one.example.com');
    const long = new Date(Date.now() - 60_000);
    utimesSync(join(file, '../tunnel.json'), long, long);
    expect(announcedTunnel(file)).toBeNull();
    writeFileSync(join(file, '../tunnel.json'), '{"url":"no address"}');
    expect(announcedTunnel(file)).toBeNull();
  });
});

describe('ngrok', () => {
  const listener = { url: () => 'https://abc123.ngrok.app/', close: async () => {} };

  it('is opened in the process, with the token and the domain of the account', async () => {
    const asked: object[] = [];
    const load = async () => ({
      default: {
        async forward(options: object) {
          asked.push(options);
          return listener;
        },
      },
    });
    const tunnel = await openNgrok({ authtoken: 'secret', domain: 'a.ngrok.app', load })(
      'http://127.0.0.1:1',
    );
    expect(tunnel.url).toBe('https://abc123.ngrok.app');
    expect(asked).toEqual([{ addr: 'http://127.0.0.1:1', authtoken: 'secret', domain: 'a.ngrok.app' }]);
    expect(tunnel.warnings).toHaveLength(1);
    const nameless = await openNgrok({ authtoken: 'secret', domain: null, load })('http://127.0.0.1:1');
    expect(nameless.warnings.join(' ')).toContain('another address at each start');
  });

  it('explains what it lacks, and shows no token', async () => {
    const refused = async () => ({
      forward: async () => Promise.reject(new Error('authtoken secret is not valid')),
    });
    const options = { authtoken: 'secret', domain: null };
    await expect(openNgrok({ ...options, load: refused })('x')).rejects.toMatchObject({
      message: 'ngrok opened no tunnel: authtoken … is not valid',
    });
    await expect(openNgrok({ ...options, load: async () => ({}) })('x')).rejects.toThrow('no function');
    await expect(openNgrok({ authtoken: null, domain: null, load: refused })('x')).rejects.toThrow(
      'NGROK_AUTHTOKEN',
    );
    const strange = async () => ({ forward: async () => null });
    await expect(openNgrok({ ...options, load: strange })('x')).rejects.toThrow('without an address');
  });
});
