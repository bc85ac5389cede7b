import { describe, expect, it } from 'vitest';
import { titleOf } from '../graph/graph-error.ts';
import { magicCode, magicRecipients } from './magic-recipients.ts';

describe('magic recipients', () => {
  it.each([
    ['+10000003010', 133010, 'answer'],
    ['+10000001047', 131047, 'status'],
    ['+10000001049', 131049, 'status'],
    ['+10000001026', 131026, 'status'],
    ['+10000001030', 131030, 'answer'],
    ['+10000000429', 130429, 'answer'],
    ['+10000002001', 132001, 'answer'],
    ['+10000000007', 80007, 'answer'],
    ['+10000000368', 368, 'answer'],
    ['+10000000190', 190, 'answer'],
    ['+10000000004', 4, 'answer'],
    ['+10000003005', 133005, 'answer'],
    ['+10000003016', 133016, 'answer'],
  ] as const)('%s: #%i by %s (meta-facts §5)', (number, code, toldBy) => {
    expect(magicRecipients).toContainEqual(expect.objectContaining({ number, code, toldBy }));
    expect(magicCode(number.slice(1))).toBe(code);
  });

  it('are as many as there are codes, each with a title of its own', () => {
    const numbers = magicRecipients.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThan(50);
    for (const { code } of magicRecipients) {
      expect(`${code} ${titleOf(code)}`).not.toBe(`${code} Unknown error`);
    }
  });

  it('leave out what a send never meets, and every other number', () => {
    const codes = magicRecipients.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining([133008, 133009, 133015]));
    expect(codes).not.toContain(131060);
    expect(magicCode('558587653010')).toBeNull();
    expect(magicCode('10000009999')).toBeNull();
  });
});
