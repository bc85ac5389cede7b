import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AlarmPageBody } from '../../src/server/contract/alarm.ts';
import type { BusinessPhonePageBody } from '../../src/server/contract/business-phone.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const hour = 60 * 60_000;

function withPin(pin: string | null, clock = testClock()): Promise<RunningGateway> {
  return runGateway({
    overrides: { clock },
    config: (config) => ({ ...config, meta: { ...config.meta, registrationPin: pin } }),
  });
}

function register({ gateway }: RunningGateway, ...words: string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'pin.txt'), '212834\n');
  writeFileSync(join(folder, 'words.txt'), 'my pin');
  writeFileSync(join(folder, 'other.txt'), '999999');
  return runRecado(folder, ['register', ...words], {
    RECADO_URL: gateway.adminUrl,
    RECADO_ADMIN_KEY: adminKey,
  });
}

it('cures #133010, and the alarm of it', async () => {
  const clock = testClock();
  const running = await withPin('212834', clock);
  running.simulator.unregister();
  const request = { to: '558587654321', template: { name: 'hello_world', language: 'en_US' } };
  running.simulator.person('558587654321');
  const failed = await running.api<NotificationBody>('POST', '/v1/notifications', request);
  await running.settle();
  const story = await running.api<NotificationBody>('GET', `/v1/notifications/${failed.body.id}`);
  const before = await running.api<BusinessPhonePageBody>('GET', '/v1/business-phones');
  expect(before.body.data).toMatchObject([{ state: { registered: false } }]);
  expect(story.body.failure).toMatchObject({
    metaCode: 133_010,
    remedy: expect.stringContaining('npx recado register'),
    check: 'registered',
  });
  const registered = await register(running);
  expect(registered).toMatchObject({ exitCode: 0, stderr: '' });
  expect(registered.stdout).toContain('is registered on the Cloud API');

  const phones = await running.api<BusinessPhonePageBody>('GET', '/v1/business-phones');
  expect(phones.body.data).toMatchObject([{ state: { registered: true } }]);
  const sent = await running.api<NotificationBody>('POST', '/v1/notifications', request);
  await running.settle();
  const after = await running.api<NotificationBody>('GET', `/v1/notifications/${sent.body.id}`);
  expect(after.body.state).toBe('delivered');
  clock.advance(60_000);
  await running.settle();
  const alarms = await running.api<AlarmPageBody>('GET', '/v1/alarms');
  expect(alarms.body.data).toMatchObject([
    { code: 'business-phone-not-registered', resolvedAt: expect.any(String) },
  ]);
});

it('says what Meta says, and which check of the catalogue follows', async () => {
  const running = await withPin(null);
  expect((await register(running)).stderr).toContain('META_REGISTRATION_PIN');
  expect((await register(running, '--pin-file', 'pin.txt')).exitCode).toBe(0);
  const other = await running.api<{ code: string; detail: string }>(
    'POST',
    `/v1/business-phones/${running.simulator.settings.phoneNumberId}/register`,
    { pin: '999999' },
  );
  expect([other.status, other.body.code]).toEqual([422, 'registration-refused']);
  expect(other.body.detail).toContain('#133005');
  expect(other.body).toMatchObject({
    remedy: expect.stringMatching(/^Find the PIN that was set .* recado show error 133005$/),
    check: 'registered',
  });
  const refused = await register(running, '--pin-file', 'other.txt');
  expect(refused.stderr).toContain('Confirm: npx recado doctor --only registered');
  expect(refused.stderr).toContain('Next: Find the PIN that was set');
  expect((await register(running, '--pin-file', 'words.txt')).stderr).toContain('six digits alone');
  expect((await register(running, '--pin-file', 'none.txt')).stderr).toContain('ENOENT');
  expect((await register(running, '999', '--pin-file', 'pin.txt')).stderr).toContain(
    'business-phone-unknown',
  );
});

it('makes no eleventh call in 72 hours, which Meta would refuse', async () => {
  const clock = testClock();
  const running = await withPin('212834', clock);
  const path = `/v1/business-phones/${running.simulator.settings.phoneNumberId}/register`;
  const calls = () =>
    running.simulator.requests().filter(({ path: called }) => called.endsWith('/register')).length;
  for (let call = 0; call < 10; call++) {
    expect((await running.api('POST', path, {})).status).toBe(200);
    clock.advance(hour);
  }
  const refused = await running.api<{ code: string }>('POST', path, {});
  expect([refused.status, refused.body.code, calls()]).toEqual([409, 'registration-limit', 10]);
  clock.advance(62 * hour);
  expect([(await running.api('POST', path, {})).status, calls()]).toEqual([200, 11]);
});
