import { expect, it } from 'vitest';
import { monthBounds, monthOf } from './calendar-month.ts';

it('a month begins with its first moment in UTC and ends before the next one', () => {
  const december = { from: Date.parse('2026-12-01T00:00:00Z'), until: Date.parse('2027-01-01T00:00:00Z') };
  expect(monthBounds('2026-12')).toEqual(december);
  expect(monthOf(december.from)).toBe('2026-12');
  expect(monthOf(december.until - 1)).toBe('2026-12');
  expect(monthOf(december.until)).toBe('2027-01');
});

it.each(['2026-13', '2026-00', '2026-1', '26-01', '2026-11-01', ''])('"%s" is no month', (month) => {
  expect(monthBounds(month)).toBeNull();
});
