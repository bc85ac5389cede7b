import { expect, it } from 'vitest';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { runRecado } from '../support/run-recado.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const day = 24 * 60 * 60_000;

it('forgets what is older than somebody wants to keep, and knows people and fates all the same', async () => {
  const clock = testClock();
  const { simulator, api, settle, gateway } = await runGateway({ overrides: { clock } });
  const ana = simulator.person('558587654321', { name: 'Ana Souza' });
  await ana.writes('Oi');
  await settle();
  const taken = await api<NotificationBody>('POST', '/v1/notifications', { to: '558587654321', text: 'Olá' });
  await settle();
  clock.advance(40 * day);
  await ana.writes('Bom dia');
  await settle();
  const events = async () => (await api<Page<EventBody>>('GET', '/v1/events?limit=500')).body.data;
  const before = await events();
  const [cursor] = before;

  // Nothing is forgotten before somebody decides it.
  expect(before.filter(({ kind }) => kind === 'message')).toHaveLength(2);
  const tooShort = await api<{ errors: { message: string }[] }>('PATCH', '/v1/settings', {
    retention: '29 d',
  });
  expect(tooShort.body.errors[0]?.message).toBe(
    '`retention` must be a time from 30 d to 3650 d, such as `400 d`.',
  );
  expect(await api('PATCH', '/v1/settings', { retention: '30 d' })).toMatchObject({ status: 200 });
  await settle();

  const left = await events();
  expect(left).toEqual(before.slice(-left.length));
  expect(left.filter(({ kind }) => kind === 'message')).toMatchObject([
    { payload: { text: { body: 'Bom dia' } } },
  ]);
  // Who has been away for longer is told, and goes on with what there is; who has missed nothing goes on as ever.
  const place = before.length - left.length - 1;
  for (const path of ['/v1/events', '/v1/events/stream']) {
    expect(await api('GET', `${path}?after=${before[place - 1]?.id}`)).toMatchObject({
      status: 410,
      body: { code: 'events-forgotten', detail: expect.stringContaining(`up to ${before[place]?.id}`) },
    });
  }
  const listen = (...words: string[]) =>
    runRecado(temporaryFolder(), ['listen', ...words], {
      RECADO_URL: gateway.url,
      RECADO_ADMIN_KEY: adminKey,
    });
  const late = await listen('--after', `${cursor?.id}`);
  expect(late).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('you would miss them') });
  expect(late.stderr).toContain('npx recado listen --from start');
  const inTime = await listen('--after', `${before[place]?.id}`, '--count', '1', '--json');
  expect(JSON.parse(inTime.stdout)).toEqual(left[0]);
  for (const behind of ['', '?after=ev_0000000000', `?after=${before[place]?.id}`]) {
    expect((await api<Page<EventBody>>('GET', `/v1/events${behind}`)).body.data).toEqual(left);
  }
  const contacts = await api<Page<ContactBody>>('GET', '/v1/contacts');
  expect(contacts.body.data).toMatchObject([{ name: 'Ana Souza', window: { open: true } }]);
  const fate = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
  expect(fate.body).toMatchObject({ state: 'delivered', attempts: [] });
  expect(fate.body.statuses.length).toBeGreaterThan(0);
  const metrics = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } });
  const forgotten = before.length - left.length;
  expect(await metrics.text()).toContain(`recado_forgotten_total{what="events"} ${forgotten}\n`);
});
