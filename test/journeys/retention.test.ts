import { expect, it } from 'vitest';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';
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
  // Who has been away for longer goes on with what there is.
  const behind = await api<Page<EventBody>>('GET', `/v1/events?after=${cursor?.id}`);
  expect(behind.body.data).toEqual(left);
  const contacts = await api<Page<ContactBody>>('GET', '/v1/contacts');
  expect(contacts.body.data).toMatchObject([{ name: 'Ana Souza', window: { open: true } }]);
  const fate = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
  expect(fate.body).toMatchObject({ state: 'delivered', attempts: [] });
  expect(fate.body.statuses.length).toBeGreaterThan(0);
  const metrics = await fetch(`${gateway.url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } });
  const forgotten = before.length - left.length;
  expect(await metrics.text()).toContain(`recado_forgotten_total{what="events"} ${forgotten}\n`);
});
