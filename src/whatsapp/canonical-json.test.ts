import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  // Frozen: keys of stored events are made from this text. A row that has to change means a new key version.
  it.each<[Json, string]>([
    ['Oi', '2:Oi'],
    [7, '1:7'],
    ['7', '1:7'],
    [-1.5, '4:-1.5'],
    ['', '0:'],
    [null, 'n'],
    [true, 't'],
    [false, 'f'],
    [[], '[0:'],
    [{}, '{0:'],
    [['a', [1], null], '[3:1:a[1:1:1n'],
    [{ b: 1, a: { d: [], c: 'x' } }, '{2:1:a{2:1:c1:x1:d[0:1:b1:1'],
    ['olá 👍', '6:olá 👍'],
    ['\ud83d', '"1:\\ud83d"'],
    ['a\u0000b', '3:a\u0000b'],
  ])('writes %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(parsed(turned))).toBe(canonicalJson(parsed(object)));
      }),
    );
  });

  it('is the same for equal values only, numbers being equal to their text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same =
          JSON.stringify(withSortedText(parsed(one))) === JSON.stringify(withSortedText(parsed(other)));
        expect(canonicalJson(parsed(one)) === canonicalJson(parsed(other))).toBe(same);
      }),
    );
  });

  it.each([
    [
      ['ab', 'c'],
      ['a', 'bc'],
    ],
    [
      ['a', ['b']],
      ['a', 'b'],
    ],
    [[[], []], [[[]]]],
    [{ a: 'n' }, { a: null }],
    ['\ud83d', '\ude00'],
    [
      { a: 1, b: 2 },
      { a: 1, b: { a: 2 } },
    ],
  ])('tells %j from %j', (one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other));
  });

  it('knows a member called __proto__', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{1:9:__proto__{1:1:a1:1');
  });

  it('goes deeper than calls can', () => {
    const depth = 200_000;
    expect(canonicalJson(JSON.parse('['.repeat(depth) + ']'.repeat(depth)))).toBe(
      `${'[1:'.repeat(depth - 1)}[0:`,
    );
  });
});

function parsed(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

function withSortedText(value: Json): Json {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(withSortedText);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { members: members.map(([name, member]) => [name, withSortedText(member)]) };
}
