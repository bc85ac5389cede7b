import { describe, expect, it } from 'vitest';
import { median, pairedRatio, percentile } from './statistics.ts';

describe('percentile', () => {
  const values = [50, 10, 40, 20, 30];
  it.each([
    [0, 10],
    [0.2, 10],
    [0.21, 20],
    [0.5, 30],
    [0.99, 50],
    [1, 50],
  ])('%d of five values', (part, expected) => expect(percentile(values, part)).toBe(expected));

  it('leaves the values as they were', () => {
    percentile(values, 0.5);
    expect(values).toEqual([50, 10, 40, 20, 30]);
  });

  it('refuses to speak of nothing', () => expect(() => percentile([], 0.5)).toThrow(RangeError));
});

describe('median', () => {
  it('is the middle of an odd number of values', () => expect(median([9, 1, 5])).toBe(5));
  it('is between the two in the middle of an even number', () => expect(median([9, 1, 5, 7])).toBe(6));
  it('refuses to speak of nothing', () => expect(() => median([])).toThrow(RangeError));
});

describe('a paired ratio', () => {
  it('compares within rounds, so that a machine that becomes slower changes nothing', () => {
    expect(pairedRatio([100, 50, 10], [200, 100, 20])).toBe(0.5);
  });
  it('is not moved by one bad round', () => expect(pairedRatio([100, 1, 100], [100, 100, 100])).toBe(1));
  it('refuses rounds without a counterpart', () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow('A round lacks its counterpart.');
  });
});
