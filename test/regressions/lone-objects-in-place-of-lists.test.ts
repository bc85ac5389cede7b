import { expect, it } from 'vitest';
import type { EventPageBody } from '../../src/server/contract/event.ts';
import { runGateway } from '../support/running-gateway.ts';
import { webhookFixture } from '../support/webhook-fixtures.ts';

/**
 * Programs that turn XML or forms into JSON write a list of one as that one. Everything of such a body was there, and
 * `unrecognised`: nobody was registered, and the message was in no conversation.
 */
it('one entry, change, contact, message, status or error counts as a list of one', async () => {
  const { api, post, settle } = await runGateway();
  expect((await post(webhookFixture('lone-objects'))).status).toBe(200);
  await settle();
  const { data } = (await api<EventPageBody>('GET', '/v1/events?limit=500')).body;
  expect(data).toMatchObject([
    { kind: 'message', summary: 'Sozinha' },
    { kind: 'status', summary: 'Failed for 558587654321: Account problem' },
  ]);
  const contacts = await api<{ data: object[] }>('GET', '/v1/contacts');
  expect(contacts.body.data).toMatchObject([{ name: 'Ana Souza', waId: '558587654321' }]);
  const threads = await api<{ data: { id: string }[] }>('GET', '/v1/conversations');
  const path = `/v1/conversations/${threads.body.data[0]?.id}/messages`;
  expect((await api<{ data: object[] }>('GET', path)).body.data).toMatchObject([
    { direction: 'in', text: 'Sozinha' },
  ]);
});
