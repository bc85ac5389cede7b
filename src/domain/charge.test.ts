import { describe, expect, it } from 'vitest';
import { type ChargeCount, type ChargeStanding, costsOf, type Pricing, standingOf } from './charge.ts';

describe('whether a message is charged', () => {
  it.each<[string, Pick<Pricing, 'billable' | 'type'>, ChargeStanding]>([
    ['by conversation: billable alone', { billable: true, type: null }, 'charged'],
    ['by conversation, free', { billable: false, type: null }, 'free'],
    ['by message', { billable: true, type: 'regular' }, 'charged'],
    ['billable left out, regular', { billable: null, type: 'regular' }, 'charged'],
    ['billable left out, within the window', { billable: null, type: 'free_customer_service' }, 'free'],
    ['billable left out, after an advertisement', { billable: null, type: 'free_entry_point' }, 'free'],
    ['billable left out, in a group', { billable: null, type: 'free_group_customer_service' }, 'free'],
    ['a type of tomorrow', { billable: null, type: 'discounted' }, 'unknown'],
    ['nothing told', { billable: null, type: null }, 'unknown'],
  ])('%s', (_name, pricing, standing) => {
    expect(standingOf(pricing)).toBe(standing);
  });
});

const count = (changes: Partial<ChargeCount>): ChargeCount => ({
  billable: true,
  model: 'PMP',
  type: 'regular',
  category: 'utility',
  failed: false,
  messages: 1,
  conversations: 0,
  ...changes,
});

describe('costs', () => {
  it('adds what is charged alike, and keeps categories and types apart', () => {
    const { lines } = costsOf(
      [
        count({ messages: 3 }),
        count({ messages: 2, billable: null }),
        count({ messages: 4, type: 'free_customer_service', billable: false }),
        count({ messages: 5, category: 'marketing_lite' }),
        count({ messages: 6, category: 'referral_conversion', type: 'free_entry_point', billable: null }),
      ],
      {},
    );
    expect(lines.map(({ category, type, charged, free }) => [category, type, charged, free])).toEqual([
      ['marketing_lite', 'regular', 5, 0],
      ['referral_conversion', 'free_entry_point', 0, 6],
      ['utility', 'free_customer_service', 0, 4],
      ['utility', 'regular', 5, 0],
    ]);
  });

  it('keeps what failed apart from what is charged, also in the estimate', () => {
    const counts = [
      count({ messages: 3 }),
      count({ messages: 2, failed: true }),
      count({ model: 'CBP', messages: 4, conversations: 1, failed: true }),
    ];
    const costs = costsOf(counts, { utility: { price: '1', currency: 'USD' } });
    expect(costs).toMatchObject({
      lines: [
        { model: 'CBP', charged: 0, failed: 4, estimate: { amount: '0.00' } },
        { model: 'PMP', charged: 3, failed: 2, estimate: { amount: '3.00' } },
      ],
      estimates: [{ amount: '3.00' }],
    });
  });

  it('counts conversations where conversations were charged, and messages where none is named', () => {
    const { lines } = costsOf([count({ model: 'CBP', type: null, messages: 9, conversations: 2 })], {});
    expect(lines).toMatchObject([{ unit: 'conversation', charged: 2 }]);
    expect(costsOf([count({ model: 'CBP', messages: 9 })], {}).lines).toMatchObject([
      { unit: 'message', charged: 9 },
    ]);
  });

  it('estimates with the operator’s own prices, exactly, and says what has none', () => {
    const counts = [
      count({ messages: 1_000_003 }),
      count({ messages: 3, category: 'marketing' }),
      count({ messages: 7, category: 'service' }),
      count({ messages: 5, category: 'authentication', type: 'free_customer_service', billable: false }),
    ];
    const prices = {
      utility: { price: '0.0068', currency: 'USD' },
      marketing: { price: '0.1', currency: 'USD' },
      authentication: { price: '1', currency: 'BRL' },
    };
    const { lines, estimates, unpriced } = costsOf(counts, prices);
    expect(lines.map(({ category, estimate }) => [category, estimate?.amount])).toEqual([
      ['authentication', '0.00'],
      ['marketing', '0.30'],
      ['service', undefined],
      ['utility', '6800.0204'],
    ]);
    expect(estimates).toEqual([
      { currency: 'BRL', amount: '0.00' },
      { currency: 'USD', amount: '6800.3204' },
    ]);
    expect(unpriced).toBe(7);
  });

  it('takes no category of an object’s own making for a price', () => {
    expect(costsOf([count({ category: 'constructor' })], {}).unpriced).toBe(1);
  });
});
