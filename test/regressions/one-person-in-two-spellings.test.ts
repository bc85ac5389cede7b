import { describe, expect, it } from 'vitest';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { runGateway } from '../support/running-gateway.ts';

/**
 * A Brazilian mobile comes with and without its ninth digit, and there is no rule which (meta-facts §4.4). Where the
 * number alone is the key, one person has two threads and two windows, and a reply goes to the wrong spelling.
 */
describe('a mobile number in its two spellings', () => {
  it.each([
    ['Brazil', '5585987654321', '558587654321'],
    ['Mexico', '5215512345678', '525512345678'],
  ])('of %s is one person, who is answered at the spelling that Meta wrote last', async (_, one, other) => {
    const running = await runGateway();
    const now = Math.floor(Date.now() / 1000);
    await hear(running, 'wamid.one', { from: one }, { seconds: now - 20 });
    await hear(running, 'wamid.other', { from: other }, { seconds: now - 10 });
    const people = await everybody(running);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ waId: other, window: { open: true } });
    const values = people[0]?.identifiers.map(({ value }) => value);
    expect(values?.toSorted()).toEqual([one, other].toSorted());
    for (const to of [`+${one}`, other, people[0]?.id, people[0]?.mergedFrom[0]]) {
      const taken = await running.api<object>('POST', '/v1/notifications', { to, text: 'Hi' });
      expect(taken).toMatchObject({ status: 202, body: { decision: 'free-form', contactId: people[0]?.id } });
      await running.settle();
      expect(lastAddress(running)).toBe(`+${other}`);
    }
  });

  it.each([
    ['a Brazilian landline', { from: '558532100000' }, { from: '5585932100000' }],
    ['a number of a country without spellings', { from: '16505551234' }, { from: '165055512340' }],
    [
      'a business-scoped user id that looks like a number',
      { from_user_id: 'BR.5585987654321' },
      { from_user_id: 'BR.558587654321' },
    ],
  ])('%s is never matched with anything but itself', async (_, one, other) => {
    const running = await runGateway();
    await hear(running, 'wamid.one', one);
    await hear(running, 'wamid.other', other);
    expect(await everybody(running)).toHaveLength(2);
  });
});
