import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, fitText, textWidth } from './fit-text.ts';

describe('fitting text into columns', () => {
  it.each([
    ['Ana', 5, 'Ana'],
    ['Ana Souza', 9, 'Ana Souza'],
    ['Ana Souza', 8, 'Ana Sou…'],
    ['\u001b[2JAna', 20, '\\u001b[2JAna'],
    ['\u202eevil', 20, '\\u202eevil'],
    ['two\nlines', 20, 'two\\nlines'],
    ['山田太郎', 5, '山田…'],
    ['👩‍👩‍👧 family', 4, '👩‍👩‍👧 …'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('%j in %i', (text, columns, expected) => {
    expect(fitText(text, columns)).toBe(expected);
  });

  it('never takes more columns than it is given, and a cell takes them all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
        expect(textWidth(fitText(text, columns))).toBeLessThanOrEqual(columns);
        expect(textWidth(cellText(text, columns))).toBe(columns);
      }),
    );
  });
});
