import { describe, expect, it } from 'vitest';
import { type BusinessPhone, createBusinessPhone } from '../accounts/business-phone.ts';
import { createSimulatedClock } from '../time/simulated-clock.ts';
import { createThrottling } from './throttling.ts';

const start = Date.UTC(2026, 9, 5, 12);

function phoneWith(change: Partial<BusinessPhone> = {}) {
  return createBusinessPhone({
    phoneNumberId: '2',
    displayPhoneNumber: '551132100000',
    wabaId: '3',
    verifiedName: 'Loja',
    registered: true,
    ...change,
  });
}

function stopped() {
  const clock = createSimulatedClock({ start });
  clock.pause();
  return clock;
}

/** How many of so many are let through. */
function letThrough(count: number, one: () => unknown): number {
  return Array.from({ length: count }, one).filter((refusal) => refusal === null).length;
}

describe('the throughput of a phone (meta-facts §6)', () => {
  it.each([
    ['80 a second', {}, 80],
    ['1,000 when it is high', { throughputLevel: 'HIGH' as const }, 1_000],
    ['20 in coexistence', { isOnBizApp: true, throughputLevel: 'HIGH' as const }, 20],
  ])('is %s, then #130429 until time has passed', (_name, change, rate) => {
    const clock = stopped();
    const phone = phoneWith(change);
    const throttling = createThrottling(clock, true);
    expect(letThrough(rate + 5, () => throttling.countSend(phone))).toBe(rate);
    expect(throttling.countSend(phone)).toMatchObject({ code: 130429 });
    clock.jump(500);
    expect(letThrough(rate, () => throttling.countSend(phone))).toBe(rate / 2);
    clock.jump(60_000);
    expect(letThrough(2 * rate, () => throttling.countSend(phone))).toBe(rate);
  });

  it('counts what people write as well, and other phones apart', () => {
    const throttling = createThrottling(stopped(), true);
    const phone = phoneWith();
    for (let written = 0; written < 50; written++) throttling.countReceived(phone);
    expect(letThrough(80, () => throttling.countSend(phone))).toBe(30);
    expect(throttling.countSend(phoneWith({ phoneNumberId: '4' }))).toBeNull();
  });
});

describe('the pair of phone and person (meta-facts §6)', () => {
  it('lets 45 through at once, which are paid back at one in six seconds (#131056)', () => {
    const clock = stopped();
    const phone = phoneWith();
    const throttling = createThrottling(clock, true);
    const toAna = () => throttling.countPair(phone, 'BR.1');
    expect(letThrough(50, toAna)).toBe(45);
    expect(throttling.countPair(phone, 'BR.2')).toBeNull();
    clock.jump(5_999);
    expect(toAna()).toMatchObject({ code: 131056 });
    clock.jump(1);
    expect(letThrough(2, toAna)).toBe(1);
    clock.jump(60_000);
    expect(letThrough(20, toAna)).toBe(10);
    clock.jump(45 * 6_000);
    expect(letThrough(50, toAna)).toBe(45);
  });

  it('is never exceeded by one message in six seconds', () => {
    const clock = stopped();
    const throttling = createThrottling(clock, true);
    for (let sent = 0; sent < 600; sent++) {
      expect(throttling.countPair(phoneWith(), 'BR.1')).toBeNull();
      clock.jump(6_000);
    }
  });
});

it('only counts breaches where limits are not enforced', () => {
  const clock = stopped();
  const throttling = createThrottling(clock, false);
  const phone = phoneWith({ isOnBizApp: true });
  expect(letThrough(21, () => throttling.countSend(phone))).toBe(21);
  expect(letThrough(46, () => throttling.countPair(phone, 'BR.1'))).toBe(46);
  expect(throttling.breaches()).toEqual([
    { at: clock.now(), phoneNumberId: '2', code: 130429, person: null },
    { at: clock.now(), phoneNumberId: '2', code: 131056, person: 'BR.1' },
  ]);
});
