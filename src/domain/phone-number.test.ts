import { describe, expect, it } from 'vitest';
import { phoneNumberVariants, spellingsOfNumber } from './phone-number.ts';

describe('the spellings of a number', () => {
  it.each([
    ['a Brazilian mobile', '5585987654321', '558587654321'],
    ['a Mexican number', '5215512345678', '525512345678'],
  ])('of %s are two, and either finds the person', (_which, one, other) => {
    for (const [given, variant] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(spellingsOfNumber(given)).toEqual([given, variant]);
      expect(phoneNumberVariants(given)).toEqual([given, variant]);
    }
  });

  it('of an Argentinian number is one; the other only finds somebody, since it may be a landline', () => {
    expect(spellingsOfNumber('5491143210000')).toEqual(['5491143210000']);
    expect(spellingsOfNumber('541143210000')).toEqual(['541143210000']);
    expect(phoneNumberVariants('5491143210000')).toEqual(['5491143210000', '541143210000']);
    expect(phoneNumberVariants('541143210000')).toEqual(['541143210000', '5491143210000']);
  });

  it.each(['558532100000', '16505551234', 'BR.5585987654321'])('of %s is itself alone', (given) => {
    expect(spellingsOfNumber(given)).toEqual([given]);
    expect(phoneNumberVariants(given)).toEqual([given]);
  });
});
