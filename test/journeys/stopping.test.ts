import { expect, it } from 'vitest';
import type { GatewayOverrides } from '../../src/app.ts';
import type { AlarmPageBody } from '../../src/server/contract/alarm.ts';
import type { AuditPageBody } from '../../src/server/contract/audit.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import type { SendingBody } from '../../src/server/contract/sending.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';

const ana = '558587654321';

async function withAna(overrides: GatewayOverrides = {}): Promise<RunningGateway> {
  const running = await runGateway({ overrides });
  await running.simulator.person(ana, { name: 'Ana Souza' }).writes('Oi');
  await running.settle();
  return running;
}

async function notify(running: RunningGateway, text: string, more: object = {}): Promise<NotificationBody> {
  const taken = await running.api<NotificationBody>('POST', '/v1/notifications', { to: ana, text, ...more });
  expect(taken.status).toBe(202);
  return taken.body;
}

function textsOnPhone({ simulator }: RunningGateway): string[] {
  return simulator
    .person(ana)
    .messages()
    .filter(({ direction }) => direction === 'in')
    .map(({ text }) => text);
}

it('cancels what waits, once and for all, and tells the feed', async () => {
  const running = await withAna();
  const notBefore = new Date(Date.now() + 60 * 60_000).toISOString();
  const { id } = await notify(running, 'Sua entrevista é amanhã.', { notBefore, reference: 'entrevista-7' });
  for (let time = 0; time < 2; time++) {
    const cancelled = await running.api<NotificationBody>('POST', `/v1/notifications/${id}/cancel`);
    expect([cancelled.status, cancelled.body.state, cancelled.body.failure]).toEqual([
      200,
      'cancelled',
      null,
    ]);
  }
  await running.settle();
  expect(textsOnPhone(running)).toEqual([]);
  const events = await running.api<Page<EventBody>>('GET', '/v1/events?kind=notification');
  expect(events.body.data.map(({ payload }) => payload)).toMatchObject([
    { state: 'queued' },
    { state: 'cancelled', notificationId: id, reference: 'entrevista-7' },
  ]);
  const audit = await running.api<AuditPageBody>('GET', '/v1/audit');
  expect(audit.body.data.filter(({ action }) => action === 'notification.cancelled')).toHaveLength(1);
});

it('does not cancel what has left', async () => {
  const running = await withAna();
  const { id } = await notify(running, 'Até logo.');
  await running.settle();
  const refused = await running.api<{ code: string; detail: string }>(
    'POST',
    `/v1/notifications/${id}/cancel`,
  );
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'notification-not-waiting', detail: 'It is delivered.' },
  });
});

it('holds everything back while sending is stopped, also over a restart, and reminds of it', async () => {
  const clock = testClock();
  const running = await withAna({ clock });
  const stopped = await running.api<SendingBody>('POST', '/v1/sending/stop');
  expect(stopped).toMatchObject({ status: 200, body: { stopped: true, decidedBy: 'RECADO_ADMIN_KEY' } });
  const first = await notify(running, 'um');
  const second = await notify(running, 'dois');
  await running.restart();
  await running.settle();
  expect(textsOnPhone(running)).toEqual([]);
  const alarms = await running.api<AlarmPageBody>('GET', '/v1/alarms');
  expect(alarms.body.data).toMatchObject([{ code: 'sending-stopped', resolvedAt: null }]);

  await running.api('POST', `/v1/notifications/${first.id}/cancel`);
  await running.api('POST', '/v1/sending/start');
  clock.advance(60_000);
  await running.settle();
  expect(textsOnPhone(running)).toEqual(['dois']);
  const sent = await running.api<NotificationBody>('GET', `/v1/notifications/${second.id}`);
  expect(sent.body.state).toBe('delivered');
  const later = await running.api<AlarmPageBody>('GET', '/v1/alarms');
  expect(later.body.data).toMatchObject([
    { code: 'sending-stopped', resolvedAt: expect.stringMatching(/^\d{4}/) },
  ]);
});
