import { describe, expect, it } from 'vitest';
import { goalInWords, inUnit } from './goals.ts';

describe('goals', () => {
  it.each([
    [{ what: '', value: 0.8, unit: '×' }, { least: 0.8 }, '≥ 0.8, met'],
    [{ what: '', value: 0.79, unit: '×' }, { least: 0.8 }, '≥ 0.8, NOT MET'],
    [{ what: '', value: 10, unit: 'ms' }, { most: 10 }, '≤ 10 ms, met'],
    [{ what: '', value: 10.1, unit: 'ms' }, { most: 10 }, '≤ 10 ms, NOT MET'],
    [{ what: '', value: 3_000, unit: '/s' }, { least: 3_300 }, '≥ 3,300/s, NOT MET'],
    [{ what: '', value: 1, unit: 's' }, undefined, ''],
  ])('%j against %j', (reading, goal, expected) => expect(goalInWords(reading, goal)).toBe(expected));
});

describe('values in their units', () => {
  it.each([
    [0.4567, '×', '0.46'],
    [12_345.6, '/s', '12,346/s'],
    [1.234, 'ms', '1.23 ms'],
    [45.67, 'ms', '45.7 ms'],
    [150, 'MB', '150 MB'],
    [0, 'ms', '0 ms'],
  ])('%d in %s', (value, unit, expected) => expect(inUnit(value, unit)).toBe(expected));
});
