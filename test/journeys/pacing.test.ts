import { describe, expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { standingClock, type TestClock } from '../support/test-clock.ts';
import { businessPhoneId } from '../support/test-config.ts';

const second = 1_000;
const minute = 60 * second;

/** A gateway and a simulator that holds to Meta's limits, in a time that stands still until it is moved. */
async function atMetasPace(phone: { throughputLevel?: 'HIGH'; isOnBizApp?: true } = {}) {
  const clock = standingClock();
  const running = await runGateway({
    overrides: { clock, jitter: () => 0 },
    simulator: { throttling: 'as-meta' },
  });
  Object.assign(running.simulator.accounts.phone(businessPhoneId), phone);
  running.simulator.conditions.messagingLimit = false;
  return { running, clock };
}

const person = (index: number) => `55119${String(80000000 + index)}`;

async function notify(running: RunningGateway, to: string, changes: object = {}): Promise<string> {
  const answer = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to: `+${to}`,
    template: { name: 'hello_world', language: 'en_US' },
    ...changes,
  });
  expect(answer.status).toBe(202);
  return answer.body.id;
}

/** Lets time pass in small steps until so many messages have left; gives how long that took, in milliseconds. */
async function until(running: RunningGateway, clock: TestClock, count: number, step = 50): Promise<number> {
  const sends = () =>
    running.simulator.requests().filter(({ path, code }) => path.endsWith('/messages') && code === null)
      .length;
  let passed = 0;
  for (;;) {
    await running.gateway.drain();
    if (sends() >= count) return passed;
    clock.advance(step);
    passed += step;
    if (passed > 10 * minute) throw new Error(`After ${passed} ms ${sends()} of ${count} have left.`);
  }
}

describe('the pace of a business phone', () => {
  it.each([
    {
      name: '20 a second, with the WhatsApp Business app beside it',
      rate: 20,
      phone: { isOnBizApp: true as const },
      count: 80,
    },
    { name: '80 a second', rate: 80, phone: {}, count: 240 },
    { name: '1,000 a second', rate: 1_000, phone: { throughputLevel: 'HIGH' as const }, count: 1_200 },
  ])('is Meta’s, $name, also when another owner takes over in the middle', async ({ rate, phone, count }) => {
    const { running, clock } = await atMetasPace(phone);
    const numbers = Array.from({ length: count }, (_, index) => person(index));
    for (const number of numbers) running.simulator.person(number);
    for (let from = 0; from < count; from += 50) {
      await Promise.all(numbers.slice(from, from + 50).map((number) => notify(running, number)));
    }
    const first = await until(running, clock, Math.floor(count / 2), 25);
    await running.restart();
    const second = await until(running, clock, count, 25);
    expect(running.simulator.rateBreaches()).toEqual([]);
    expect(running.simulator.requests().filter(({ code }) => code === 130429)).toEqual([]);
    await running.simulator.drain();
    expect(new Set(running.simulator.ledger().map(({ waId }) => waId)).size).toBe(count);
    // What is known at first is 80; an upgrade is learnt from Meta once that is used up.
    expect(first + second).toBeLessThanOrEqual((count / (0.9 * rate)) * 1_000 + 2_000);
  });

  it('leaves room for what people write: in and out together keep the limit', async () => {
    const { running, clock } = await atMetasPace({ isOnBizApp: true });
    const writer = running.simulator.person(person(1_000));
    for (let index = 0; index < 60; index += 1) {
      running.simulator.person(person(index));
      await notify(running, person(index));
    }
    let passed = 0;
    for (; passed < 5_000; passed += 100) {
      // Half of what the phone may carry.
      await writer.writes('Hello?');
      await running.simulator.drain();
      await running.gateway.drain();
      clock.advance(100);
    }
    expect(running.simulator.rateBreaches()).toEqual([]);
    const left = running.simulator.ledger().length;
    expect(left).toBeGreaterThan(35);
    expect(left).toBeLessThan(60);
  });

  it('is slower after #130429, and nothing is lost by it', async () => {
    const { running, clock } = await atMetasPace();
    running.simulator.failNext(130429);
    for (let index = 0; index < 20; index += 1) await notify(running, person(index));
    await running.gateway.drain();
    const before = running.simulator.ledger().length;
    await running.gateway.drain();
    expect(running.simulator.ledger()).toHaveLength(before);
    await until(running, clock, 20, 100);
    expect(running.simulator.rateBreaches()).toEqual([]);
  });

  it('lets codes and single messages pass those of marketing', async () => {
    const { running, clock } = await atMetasPace();
    const mass = Array.from({ length: 100 }, (_, index) => person(index));
    await Promise.all(mass.map((number) => notify(running, number, { purpose: 'marketing' })));
    clock.advance(20);
    const id = await notify(running, person(500));
    await running.gateway.drain();
    clock.advance(20);
    await running.gateway.drain();
    const { body } = await running.api<NotificationBody>('GET', `/v1/notifications/${id}`);
    expect(body.state).not.toBe('queued');
    expect(running.simulator.ledger().length).toBeLessThan(20);
  });
});

describe('many messages to one person', () => {
  it('keep Meta’s pair rule and their order, also after a change of owner, and hold up nobody else', async () => {
    const { running, clock } = await atMetasPace();
    const ana = running.simulator.person(person(1));
    running.simulator.person(person(2));
    await ana.writes('Hi');
    await running.settle();
    const texts = Array.from({ length: 48 }, (_, index) => `Part ${index + 1}`);
    for (const text of texts) {
      await notify(running, person(1), { template: undefined, text });
      clock.advance(1);
    }
    await until(running, clock, 30);
    await running.restart();
    await until(running, clock, 40);
    clock.advance(second);
    const other = await notify(running, person(2));
    await running.gateway.drain();
    expect((await running.api<NotificationBody>('GET', `/v1/notifications/${other}`)).body.state).not.toBe(
      'queued',
    );
    const waiting = await running.api<Page<NotificationBody>>('GET', '/v1/notifications?state=queued');
    expect(waiting.body.data.length).toBeGreaterThan(0);
    await until(running, clock, 49, second);
    await running.simulator.drain();
    expect(running.simulator.rateBreaches()).toEqual([]);
    expect(
      ana
        .messages()
        .filter(({ direction }) => direction === 'in')
        .map(({ text }) => text),
    ).toEqual(texts);
  });
});

describe('the circuit of a business phone', () => {
  const cases = [
    {
      name: '#131042, until the payment method is corrected',
      code: 131042,
      failure: 'payment-problem',
      alarm: 'payment-problem',
    },
    {
      name: '#131031, until the account is free again',
      code: 131031,
      failure: 'account-restricted',
      alarm: 'sending-locked',
    },
    {
      name: '#368, until the account is free again',
      code: 368,
      failure: 'account-restricted',
      alarm: 'sending-locked',
    },
    {
      name: '#190, until Meta takes the token',
      code: 190,
      failure: 'access-token-refused',
      alarm: 'access-token-refused',
    },
  ];
  it.each(cases)(
    'holds everything on $name: one alarm, one try now and then, and it goes on by itself',
    async ({ code, failure, alarm }) => {
      const { running, clock } = await atMetasPace();
      running.simulator.failNext(code);
      const ids = [await notify(running, person(0))];
      await running.gateway.drain();
      for (let index = 1; index < 12; index += 1) ids.push(await notify(running, person(index)));
      await running.gateway.drain();
      const tries = () =>
        running.simulator.requests().filter(({ path }) => path.endsWith('/messages')).length;
      expect(tries()).toBe(1);
      const first = await running.api<NotificationBody>('GET', `/v1/notifications/${ids[0]}`);
      expect(first.body).toMatchObject({ state: 'queued', failure: { code: failure, metaCode: code } });
      const behind = await running.api<NotificationBody>('GET', `/v1/notifications/${ids[5]}`);
      expect(behind.body).toMatchObject({ state: 'queued', failure: { code: failure }, attempts: [] });
      const alarms = await running.api<Page<{ code: string }>>('GET', '/v1/alarms');
      expect(alarms.body.data).toMatchObject([{ code: alarm, resolvedAt: null }]);

      running.simulator.failNext(code);
      clock.advance(30 * second);
      await running.gateway.drain();
      expect(tries()).toBe(2);
      clock.advance(30 * second);
      await running.gateway.drain();
      expect(tries()).toBe(2);

      clock.advance(minute);
      await until(running, clock, ids.length);
      expect(running.simulator.rateBreaches()).toEqual([]);
      const after = await running.api<Page<{ code: string }>>('GET', '/v1/alarms');
      expect(after.body.data).toMatchObject([{ code: alarm, resolvedAt: expect.any(String) }]);
    },
  );

  it('goes on at once when a new token comes through the API', async () => {
    const { running } = await atMetasPace();
    const added = '200100200100201';
    running.simulator.expireToken();
    const phone = { id: added, accessToken: 'EAAformer' };
    expect((await running.api('POST', '/v1/business-phones', phone)).status).toBe(201);
    const id = await notify(running, person(0), { businessPhone: added });
    await running.gateway.drain();
    const state = async () =>
      (await running.api<NotificationBody>('GET', `/v1/notifications/${id}`)).body.state;
    expect(await state()).toBe('queued');
    // What Meta says of the new one is another thing; that it is asked at once is what counts.
    const tries = running.simulator.requests().length;
    expect(
      (await running.api('PATCH', `/v1/business-phones/${added}`, { accessToken: 'EAAanother' })).status,
    ).toBe(200);
    await running.gateway.drain();
    expect(running.simulator.requests().length).toBe(tries + 1);
  });

  it('asks with one message after a restart, not with all that wait', async () => {
    const { running, clock } = await atMetasPace();
    running.simulator.expireToken();
    await notify(running, person(0));
    await running.gateway.drain();
    for (let index = 1; index < 10; index += 1) await notify(running, person(index));
    const tries = () => running.simulator.requests().filter(({ path }) => path.endsWith('/messages')).length;
    await running.gateway.drain();
    expect(tries()).toBe(1);
    await running.restart();
    await running.gateway.drain();
    expect(tries()).toBe(2);
    running.simulator.renewToken();
    clock.advance(2 * minute);
    await until(running, clock, 10);
  });
});
