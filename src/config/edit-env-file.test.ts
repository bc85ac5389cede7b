import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnvFileError, editEnvFile, quoteEnvValue } from './edit-env-file.ts';
import { parseEnvText } from './parse-env-text.ts';

describe('editEnvFile', () => {
  const examples: [string, string, Record<string, string>, string[], string][] = [
    ['begins an empty file', '', { A: '1', B: '2' }, [], 'A=1\nB=2\n'],
    ['adds at the end', '# ours\nX=1\n', { A: '1' }, [], '# ours\nX=1\nA=1\n'],
    ['completes a last line without an end', 'X=1', { A: '1' }, [], 'X=1\nA=1\n'],
    ['fills an empty value where it stands', 'A=\nX=1\n', { A: '2' }, [], 'A=2\nX=1\n'],
    [
      'fills a value of spaces, keeping the comment',
      'A=   # the key\nX=1\n',
      { A: '2' },
      [],
      'A=2   # the key\nX=1\n',
    ],
    ['keeps a value that is there', 'A=old\n', { A: 'new' }, [], 'A=old\n'],
    ['replaces when asked', 'X=0\nA="old" # why\nY=1\n', { A: 'new' }, ['A'], 'X=0\nA=new # why\nY=1\n'],
    ['replaces the last of two, which counts', 'A=1\nA=2\n', { A: '3' }, ['A'], 'A=1\nA=3\n'],
    ['keeps export and indentation', 'export A=1\n  B=\n', { A: '3', B: '4' }, ['A'], 'export A=3\n  B=4\n'],
    ['keeps a comment without a space before it', 'A=old#why\r\n', { A: '2' }, ['A'], 'A=2#why\r\n'],
    ['keeps Windows line ends', 'X=1\r\nA=\r\n', { A: '2', B: '3' }, [], 'X=1\r\nA=2\r\nB=3\r\n'],
    ['takes no comment for a value', '# A=1\n', { A: '2' }, [], '# A=1\nA=2\n'],
    [
      'is not fooled by a name in somebody’s text',
      'T="one\nA=\ntwo"\n',
      { A: '2' },
      [],
      'T="one\nA=\ntwo"\nA=2\n',
    ],
    ['does not overrule a file', 'A_FILE=/run/secrets/a\n', { A: '2' }, ['A'], 'A_FILE=/run/secrets/a\n'],
    ['keeps a byte order mark', '\ufeffX=1\n', { A: '2' }, [], '\ufeffX=1\nA=2\n'],
    ['quotes what needs it', '', { A: 'two words # no comment' }, [], "A='two words # no comment'\n"],
    ['is not the prefix of another name', 'AB=1\n', { A: '2' }, [], 'AB=1\nA=2\n'],
  ];
  for (const [what, text, values, replace, result] of examples) {
    it(what, () => expect(editEnvFile(text, values, replace).text).toBe(result));
  }

  it('says what it wrote and what it kept', () => {
    expect(editEnvFile('A=1\nB=\n', { A: '2', B: '3', C: '4' })).toMatchObject({
      written: ['B', 'C'],
      kept: ['A'],
    });
  });

  it('refuses a file in which the value would be read wrongly', () => {
    expect(() => editEnvFile('X="never closed\n', { A: "it's two" })).toThrow(EnvFileError);
  });

  const name = fc.constantFrom('A', 'B', 'LONG_NAME', 'OTHER');
  const plain = fc.stringMatching(/^[\w.:/-]{1,12}$/);
  const line = fc.oneof(
    fc.tuple(name, plain).map(([key, value]) => `${key}=${value}`),
    fc
      .tuple(
        name,
        fc.constantFrom('', ' ', '\t', ' # note', '"x y" # note', "'q'", '"open', "it's", '"a\nB=\nc"'),
      )
      .map(([key, rest]) => `${key}=${rest}`),
    fc.constantFrom(
      '# a comment',
      '',
      '   ',
      'no equals sign',
      'export OTHER=1',
      '=x',
      '# A=',
      '\ufeffA=1',
      'A =',
      'A= \v',
    ),
    fc.string({ maxLength: 12 }),
  );

  it('reads back with the new values and every old one, and leaves every other line as it was', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.dictionary(name, plain, { maxKeys: 4 }),
        fc.subarray(['A', 'B', 'LONG_NAME', 'OTHER']),
        (lines, lineEnd, closed, values, replace) => {
          const text = lines.join(lineEnd) + (closed ? lineEnd : '');
          const before = parseEnvText(text);
          const edited = editEnvFile(text, values, replace);
          const after = parseEnvText(edited.text);
          for (const [key, value] of Object.entries({ ...before, ...values })) {
            const stands = (before[key] ?? '') !== '' && !(key in values && replace.includes(key));
            expect(after[key]).toBe(stands ? before[key] : value);
          }
          expect(Object.keys(after).sort()).toEqual(
            [...new Set([...Object.keys(before), ...edited.written])].sort(),
          );

          const written = new RegExp(
            `^[^\\S\\n]*(export[^\\S\\n]+)?(${edited.written.join('|') || '$.'})[^\\S\\n]*=`,
          );
          const untouched = (all: string) =>
            all.split(/\r?\n/).filter((each) => each !== '' && !written.test(each));
          expect(untouched(edited.text)).toEqual(untouched(text));
          if (edited.written.length === 0) expect(edited.text).toBe(text);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives the same text when done twice', () => {
    fc.assert(
      fc.property(fc.array(line), fc.dictionary(name, plain), (lines, values) => {
        const once = editEnvFile(lines.join('\n'), values).text;
        expect(editEnvFile(once, values).text).toBe(once);
      }),
    );
  });
});

describe('quoteEnvValue', () => {
  it('writes any single-line value such that it reads back, or refuses', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        let written: string;
        try {
          written = quoteEnvValue(value);
        } catch (error) {
          expect(error).toBeInstanceOf(EnvFileError);
          return;
        }
        expect(parseEnvText(`A=${written}\nB=1\n`)).toEqual({ A: value, B: '1' });
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves tokens and addresses unquoted', () => {
    for (const value of ['rk_a-b_C', 'https://api.example.com/x?y=1', 'EAAG123', 'a,b']) {
      if (!value.includes('?')) expect(quoteEnvValue(value)).toBe(value);
    }
  });
});
