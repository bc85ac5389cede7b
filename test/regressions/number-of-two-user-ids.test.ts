import { describe, expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';

const now = Math.floor(Date.now() / 1000);

/** Sends a text, and tells where it went. */
async function sendTo(running: RunningGateway, to: string | undefined): Promise<unknown> {
  const taken = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to,
    text: 'private words',
  });
  expect(taken.status).toBe(202);
  await running.settle();
  return lastAddress(running);
}

/**
 * A number was seen with one user id and then with another, and WhatsApp never said that it had changed hands. Taken
 * for one person, the first one's notifications went to the second.
 */
describe('a number that is seen with another user id', () => {
  it.each([
    ['in the same spelling', '16505556666', '16505556666'],
    ['in the other spelling of Brazil', '558587654321', '5585987654321'],
    ['in the other spelling of Mexico', '5215512345678', '525512345678'],
  ])('%s is of somebody else from then on, in either order', async (_which, former, present) => {
    for (const isReversed of [false, true]) {
      const running = await runGateway();
      const heard = [
        () => hear(running, 'wamid.1', { from: former, from_user_id: 'US.aa' }, { seconds: now - 60 }),
        () => hear(running, 'wamid.2', { from: present, from_user_id: 'US.bb' }, { seconds: now - 30 }),
      ];
      for (const one of isReversed ? heard.toReversed() : heard) await one();
      const found = await everybody(running);
      const people = ['US.aa', 'US.bb'].map((userId) => found.find((one) => one.userId === userId));
      expect(found).toHaveLength(2);
      expect(people).toMatchObject([
        {
          userId: 'US.aa',
          waId: null,
          mergedFrom: [],
          identifiers: [
            { kind: 'user_id' },
            { value: former, until: new Date((now - 30) * 1000 - 1).toISOString() },
          ],
        },
        { userId: 'US.bb', waId: present, mergedFrom: [] },
      ]);
      expect(await sendTo(running, 'US.aa')).toBe('US.aa');
      expect(await sendTo(running, people[0]?.id)).toBe('US.aa');
      for (const to of ['US.bb', people[1]?.id, `+${former}`, present]) {
        expect(await sendTo(running, to)).toBe(`+${present}`);
      }
    }
  });

  it('is of nobody else when WhatsApp told that the user id changed, before or after', async () => {
    for (const at of [1, 2]) {
      const running = await runGateway();
      const heard = [
        () => hear(running, 'wamid.1', { from: '16505556666', from_user_id: 'US.aa' }, { seconds: now - 60 }),
        () => hear(running, 'wamid.3', { from: '16505556666', from_user_id: 'US.bb' }, { seconds: now - 30 }),
      ];
      heard.splice(at, 0, () =>
        hear(
          running,
          'wamid.2',
          { from_user_id: 'US.aa' },
          { seconds: now - 40, system: { type: 'user_changed_user_id', user_id: 'US.bb' } },
        ),
      );
      for (const one of heard) await one();
      const people = await everybody(running);
      expect(people).toMatchObject([
        {
          waId: '16505556666',
          identifiers: [{ value: 'US.aa' }, { value: 'US.bb' }, { value: '16505556666', until: null }],
        },
      ]);
      expect(await sendTo(running, 'US.aa')).toBe('+16505556666');
    }
  });

  it('gets nothing of what waited for its former holder, who is reached at their user id', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    await hear(running, 'wamid.1', { from: '16505556666', from_user_id: 'US.aa' }, { seconds: now - 60 });
    const [former] = await everybody(running);
    const notBefore = new Date(clock.now() + 3_600_000).toISOString();
    const request = { to: '+16505556666', text: 'private words', notBefore };
    const taken = await running.api<NotificationBody>('POST', '/v1/notifications', request);
    expect(taken.body).toMatchObject({ state: 'queued', contactId: former?.id });
    await hear(running, 'wamid.2', { from: '16505556666', from_user_id: 'US.bb' }, { seconds: now - 30 });
    clock.advance(3_600_001);
    await running.settle();
    expect(lastAddress(running)).toBe('US.aa');
  });

  it('is the former one’s for what they wrote before, also when it comes late', async () => {
    const running = await runGateway();
    await hear(running, 'wamid.1', { from: '16505556666', from_user_id: 'US.aa' }, { seconds: now - 60 });
    await hear(running, 'wamid.2', { from: '16505556666', from_user_id: 'US.bb' }, { seconds: now - 30 });
    await hear(running, 'wamid.3', { from: '16505556666' }, { seconds: now - 50 });
    await hear(running, 'wamid.4', { from: '16505556666' }, { seconds: now - 20 });
    const people = await everybody(running);
    const threads = await Promise.all(
      people.map(async ({ conversationId }) => {
        const path = `/v1/conversations/${conversationId}/messages`;
        const { body } = await running.api<{ data: { messageId: string }[] }>('GET', path);
        return body.data.map(({ messageId }) => messageId);
      }),
    );
    expect(threads).toEqual([
      ['wamid.1', 'wamid.3'],
      ['wamid.2', 'wamid.4'],
    ]);
  });
});
