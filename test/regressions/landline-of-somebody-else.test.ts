import { expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { runGateway } from '../support/running-gateway.ts';

const landline = '541143210000';
const mobile = '5491143210000';
const template = { name: 'hello_world', language: 'en_US' };

/**
 * An Argentinian number without the 9 may be the landline of somebody else (meta-facts §4.4). The two were made one
 * contact, and what was meant for the company went to a stranger's mobile.
 */
it('an Argentinian landline and the mobile that differs by a 9 are two people', async () => {
  const running = await runGateway();
  const named = (waId: string, name: string) => ({ contacts: [{ wa_id: waId, profile: { name } }] });
  await hear(running, 'wamid.1', { from: landline }, named(landline, 'Landline Co'));
  await hear(running, 'wamid.2', { from: mobile }, named(mobile, 'Mobile Person'));
  expect((await everybody(running)).map(({ name, waId }) => [name, waId])).toEqual([
    ['Landline Co', landline],
    ['Mobile Person', mobile],
  ]);
  for (const [to, address] of [
    ['+54 11 4321-0000', landline],
    ['+54 9 11 4321-0000', mobile],
  ]) {
    await running.api('POST', '/v1/notifications', { to, template });
    await running.settle();
    expect(lastAddress(running)).toBe(`+${address}`);
  }
});

it('an Argentinian number that nobody has still finds who has it with the 9', async () => {
  const running = await runGateway();
  await hear(running, 'wamid.2', { from: mobile });
  const [person] = await everybody(running);
  const taken = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to: '+54 11 4321-0000',
    text: 'Hi',
  });
  expect(taken.body).toMatchObject({ decision: 'free-form', contactId: person?.id });
  await running.settle();
  expect(lastAddress(running)).toBe(`+${mobile}`);
});
