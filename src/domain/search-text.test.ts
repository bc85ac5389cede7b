import { expect, it } from 'vitest';
import { searchDigits, searchText } from './search-text.ts';

it.each([
  ['João', 'joao'],
  ['ÂNGELA', 'angela'],
  ['Ação', 'acao'],
  ['Ana 🙏', 'ana 🙏'],
  ['李', '李'],
])('%s is searched as %s', (text, expected) => {
  expect(searchText(text)).toBe(expected);
});

it.each([
  ['+55 (85) 98765-4321', '5585987654321'],
  ['765', '765'],
  ['12', null],
  ['Ana', null],
  ['Ana 123', null],
  ['BR.123', null],
])('the digits of %s are %s', (search, expected) => {
  expect(searchDigits(search)).toBe(expected);
});
