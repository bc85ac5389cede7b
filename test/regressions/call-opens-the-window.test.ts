import { describe, expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { everybody, hear, lastAddress } from '../support/people.ts';
import { type RunningGateway, runGateway, webhookOf } from '../support/running-gateway.ts';

const number = '16505550001';
const now = Math.floor(Date.now() / 1000);
const day = 24 * 3600;

async function ring(running: RunningGateway, call: object): Promise<void> {
  const contacts = [{ wa_id: number, user_id: 'US.ana', profile: { name: 'Ana' } }];
  const body = JSON.stringify(webhookOf({ contacts, calls: [{ id: 'wacid.1', ...call }] }));
  await running.post(body.replace('"field":"messages"', '"field":"calls"'));
  await running.settle();
}

const incoming = { direction: 'USER_INITIATED', from: number, to: '551132100000' };
const outgoing = { direction: 'BUSINESS_INITIATED', from: '551132100000', to: number };
const closesAfter = (seconds: number) => new Date((seconds + day) * 1000).toISOString();

/**
 * Who calls the business opens the window as if they had written (meta-facts §6, §9). The call was kept and changed
 * nothing: a text was refused with "This person never wrote", within a minute of the call.
 */
describe('a call', () => {
  it('from somebody unknown registers them and opens the window', async () => {
    const running = await runGateway();
    await ring(running, { ...incoming, event: 'connect', timestamp: String(now - 60) });
    const [ana, ...others] = await everybody(running);
    expect(others).toEqual([]);
    expect(ana).toMatchObject({
      name: 'Ana',
      waId: number,
      userId: 'US.ana',
      wroteIn: true,
      window: { open: true, closesAt: closesAfter(now - 60) },
    });
    const taken = await running.api<NotificationBody>('POST', '/v1/notifications', {
      to: number,
      text: 'Hi',
    });
    expect(taken).toMatchObject({ status: 202, body: { decision: 'free-form', contactId: ana?.id } });
    await running.settle();
    expect(lastAddress(running)).toBe(`+${number}`);
    const events = await running.api<{ data: { contactId: string }[] }>('GET', '/v1/events?kind=call');
    expect(events.body.data).toMatchObject([{ contactId: ana?.id }]);
  });

  it('from somebody who wrote days ago opens it again, from when it began', async () => {
    const running = await runGateway();
    await hear(running, 'wamid.1', { from: number }, { seconds: now - 3 * day });
    const ended = { event: 'terminate', timestamp: String(now - 60), end_time: String(now - 60) };
    await ring(running, { ...incoming, ...ended, start_time: String(now - 360) });
    expect(await everybody(running)).toMatchObject([{ window: { closesAt: closesAfter(now - 360) } }]);
    // What comes late, and is older, closes nothing.
    await ring(running, { ...incoming, id: 'wacid.0', event: 'connect', timestamp: String(now - 2 * day) });
    await hear(running, 'wamid.2', { from: number }, { seconds: now - day });
    expect(await everybody(running)).toMatchObject([{ window: { closesAt: closesAfter(now - 360) } }]);
  });

  it('of the business opens nothing and registers nobody, missed or not', async () => {
    const running = await runGateway();
    await ring(running, { ...outgoing, event: 'connect', timestamp: String(now - 60) });
    await ring(running, { ...outgoing, event: 'terminate', timestamp: String(now - 30), status: 'FAILED' });
    const answered = { status: 'COMPLETED', start_time: String(now - 50), end_time: String(now - 20) };
    await ring(running, {
      ...outgoing,
      ...answered,
      id: 'wacid.2',
      event: 'terminate',
      timestamp: String(now - 20),
    });
    expect((await everybody(running)).filter(({ wroteIn, window }) => wroteIn || window.open)).toEqual([]);
    const refused = await running.api<{ code: string }>('POST', '/v1/notifications', {
      to: number,
      text: 'Hi',
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'window-closed']);
  });
});
