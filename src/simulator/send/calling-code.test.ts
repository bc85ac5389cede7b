import { expect, it } from 'vitest';
import { callingCodeOf } from './calling-code.ts';

it.each([
  ['551132100000', '55'],
  ['16505551234', '1'],
  ['351912345678', '351'],
  ['442079460000', '44'],
  ['8801712345678', '880'],
])('%s begins with +%s', (digits, code) => {
  expect(callingCodeOf(digits)).toBe(code);
});
