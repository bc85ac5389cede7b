import { expect, it } from 'vitest';
import { readableNumber } from './people.ts';

it.each([
  ['558587654321', '+55 85 8765 4321'],
  ['5511987654321', '+55 11 98765 4321'],
  ['551132100000', '+55 11 3210 0000'],
  ['351912345678', '+351 912 345 678'],
  ['999000000000', '+999000000000'],
])('%s is read as %s', (digits, readable) => {
  expect(readableNumber(digits)).toBe(readable);
});
