import { describe, expect, it } from 'vitest';
import { type RecipientMistake, readRecipient } from './read-recipient.ts';

describe('a number as people type it', () => {
  it.each<[string, string | null, string]>([
    ['+55 85 98765-4321', null, '5585987654321'],
    ['5585987654321', null, '5585987654321'],
    ['558587654321', null, '558587654321'],
    ['+52 1 55 1234 5678', null, '5215512345678'],
    ['+52 55 1234 5678', null, '525512345678'],
    ['+54 9 11 2345-6789', null, '5491123456789'],
    ['(85) 98765-4321', 'BR', '5585987654321'],
    ['85 8765-4321', 'BR', '558587654321'],
    ['5585987654321', 'BR', '5585987654321'],
    ['5215512345678', 'MX', '5215512345678'],
    ['+1 650 555 1234', 'BR', '16505551234'],
    ['0800 123 4567', 'BR', '558001234567'],
    ['+49 30 123456', null, '4930123456'],
    ['+882 16 1234567', null, '882161234567'],
  ])('%s, where numbers are of %s, is %s', (to, country, digits) => {
    expect(readRecipient(to, country)).toEqual({ kind: 'number', digits });
  });

  it.each<[string, string | null, RecipientMistake]>([
    ['4321-0000', 'BR', 'area-code-missing'],
    ['98765-4321', 'BR', 'area-code-missing'],
    ['+55 98765-4321', null, 'area-code-missing'],
    ['4003-1234', 'BR', 'area-code-missing'],
    ['555 1234', 'US', 'area-code-missing'],
    ['+1 555 1234', null, 'area-code-missing'],
    ['+52 1234 5678', null, 'area-code-missing'],
    ['123', null, 'recipient-invalid'],
    ['+999 123 456 789', null, 'recipient-invalid'],
    ['98765 4321 98765 4321', 'BR', 'recipient-invalid'],
    ['+1 650 555 12345', null, 'recipient-invalid'],
  ])('%s, where numbers are of %s, is refused: %s', (to, country, mistake) => {
    expect(readRecipient(to, country)).toBe(mistake);
  });

  it.each([
    ['BR.5585987654321', { kind: 'user_id', userId: 'BR.5585987654321' }],
    ['BR.ENT.558587654321', { kind: 'user_id', userId: 'BR.ENT.558587654321' }],
    ['ct_01k9x2m4c7b8d3fq', { kind: 'contact', contactId: 'ct_01k9x2m4c7b8d3fq' }],
  ])('%s is no number, whatever digits are in it', (to, recipient) => {
    expect(readRecipient(to, 'BR')).toEqual(recipient);
  });
});
