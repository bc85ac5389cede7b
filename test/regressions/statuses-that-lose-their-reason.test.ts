import { expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { type RunningGateway, runGateway, webhookOf } from '../support/running-gateway.ts';

const now = Math.floor(Date.now() / 1000);

/** A notification that Meta has accepted and whose simulated phone is offline, so that its statuses are ours to tell. */
async function accepted(running: RunningGateway): Promise<NotificationBody> {
  const person = running.simulator.person('558587654321', { name: 'Ana' });
  await person.writes('Oi');
  await running.settle();
  person.setOnline(false);
  const { body } = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to: '558587654321',
    text: 'Olá',
  });
  await running.settle();
  return found(running, body.id);
}

async function found(running: RunningGateway, id: string): Promise<NotificationBody> {
  return (await running.api<NotificationBody>('GET', `/v1/notifications/${id}`)).body;
}

async function hear(running: RunningGateway, status: object): Promise<void> {
  expect((await running.post(webhookOf({ statuses: [status] }))).status).toBe(200);
  await running.settle();
}

/**
 * Trackers that write the last status over the one before lose why a message failed, or show as failed what the
 * person has on the phone. A failed status is answered with 200 like any other, or Meta sends it for a week.
 */
it('a failed message that is delivered after all keeps in its history why it had failed', async () => {
  const running = await runGateway();
  const { id, messageId } = await accepted(running);
  const errors = [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'Not now' } }];
  await hear(running, { id: messageId, status: 'failed', timestamp: String(now), errors });
  expect(await found(running, id)).toMatchObject({ state: 'failed', failure: { metaCode: 131026 } });
  await hear(running, { id: messageId, status: 'delivered', timestamp: String(now + 1) });
  const delivered = await found(running, id);
  expect(delivered).toMatchObject({ state: 'delivered', failure: null });
  const failed = delivered.statuses.find(({ status }) => status === 'failed');
  expect(failed?.errors).toEqual([{ code: 131026, title: 'Message undeliverable', details: 'Not now' }]);
});

/** Where `played` is no known word, or a status without a number is dropped, such messages stay `sent` for ever. */
it('a status with a user id alone settles, and `played` counts as read', async () => {
  const running = await runGateway();
  const { id, messageId } = await accepted(running);
  const status = { id: messageId, status: 'played', timestamp: String(now), recipient_user_id: 'BR.ana1' };
  await hear(running, status);
  expect(await found(running, id)).toMatchObject({ state: 'read', played: true });
  // The same once more, and an older one that comes late.
  await hear(running, status);
  await hear(running, { ...status, status: 'sent', timestamp: String(now - 9) });
  expect(await found(running, id)).toMatchObject({ state: 'read', played: true });
});
