import { expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { runGateway, webhookOf } from '../support/running-gateway.ts';

/**
 * Since 2026 a person may be known by a business-scoped user id alone: messages without `from`, statuses without
 * `recipient_id`, and no contacts (meta-facts §4.1, §4.3, §9). Code that reads a number there fails or makes up one.
 */
it('somebody without a number is a contact, has a window, and is notified at their user id', async () => {
  const running = await runGateway();
  await hear(running, 'wamid.in', { from_user_id: 'BR.ana1' });
  const [ana] = await everybody(running);
  expect(ana).toMatchObject({ waId: null, userId: 'BR.ana1', wroteIn: true, window: { open: true } });
  for (const to of [ana?.id, 'BR.ana1']) {
    const taken = await running.api<NotificationBody>('POST', '/v1/notifications', { to, text: 'Hi' });
    expect(taken.body).toMatchObject({ decision: 'free-form', contactId: ana?.id });
    await running.settle();
    expect(lastAddress(running)).toBe('BR.ana1');
  }
  const status = { id: 'wamid.unknown', status: 'played', timestamp: '1790000000' };
  expect((await running.post(webhookOf({ statuses: [status] }))).status).toBe(200);
  expect(
    (await running.post(webhookOf({ statuses: [{ ...status, recipient_user_id: 'BR.ana1' }] }))).status,
  ).toBe(200);
  await running.settle();
  expect(await everybody(running)).toHaveLength(1);
});
