import { describe, expect, it } from 'vitest';
import {
  ownMember,
  readDecimal,
  readFlag,
  readMilliseconds,
  readNumber,
  readSeconds,
  readText,
} from './wire-values.ts';

describe('readText', () => {
  it.each([
    ['wamid.1', 'wamid.1'],
    [300100300100300, '300100300100300'],
    [0, '0'],
    ['', null],
    [null, null],
    [undefined, null],
    [true, null],
    [{}, null],
    [['1'], null],
  ])('reads %j as %j', (value, expected) => {
    expect(readText(value)).toBe(expected);
  });
});

describe('readSeconds', () => {
  it.each([
    ['a string', '1760000000', 1_760_000_000],
    ['an integer', 1_760_000_000, 1_760_000_000],
    ['a fraction', 1_760_000_000.9, 1_760_000_000],
    ['milliseconds', 1_760_000_000_999, 1_760_000_000],
    ['milliseconds as a string', '1760000000999', 1_760_000_000],
    ['the first guide’s time', '1234567890', 1_234_567_890],
    ['the earliest', 1_230_768_000, 1_230_768_000],
    ['one before the earliest', 1_230_767_999, null],
    ['the latest', 4_294_967_295, 4_294_967_295],
    ['one after the latest', 4_294_967_296, null],
    ['zero', 0, null],
    ['a negative number', -1_760_000_000, null],
    ['infinity', Number.POSITIVE_INFINITY, null],
    ['a date in words', '2026-11-22T12:00:00Z', null],
    ['an exponent', '1.76e9', null],
    ['spaces', ' 1760000000', null],
    ['digits without end', '1'.repeat(400), null],
    ['nothing', undefined, null],
    ['null', null, null],
    ['a list', [1_760_000_000], null],
  ])('reads %s', (_what, value, expected) => {
    expect(readSeconds(value)).toBe(expected);
  });
});

describe('readNumber', () => {
  it.each([
    ['558587654321', '558587654321'],
    [558587654321, '558587654321'],
    ['+558587654321', '558587654321'],
    ['+250 788 123 200', '250788123200'],
    ['BR.5500112233', 'BR.5500112233'],
    ['+55 (85) 8765-4321', '+55 (85) 8765-4321'],
    ['+', '+'],
    ['', null],
    [null, null],
  ])('reads %j as %j', (value, expected) => {
    expect(readNumber(value)).toBe(expected);
  });
});

it('finds own members only', () => {
  const object = JSON.parse('{"__proto__":{"polluted":true},"type":"text"}');
  expect(ownMember(object, 'type')).toBe('text');
  expect(ownMember(object, 'constructor')).toBeUndefined();
  expect(ownMember(object, 'polluted')).toBeUndefined();
  expect(ownMember(object, '__proto__')).toEqual({ polluted: true });
});

describe('readMilliseconds', () => {
  it.each([
    ['1760000000', 1_760_000_000_000],
    [1_760_000_000_999, 1_760_000_000_000],
    ['soon', null],
    [undefined, null],
  ])('reads %j as %j', (value, expected) => {
    expect(readMilliseconds(value)).toBe(expected);
  });
});

describe('readDecimal', () => {
  it.each([
    [25.9, 25.9],
    ['25.90', 25.9],
    ['-3', -3],
    [1e-7, 1e-7],
    ['1e3', 1000],
    ['25,90', null],
    ['0x10', null],
    ['1e999', null],
    [Number.POSITIVE_INFINITY, null],
    [' 1', null],
    ['', null],
    [true, null],
    [null, null],
    [undefined, null],
  ])('reads %j as %j', (value, expected) => {
    expect(readDecimal(value)).toBe(expected);
  });
});

describe('readFlag', () => {
  it.each([
    [true, true],
    ['true', true],
    [1, true],
    ['1', true],
    [false, false],
    ['false', false],
    [0, false],
    ['0', false],
    ['yes', null],
    [2, null],
    [null, null],
    [undefined, null],
    [{}, null],
  ])('reads %j as %j', (value, expected) => {
    expect(readFlag(value)).toBe(expected);
  });
});
