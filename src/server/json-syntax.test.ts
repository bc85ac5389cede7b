import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSyntaxError } from './json-syntax.ts';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['', 1, 1, 'a value'],
    ['   ', 1, 4, 'a value'],
    ['{"to": }', 1, 8, 'a value'],
    ["{'to': 1}", 1, 2, 'a member’s name in double quotes'],
    ['{"to" 1}', 1, 7, 'a colon'],
    ['{"to": 1 "text": 2}', 1, 10, 'a comma or }'],
    ['{"to": 1,}', 1, 10, 'a member’s name in double quotes'],
    ['[1 2]', 1, 4, 'a comma or ]'],
    ['[1,]', 1, 4, 'a value'],
    ['{"a": 1}\n}', 2, 1, 'the end of the body'],
    ['{\n  "nome": "Zé",\n  "idade": 07\n}', 3, 13, 'a comma or }'],
    ['["😀" 1]', 1, 6, 'a comma or ]'],
    ['"open', 1, 1, 'a value'],
    ['nul', 1, 1, 'a value'],
  ])('in %j is line %i, column %i', (source, line, column, expected) => {
    expect(findSyntaxError(source)).toEqual({ line, column, expected });
  });

  it('is found exactly when JSON.parse fails', () => {
    const json = fc.json().chain((source) =>
      fc.oneof(
        fc.constant(source),
        fc
          .tuple(
            fc.nat(source.length),
            fc.nat(4),
            fc.constantFrom('', ',', '"', '}', ']', '\\', '0', '\n', 'é', '\t'),
          )
          .map(([at, length, inserted]) => source.slice(0, at) + inserted + source.slice(at + length)),
      ),
    );
    fc.assert(
      fc.property(fc.oneof(json, fc.string()), (source) => {
        expect(findSyntaxError(source) === null).toBe(parses(source));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is found in a megabyte of one string and of one nesting', () => {
    expect(findSyntaxError(`"${'a\\n'.repeat(350_000)}"`)).toBeNull();
    expect(findSyntaxError(`"${'a'.repeat(1_000_000)}`)).toEqual({ line: 1, column: 1, expected: 'a value' });
    expect(findSyntaxError('['.repeat(1_000_000))?.column).toBe(1_000_001);
  });
});

function parses(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}
