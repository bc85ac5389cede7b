import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationInWords } from './duration.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('durationInWords', () => {
  it.each([
    [-5 * hour, 'less than 1 s'],
    [0, 'less than 1 s'],
    [999, 'less than 1 s'],
    [second, '1 s'],
    [59 * second + 999, '59 s'],
    [minute, '1 min'],
    [2 * minute + 5 * second, '2 min 5 s'],
    [3 * hour + 12 * minute + 59 * second, '3 h 12 min'],
    [hour + 30 * second, '1 h'],
    [24 * hour - 1, '23 h 59 min'],
    [day, '1 d'],
    [400 * day + 23 * hour + 59 * minute, '400 d 23 h'],
  ])('says %d ms as "%s"', (milliseconds, words) => {
    expect(durationInWords(milliseconds)).toBe(words);
  });

  it('never says more than the time that there is, nor less by a whole smaller unit', () => {
    const lengths: Record<string, number> = { d: day, h: hour, min: minute, s: second };
    fc.assert(
      fc.property(fc.integer({ min: second, max: 1_000 * day }), (milliseconds) => {
        const said = [...durationInWords(milliseconds).matchAll(/(\d+) (d|h|min|s)/g)];
        const total = said.reduce(
          (sum, [, count, unit]) => sum + Number(count) * (lengths[unit ?? ''] ?? 0),
          0,
        );
        const largest = lengths[said[0]?.[2] ?? ''] ?? 0;
        expect(total).toBeLessThanOrEqual(milliseconds);
        expect(milliseconds - total).toBeLessThan(Math.max(second, largest / 24));
      }),
    );
  });
});
