import { describe, expect, it } from 'vitest';
import type { ContactBody } from '../../src/server/contract/contact.ts';
import type { EventBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { createSimulatedClock } from '../../src/simulator/simulator.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';

const waId = '558587654321';
const hour = 60 * 60 * 1000;

async function contacts(running: RunningGateway): Promise<ContactBody[]> {
  return (await running.api<Page<ContactBody>>('GET', '/v1/contacts')).body.data;
}

async function notify(running: RunningGateway, to: string, more: object = {}) {
  const answer = await running.api<NotificationBody & { code: string }>('POST', '/v1/notifications', {
    to,
    text: 'Seu pedido saiu',
    ...more,
  });
  await running.settle();
  return answer;
}

async function stateOf(running: RunningGateway, id: string): Promise<string> {
  return (await running.api<NotificationBody>('GET', `/v1/notifications/${id}`)).body.state;
}

describe('people of the simulator, met by a gateway', () => {
  it('somebody with a username alone writes, and is answered by their user id', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    ana.takesUsername('ana.souza', { hideNumber: true });
    await ana.writes('Oi');
    await running.settle();
    const [contact] = await contacts(running);
    expect(contact).toMatchObject({ waId: null, userId: ana.userId, window: { open: true } });
    expect(JSON.stringify(contact)).not.toContain(waId);

    const { status, body } = await notify(running, ana.userId);
    expect(status).toBe(202);
    expect(await stateOf(running, body.id)).toBe('delivered');
    running.simulator.judge.receivedOnce(waId, 'Seu pedido saiu');
  });

  it.each([
    ['an account without the ninth digit, dialled with it', '558587654321', '+55 85 9 8765-4321'],
    ['an account with the ninth digit, dialled without it', '5511987654321', '+55 11 8765-4321'],
    ['a Mexican account with the 1, dialled without it', '5215512345678', '+52 55 1234 5678'],
    ['an Argentinian account with the 9, dialled with it', '5491123456789', '+54 9 11 2345-6789'],
  ])('%s, is one and the same contact (meta-facts §4.4)', async (_name, account, typed) => {
    const running = await runGateway();
    const person = running.simulator.person(account, { name: 'Bruno' });
    await person.writes('Oi');
    await running.settle();
    const { body } = await notify(running, typed);
    expect(await stateOf(running, body.id)).toBe('delivered');
    expect(await contacts(running)).toMatchObject([{ waId: account }]);
    running.simulator.judge.receivedOnce(account, 'Seu pedido saiu');
  });

  it('somebody who changes their number stays the same contact', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    await ana.writes('Oi');
    await running.settle();
    const [before] = await contacts(running);
    const formerUserId = ana.userId;
    await ana.changesNumber('558581112222');
    await running.settle();
    expect(ana.userId).not.toBe(formerUserId);
    expect(await contacts(running)).toMatchObject([
      { id: before?.id, waId: '558581112222', userId: ana.userId },
    ]);
    await ana.writes('Agora deste número');
    await running.settle();
    const { body } = await notify(running, '558581112222');
    expect(await stateOf(running, body.id)).toBe('delivered');
    expect(await contacts(running)).toHaveLength(1);
  });

  it('what is sent to somebody who has blocked the business stays with Meta', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    await ana.writes('Oi');
    ana.blocks();
    await running.settle();
    const { body } = await notify(running, waId);
    expect(await stateOf(running, body.id)).toBe('sent');
    ana.unblocks();
    await running.settle();
    expect(await stateOf(running, body.id)).toBe('sent');
    const { body: later } = await notify(running, waId, { text: 'De novo' });
    expect(await stateOf(running, later.id)).toBe('delivered');
    expect(running.simulator.judge.received(waId).map(({ text }) => text)).toEqual(['De novo']);
  });

  it('who opts out of marketing gets none until they opt in again', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    await ana.writes('Oi');
    await ana.stopsMarketing();
    await running.settle();
    expect((await contacts(running))[0]?.optOuts).toMatchObject([{ purpose: 'marketing' }]);
    const refused = await notify(running, waId, { purpose: 'marketing' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'recipient-opted-out' } });

    running.simulator.time.jump(1000);
    await ana.resumesMarketing();
    await running.settle();
    expect((await contacts(running))[0]?.optOuts).toEqual([]);
  });

  it('a call opens the window as a message does (meta-facts §6)', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    await ana.calls({ lasting: 0 });
    await running.settle();
    expect(ana.window()).toMatchObject({ open: true });
    const events = await running.api<Page<{ kind: string }>>('GET', '/v1/events?kind=call');
    expect(events.body.data).toHaveLength(2);
  });

  it('a scenario of data is played as time passes', async () => {
    const clock = createSimulatedClock();
    clock.pause();
    const running = await runGateway({ overrides: { clock }, simulator: { clock } });
    const { simulator } = running;
    const played = simulator.play({
      steps: [
        { at: 0, person: waId, does: 'joins', name: 'Ana Souza' },
        { at: 0, person: waId, does: 'writes', text: 'Oi' },
        { at: hour, person: waId, does: 'goes-offline' },
        { at: hour, person: waId, does: 'writes', text: 'Ninguém ouve' },
        { at: 2 * hour, person: waId, does: 'goes-online' },
        { at: 2 * hour, person: waId, does: 'reads' },
      ],
    });
    await running.settle();
    clock.jump(hour);
    await running.settle();
    const { body } = await notify(running, waId);
    expect(await stateOf(running, body.id)).toBe('sent');
    clock.jump(hour);
    await running.settle();
    expect(await played).toEqual([{ step: 3, reason: expect.stringContaining('is offline') }]);
    expect(await stateOf(running, body.id)).toBe('delivered');
    simulator.judge.receivedOnce(waId, 'Seu pedido saiu');
    simulator.judge.answeredWithin(2 * hour);
    simulator.judge.noRateBreach();
    simulator.judge.nothingTwice();
    simulator.judge.everythingAcknowledged();
  });

  it('what the business answers in the WhatsApp Business app is on both sides, and opens no window', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    await expect(ana.isAnsweredInApp('Oi')).rejects.toThrow(/set isOnBizApp/);
    running.simulator.accounts.phone().isOnBizApp = true;
    const { messageId } = await ana.isAnsweredInApp('Já estou indo');
    await running.settle();
    expect(ana.messages()).toMatchObject([{ id: messageId, direction: 'in', text: 'Já estou indo' }]);
    const events = await running.api<Page<EventBody>>('GET', '/v1/events?kind=echo');
    expect(events.body.data).toMatchObject([{ payload: { id: messageId, to: waId } }]);
    expect((await contacts(running)).map(({ window }) => window.open)).not.toContain(true);
  });

  it('while another app owns the chat, ours only looks on', async () => {
    const running = await runGateway();
    const ana = running.simulator.person(waId, { name: 'Ana Souza' });
    running.simulator.tells({ kind: 'handover', waId, formerOwner: 'ai_agent', owner: 'escalation' });
    ana.setStandby(true);
    await ana.writes('Oi');
    await running.settle();
    const { data } = (await running.api<Page<EventBody>>('GET', '/v1/events')).body;
    expect(data.map(({ kind }) => kind)).toEqual(['handover', 'standby']);
    expect((await contacts(running)).map(({ window }) => window.open)).not.toContain(true);

    ana.setStandby(false);
    await ana.writes('Oi de novo');
    await running.settle();
    expect(await contacts(running)).toMatchObject([{ waId, window: { open: true } }]);
  });
});
