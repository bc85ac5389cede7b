import { expect, it } from 'vitest';
import { everybody } from '../support/people.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';

const now = Math.floor(Date.now() / 1000);

/** Three people: one has the entry of another number, one that of the other spelling, one that of the user id. */
const people = [
  {
    message: textMessage('wamid.a', '16505560001', 'Hi', now),
    entry: { wa_id: '16505560009', profile: { name: 'A name' } },
  },
  {
    message: textMessage('wamid.b', '5585987654321', 'Hi', now + 1),
    entry: { wa_id: '558587654321', profile: { name: 'B name' } },
  },
  {
    message: { ...textMessage('wamid.c', '16505560002', 'Hi', now + 2), from_user_id: 'US.c' },
    entry: { wa_id: '16505560003', user_id: 'US.c', profile: { name: 'C name' } },
  },
];

/**
 * The only contact entry of a webhook was taken for its only sender's, whatever number it bore; in a batch it was
 * nobody's. So the same messages ended in two different states.
 */
it('messages and their contacts come to the same, alone and in one change, in any order', async () => {
  const states = [];
  const orders = [
    people.map((one) => [one]),
    people.toReversed().map((one) => [one]),
    [people],
    [people.toReversed()],
  ];
  for (const webhooks of orders) {
    const running = await runGateway();
    for (const together of webhooks) {
      const messages = together.map(({ message }) => message);
      await running.post(webhookOf({ messages, contacts: together.map(({ entry }) => entry) }));
      await running.settle();
    }
    const found = await everybody(running);
    states.push(
      found.map(({ name, identifiers }) => [name, identifiers.map(({ value }) => value)]).toSorted(),
    );
  }
  expect(states[0]).toEqual([
    [null, ['16505560001']],
    ['B name', ['558587654321', '5585987654321']],
    ['C name', ['US.c', '16505560002', '16505560003']],
  ]);
  for (const state of states) expect(state).toEqual(states[0]);
});
