import { expect, it } from 'vitest';
import { everybody } from '../support/people.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';

/**
 * A webhook may hold messages of several people, with their contacts in any order, or with none for some. Whoever
 * takes the first contact for the sender of every message gives people each other's names.
 */
it('each profile name belongs to its own sender, also across spellings and user ids', async () => {
  const running = await runGateway();
  const now = Math.floor(Date.now() / 1000);
  await running.post(
    webhookOf({
      contacts: [
        { user_id: 'BR.bruno', profile: { name: 'Bruno' } },
        { wa_id: '5585987654321', profile: { name: 'Ana' } },
      ],
      messages: [
        textMessage('wamid.ana', '558587654321', 'Hi', now),
        textMessage('wamid.nobody', '16505550001', 'Hi', now + 1),
        {
          from_user_id: 'BR.bruno',
          id: 'wamid.bruno',
          timestamp: String(now + 2),
          type: 'text',
          text: { body: 'Hi' },
        },
      ],
    }),
  );
  await running.settle();
  const named = (await everybody(running)).map(({ name, waId, userId }) => [waId ?? userId, name]);
  expect(Object.fromEntries(named)).toEqual({
    '558587654321': 'Ana',
    '16505550001': null,
    'BR.bruno': 'Bruno',
  });
});
