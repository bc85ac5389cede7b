import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable, writeTable } from './read-table.ts';

describe('a table', () => {
  it.each([
    ['to,name\n1,Ana\n', ['to', 'name'], [['1', 'Ana']]],
    [
      'to;name\r\n1;"Ana; Souza"\r\n\r\n2;Bia',
      ['to', 'name'],
      [
        ['1', 'Ana; Souza'],
        ['2', 'Bia'],
      ],
    ],
    ['\ufeffto\tname\n1\t""\n', ['to', 'name'], [['1', '']]],
    ['to,text\n1,"two\nlines, and ""quotes"""\n', ['to', 'text'], [['1', 'two\nlines, and "quotes"']]],
  ])('is read from %j', (text, columns, rows) => {
    const table = readTable(text);
    expect(table).toMatchObject({ columns });
    expect(typeof table === 'string' ? [] : table.rows.map(({ values }) => values)).toEqual(rows);
  });

  it.each([
    ['', 'The file is empty.'],
    ['to,to\n', 'The column "to" stands there twice.'],
    ['to,name\n1\n', 'Line 2 has 1 fields, and the first line 2.'],
    ['to,text\n1,"a\nb\n', 'The quotation mark of line 2 is never closed.'],
    ['to,text\n1,"a"b\n', 'Line 2: after a closing quotation mark a "," or the end of the line is expected.'],
  ])('names the mistake of %j', (text, sentence) => {
    expect(readTable(text)).toBe(sentence);
  });

  it('names lines as an editor does, also behind fields of several lines', () => {
    const table = readTable('to,text\n1,"a\nb"\n2,c\n');
    expect(typeof table === 'string' ? [] : table.rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('is the same after being written and read', () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text) && !text.startsWith('\ufeff'));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.constant('x')), { maxLength: 5 }), (rows) => {
        const table = readTable(writeTable(['a', 'b', 'c'], rows));
        expect(typeof table === 'string' ? table : table.rows.map(({ values }) => values)).toEqual(rows);
      }),
    );
  });

  it('holds nothing that a spreadsheet would run', () => {
    expect(writeTable(['to'], [['=1+1'], ['+5585'], ['-2+3']])).toBe("to\r\n'=1+1\r\n+5585\r\n'-2+3\r\n");
  });
});
