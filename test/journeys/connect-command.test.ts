import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConnectionBody } from '../../src/server/contract/connection.ts';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const appId = '500100500100500';
const port = 8000;

/**
 * A gateway of which Meta knows nothing yet. Its public address is that of its own door: the simulator calls it as Meta
 * would.
 */
async function unconnected(
  options: { pin?: string; appId?: string | null; publicUrl?: (url: string) => string } = {},
) {
  const address = { url: '' };
  const running = await runGateway({
    config: (config) => ({
      ...config,
      get publicUrl() {
        return options.publicUrl?.(address.url) ?? address.url;
      },
      meta: {
        ...config.meta,
        appId: options.appId === undefined ? appId : options.appId,
        registrationPin: options.pin ?? null,
      },
    }),
  });
  address.url = running.gateway.url;
  const { accounts } = running.simulator;
  const app = accounts.app();
  app.subscription = { ...app.subscription, callbackUrl: null, fields: new Set(), verified: true };
  accounts.whatsappAccount().subscribedApps.clear();
  return { running, accounts, app };
}

function connect({ gateway }: RunningGateway, ...words: string[]) {
  return runRecado(temporaryFolder(), ['connect', ...words], {
    RECADO_URL: gateway.adminUrl,
    RECADO_ADMIN_KEY: adminKey,
  });
}

describe('recado connect', () => {
  it('does by itself what the old guide did by hand, and messages come', async () => {
    const { running, accounts, app } = await unconnected({ pin: '212834' });
    running.simulator.unregister();

    const planned = await connect(running, '--dry-run');
    expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
    expect(planned.stdout).toContain('→ Webhook of the app 500100500100500');
    expect(app.subscription.callbackUrl).toBeNull();

    const done = await connect(running, '--yes');
    expect(done).toMatchObject({ exitCode: 0, stderr: '' });
    expect(done.stdout).toContain('Connected, and read back.');
    expect(app.subscription.callbackUrl).toBe(`${running.gateway.url}/webhooks/whatsapp/`);
    expect([...app.subscription.fields]).toContain('messages');
    expect(accounts.whatsappAccount().subscribedApps.has(appId)).toBe(true);
    expect(accounts.phone().registered).toBe(true);

    await running.simulator.person('558587654321').writes('Oi');
    await running.settle();
    const { body } = await running.api<{ data: { waId: string }[] }>('GET', '/v1/contacts');
    expect(body.data).toMatchObject([{ waId: '558587654321' }]);
  });

  it('changes nothing the second time, and says so', async () => {
    const { running } = await unconnected();
    await connect(running, '--yes');
    const changes = () => running.simulator.requests().filter(({ method }) => method === 'POST').length;
    const before = changes();
    const again = await connect(running, '--yes');
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain('Everything is right already; nothing was changed.');
    expect(changes()).toBe(before);
  });

  it('changes nothing without a word from somebody', async () => {
    const { running, app } = await unconnected();
    const unasked = await connect(running, '--json');
    expect(unasked.exitCode).toBe(2);
    expect(unasked.stderr).toContain('--yes');
    expect(JSON.parse(unasked.stdout)).toMatchObject({ connected: false });
    expect(app.subscription.callbackUrl).toBeNull();
  });

  it('keeps the app’s callback for whoever has it when an override is asked for', async () => {
    const { running, accounts, app } = await unconnected();
    const callbackUrl = 'https://crm.example.com/hook';
    app.subscription = { ...app.subscription, callbackUrl, fields: new Set(['messages']) };
    expect((await connect(running, '--yes', '--way', 'account')).exitCode).toBe(0);
    expect(app.subscription.callbackUrl).toBe(callbackUrl);
    const here = `${running.gateway.url}/webhooks/whatsapp/`;
    expect(accounts.whatsappAccount().subscribedApps.get(appId)?.override?.callbackUrl).toBe(here);
    expect((await connect(running, '--yes', '--way', 'phone')).exitCode).toBe(0);
    expect(accounts.phone().callbackOverride?.callbackUrl).toBe(here);
    // Back to the app's: both overrides lead here and stay.
    const back = await connect(running, '--dry-run');
    expect(back.stdout).toContain(`Mind: What listens at ${callbackUrl} hears nothing more of this app.`);
  });

  it('says what Meta says to a callback that does not answer, and the cure', async () => {
    const { running } = await unconnected({ publicUrl: (url) => `${url}/elsewhere` });
    const failed = await connect(running, '--yes');
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('✗ Webhook of the app');
    expect(failed.stdout).toContain('Meta (#100):');
    expect(failed.stderr).toContain('npx recado doctor');
    // One part that fails keeps no other from being done.
    expect(failed.stdout).toContain('✓ WhatsApp account');
  });

  it('asks Meta which app it is when META_APP_ID is not set', async () => {
    const { running } = await unconnected({ appId: null });
    const { body } = await running.api<ConnectionBody>('GET', '/v1/connection');
    expect(body.steps[0]).toMatchObject({ part: 'app-callback', subject: appId, outcome: 'to-change' });
  });

  it('names what is missing on this side, and what Meta refuses', async () => {
    const { running, accounts } = await unconnected();
    const token = accounts.tokens()[0];
    token?.scopes.delete('whatsapp_business_management');
    accounts.app().secret = 'another secret';
    const { body } = await running.api<ConnectionBody>('GET', '/v1/connection');
    expect(body.steps.map(({ problem }) => problem?.code)).toEqual([
      'app-secret-wrong',
      'permission-missing',
      'permission-missing',
    ]);
    const text = JSON.stringify(body);
    for (const secret of [running.config.meta.accessToken, ...running.config.meta.appSecrets]) {
      expect(text).not.toContain(secret);
    }
  });

  it('leaves an entry in the audit log for each change', async () => {
    const { running } = await unconnected();
    await connect(running, '--yes');
    const { body } = await running.api<{ data: object[] }>('GET', '/v1/audit');
    expect(body.data).toMatchObject([
      { action: 'connection.changed', subject: appId },
      { action: 'connection.changed', subject: '300100300100300' },
    ]);
  });

  it('says that the gateway must run when it does not', async () => {
    const environment = { RECADO_URL: 'http://127.0.0.1:9', RECADO_ADMIN_KEY: adminKey };
    const { exitCode, stderr } = await runRecado(temporaryFolder(), ['connect', '--yes'], environment);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('It must run while it is connected');
  });

  it.each([
    ['en', 'Verify token   verify-me-by-hand'],
    ['pt-BR', 'Verificar token             verify-me-by-hand'],
  ])('prints the steps for the hand, with the values of .env: %s', async (language, line) => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, '.env'),
      [
        'META_APP_ID=400100400100400',
        'META_WABA_ID=300100300100300',
        'META_ACCESS_TOKEN=EAAneverprinted',
        'META_WEBHOOK_VERIFY_TOKEN=verify-me-by-hand',
        'PUBLIC_URL=https://api.example.com',
        `PORT=${port}`,
      ].join('\n'),
    );
    const { stdout, exitCode } = await runRecado(folder, ['connect', '--print', '--language', language]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('apps/400100400100400/');
    expect(stdout).toContain('https://api.example.com/webhooks/whatsapp/');
    expect(stdout).toContain('300100300100300/subscribed_apps');
    expect(stdout).toContain(line);
    expect(stdout).not.toContain('EAAneverprinted');
  });
});
