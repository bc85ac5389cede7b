import { expect, it } from 'vitest';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { runGateway } from '../support/running-gateway.ts';

const oldNumber = '16505550001';
const newNumber = '16505550002';

/**
 * Who changes their number frees the old one, and later it is somebody else's. Kept as a name of the first person for
 * ever, it would show a stranger their thread, and send the stranger their notifications.
 */
it('the next person who writes from a number that was left is somebody else', async () => {
  const running = await runGateway();
  const now = Math.floor(Date.now() / 1000);
  await hear(running, 'wamid.1', { from: oldNumber }, { seconds: now - 100 });
  await hear(
    running,
    'wamid.2',
    { from: oldNumber },
    { seconds: now - 80, system: { type: 'user_changed_number', wa_id: newNumber } },
  );
  const [moved, ...none] = await everybody(running);
  expect(none).toEqual([]);
  expect(moved).toMatchObject({
    waId: newNumber,
    identifiers: [
      { value: oldNumber, until: new Date((now - 80) * 1000).toISOString() },
      { value: newNumber, until: null },
    ],
  });

  // Until somebody else is seen with it, the old number leads to the person, at the new one.
  await running.api('POST', '/v1/notifications', { to: `+${oldNumber}`, text: 'Hi' });
  await running.settle();
  expect(lastAddress(running)).toBe(`+${newNumber}`);

  await hear(running, 'wamid.3', { from: newNumber }, { seconds: now - 60 });
  await hear(running, 'wamid.4', { from: oldNumber }, { seconds: now - 40 });
  const people = await everybody(running);
  expect(people.map(({ id, waId }) => [id === moved?.id, waId])).toEqual([
    [true, newNumber],
    [false, oldNumber],
  ]);
  await running.api('POST', '/v1/notifications', { to: `+${oldNumber}`, text: 'Hi' });
  await running.settle();
  expect(lastAddress(running)).toBe(`+${oldNumber}`);

  // What the first person wrote before comes late: it is still theirs.
  await hear(running, 'wamid.5', { from: oldNumber }, { seconds: now - 90 });
  const threads = await Promise.all(
    people.map(async ({ conversationId }) => {
      const path = `/v1/conversations/${conversationId}/messages`;
      const { body } = await running.api<{ data: { messageId: string; direction: string }[] }>('GET', path);
      return body.data.filter(({ direction }) => direction === 'in').map(({ messageId }) => messageId);
    }),
  );
  expect(threads).toEqual([['wamid.1', 'wamid.2', 'wamid.3', 'wamid.5'], ['wamid.4']]);
});
