import { expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';

const secondPhone = {
  phoneNumberId: '200100200100201',
  displayPhoneNumber: '551132100001',
  wabaId: '300100300100300',
  verifiedName: 'Second',
  registered: true,
};

async function start() {
  const simulator = await createSimulator({ furtherBusinessPhones: [secondPhone] });
  onTestFinished(simulator.close);
  return { simulator, ana: simulator.person('558587654321', { name: 'Ana Souza' }) };
}

/** A message was marked as read through any number; the id is a bad one there (meta-facts §5 row 131009). */
it('a message is marked as read through the number that received it', async () => {
  const { simulator, ana } = await start();
  const { messageId } = await ana.writes('Oi');
  await simulator.drain();
  async function markThrough(phoneNumberId: string): Promise<number> {
    const response = await fetch(`${simulator.graphUrl}/v25.0/${phoneNumberId}/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${simulator.settings.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ messaging_product: 'whatsapp', status: 'read', message_id: messageId }),
    });
    await response.arrayBuffer();
    return response.status;
  }
  expect(await markThrough(secondPhone.phoneNumberId)).toBe(400);
  expect(ana.messages()).not.toMatchObject([{ status: 'read' }]);
  expect(await markThrough(simulator.settings.phoneNumberId)).toBe(200);
  expect(ana.messages()).toMatchObject([{ status: 'read' }]);
});

/** The change was made on the phone first and refused afterwards: the message was gone, and nobody was told. */
it('who has blocked the business takes nothing back', async () => {
  const { simulator, ana } = await start();
  simulator.accounts.phone().isOnBizApp = true;
  const { messageId } = await ana.writes('Oi');
  ana.blocks();
  await expect(ana.deletes(messageId)).rejects.toThrow('has blocked this business');
  await expect(ana.edits(messageId, 'Olá')).rejects.toThrow('has blocked this business');
  expect(ana.messages()).toMatchObject([{ text: 'Oi' }]);
});

/** Meta's word of tomorrow could be ordered, and went nowhere: no call of the Graph API ticks what it does not know. */
it('a field that nobody can tick reaches the app', async () => {
  const { simulator } = await start();
  simulator.pointWebhooksAt('http://127.0.0.1:9/');
  simulator.tells({ kind: 'invented-field' });
  await simulator.drain();
  const tries = simulator.judge.events().filter((event) => event.kind === 'webhook');
  expect(tries).toMatchObject([{ report: { silence: null, attempt: 1, outcome: 'will-retry' } }]);
});
