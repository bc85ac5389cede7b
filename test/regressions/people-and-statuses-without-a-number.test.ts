import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import { type Page, runGateway, webhookOf } from '../support/running-gateway.ts';

const seconds = 1_763_640_000;
const userId = 'BR.5500112233445566778';

type Named = { userId: string | null; identifiers: { kind: string; value: string }[] };

/**
 * Since usernames exist a person may have no number at all: `from`, `wa_id` and `recipient_id` are missing then.
 * Strict readers refuse the body, loose ones file everybody under `undefined`.
 */
it('a message without `from` is of the person that its user id names', async () => {
  const { post, settle, api } = await runGateway();
  const contacts = [{ user_id: userId, profile: { name: 'Ana', username: 'ana.s' } }];
  const message = (id: string, sender: string) => ({
    id,
    from_user_id: sender,
    timestamp: `${seconds}`,
    type: 'text',
    text: { body: id },
  });
  expect((await post(webhookOf({ contacts, messages: [message('one', userId)] }))).status).toBe(200);
  expect(
    (await post(webhookOf({ messages: [message('two', userId), message('three', 'US.1')] }))).status,
  ).toBe(200);
  await settle();
  const { data } = (await api<Page<Named>>('GET', '/v1/contacts')).body;
  expect(data.map((contact) => contact.userId).sort()).toEqual([userId, 'US.1']);
  const ana = data.find((contact) => contact.userId === userId);
  expect(ana?.identifiers.map(({ kind }) => kind)).not.toContain('wa_id');
});

it.each([
  ['played', { status: 'played', recipient_id: '558587654321' }, 'played'],
  ['delivered, without a recipient_id', { status: 'delivered', recipient_user_id: userId }, 'delivered'],
  ['read, without any recipient', { status: 'read' }, 'read'],
])('a status %s is a status, and the one beside it is heard', async (_, element, name) => {
  const { post, settle, api } = await runGateway();
  const timestamp = `${seconds}`;
  const sent = { id: 'wamid.other', status: 'sent', timestamp, recipient_id: '558587654321' };
  expect(
    (await post(webhookOf({ statuses: [{ id: 'wamid.it', timestamp, ...element }, sent] }))).status,
  ).toBe(200);
  await settle();
  const { data } = (await api<Page<EventBody>>('GET', '/v1/events')).body;
  expect(data.map(({ kind, content }) => [kind, content?.['messageId'], content?.['name']])).toEqual([
    ['status', 'wamid.it', name],
    ['status', 'wamid.other', 'sent'],
  ]);
});
