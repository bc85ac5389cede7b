import { expect, it } from 'vitest';
import { isLower, peopleWithin } from './messaging-limit.ts';

it.each([
  ['TIER_50', 50],
  ['TIER_250', 250],
  ['TIER_1K', 1_000],
  ['TIER_2K', 2_000],
  ['TIER_100K', 100_000],
  ['TIER_UNLIMITED', Number.POSITIVE_INFINITY],
  ['2000', 2_000],
  ['TIER_NOT_SET', null],
  ['', null],
])('%s lets %s people be written to', (limit, people) => {
  expect(peopleWithin(limit)).toBe(people);
});

it('a limit is lower only where both say a number', () => {
  expect(isLower('TIER_2K', 'TIER_10K')).toBe(true);
  expect(isLower('TIER_10K', 'TIER_UNLIMITED')).toBe(true);
  expect(isLower('TIER_10K', '10000')).toBe(false);
  expect(isLower('TIER_NOT_SET', 'TIER_10K')).toBe(false);
});
