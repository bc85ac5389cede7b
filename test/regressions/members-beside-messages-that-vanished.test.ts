import { expect, it } from 'vitest';
import type { EventPageBody } from '../../src/server/contract/event.ts';
import { runGateway } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

const now = Math.floor(Date.now() / 1000);

function webhookWith(members: object): object {
  const metadata = { display_phone_number: '551132100000', phone_number_id: businessPhoneId };
  const value = { messaging_product: 'whatsapp', metadata, ...members };
  return { entry: [{ id: '300100300100300', changes: [{ field: 'messages', value }] }] };
}

const contact = { wa_id: '558587654321', profile: { name: 'Ana' }, identity_key_hash: 'KEY-1' };
const message = {
  from: '558587654321',
  id: 'wamid.M',
  timestamp: String(now),
  type: 'text',
  text: { body: 'Oi' },
};

/**
 * Beside known lists only unknown lists were shown. The context that Meta's agent gives with a message is an object:
 * it could be found nowhere but in the raw body, and so could the sender's identity key and whatever Meta adds next.
 */
it('the context of a chat, the sender’s identity key and what nobody knows yet are all in the feed', async () => {
  const { api, post, settle } = await runGateway();
  const body = webhookWith({
    contacts: [contact],
    conversation_context: { summary: 'Ana waits for her order.' },
    messages: [message],
    handling: { priority: 2 },
    mood: 'good',
  });
  expect((await post(body)).status).toBe(200);
  // Sent again, it is nothing new.
  expect((await post(body)).status).toBe(200);
  await settle();
  const { data } = (await api<EventPageBody>('GET', '/v1/events?limit=500')).body;
  expect(data).toMatchObject([
    { kind: 'message', content: { identityKeyHash: 'KEY-1', content: { body: 'Oi' } } },
    { kind: 'unrecognised', payload: { priority: 2 } },
    { kind: 'unrecognised', payload: 'good' },
    {
      kind: 'context',
      payload: { summary: 'Ana waits for her order.' },
      content: { person: { waId: '558587654321' }, summary: 'Ana waits for her order.' },
      summary: 'Chat with 558587654321 so far: Ana waits for her order.',
    },
  ]);
  const contacts = await api<{ data: { id: string; name: string }[] }>('GET', '/v1/contacts');
  expect(contacts.body.data).toMatchObject([{ name: 'Ana' }]);
  expect(data.at(-1)).toMatchObject({ businessPhoneId, contactId: contacts.body.data[0]?.id });
});
