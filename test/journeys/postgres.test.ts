import { expect, it } from 'vitest';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { migratedDatabase } from '../support/postgres/migrated-database.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';

it('on PostgreSQL hears, registers, notifies and tracks, and finds all of it again after a restart', async () => {
  const url = await migratedDatabase(18);
  const { simulator, api, settle, restart } = await runGateway({
    config: (config) => ({
      ...config,
      database: { ...config.database, postgres: { url, directUrl: null } },
    }),
  });
  const ana = simulator.person('558587654321', { name: 'Ana Souza' });
  await ana.writes('Hi');
  await settle();
  const taken = await api<NotificationBody>('POST', '/v1/notifications', {
    to: '+55 85 98765-4321',
    text: 'Your interview is tomorrow at 10.',
  });
  expect(taken.status).toBe(202);
  await settle();
  await ana.reads();
  await settle();
  await restart();

  const contacts = await api<Page<ContactBody>>('GET', '/v1/contacts?search=ana');
  expect(contacts.body.data).toMatchObject([{ name: 'Ana Souza', window: { open: true } }]);
  const read = await api<NotificationBody>('GET', `/v1/notifications/${taken.body.id}`);
  expect(read.body).toMatchObject({ state: 'read', contactId: contacts.body.data[0]?.id });
  const events = await api<Page<EventBody>>('GET', '/v1/events');
  expect(events.body.data.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['message', 'notification', 'status']),
  );
  await ana.writes('Thank you');
  await settle();
  const after = await api<Page<EventBody>>('GET', '/v1/events?kind=message');
  expect(after.body.data).toHaveLength(2);
});
