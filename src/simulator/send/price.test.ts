import { describe, expect, it } from 'vitest';
import { createServiceCount, priceOf } from './price.ts';

const before = Date.UTC(2026, 8, 30, 23, 59);
const since = Date.UTC(2026, 9, 1);
const plain = { windowOpen: true, freeEntryPoint: false, servicesBefore: 0 };

describe('what a message costs (meta-facts §6 "Pricing")', () => {
  it.each([
    ['a free text', { category: 'service', at: before }, 'free_customer_service'],
    [
      'the 5,000th free text before October 2026',
      { category: 'service', at: before, servicesBefore: 4_999 },
      'free_customer_service',
    ],
    [
      'the 1,000th of a month since',
      { category: 'service', at: since, servicesBefore: 999 },
      'free_customer_service',
    ],
    ['the 1,001st', { category: 'service', at: since, servicesBefore: 1_000 }, 'regular'],
    ['utility in the window, before', { category: 'utility', at: before }, 'free_customer_service'],
    ['utility in the window, since', { category: 'utility', at: since }, 'regular'],
    ['utility outside', { category: 'utility', at: before, windowOpen: false }, 'regular'],
    ['marketing in the window', { category: 'marketing', at: before }, 'regular'],
    ['authentication in the window', { category: 'authentication', at: before }, 'regular'],
    [
      'after an advertisement, whatever it is',
      { category: 'marketing', at: since, freeEntryPoint: true },
      'free_entry_point',
    ],
  ] as const)('%s', (_name, message, type) => {
    expect(priceOf({ ...plain, ...message }, 'by-date')).toBe(type);
  });

  it('the rules of October 2026 can be held off', () => {
    const late = { ...plain, at: since, servicesBefore: 5_000 };
    expect(priceOf({ ...late, category: 'service' }, 'before-october-2026')).toBe('free_customer_service');
    expect(priceOf({ ...late, category: 'utility' }, 'before-october-2026')).toBe('free_customer_service');
  });
});

it('counts for each number and month', () => {
  const count = createServiceCount();
  count.add('1', before);
  count.add('1', since);
  count.add('1', since + 1);
  expect([count.before('1', before), count.before('1', since), count.before('2', since)]).toEqual([1, 2, 0]);
});
