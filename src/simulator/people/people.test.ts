import { describe, expect, it } from 'vitest';
import { createPeople } from './people.ts';

const portfolio = '300100300100300';

describe('people', () => {
  it.each<[string, string, string, boolean]>([
    ['Brazil, dialled with the ninth digit', '558587654321', '5585987654321', true],
    ['Brazil, dialled without it', '5585987654321', '558587654321', true],
    ['a Brazilian landline has one spelling', '558532100000', '5585932100000', false],
    ['Mexico', '5215512345678', '525512345678', true],
    ['Argentina', '5491123456789', '541123456789', true],
    ['somebody else', '558587654321', '558587654322', false],
  ])('are reached by any spelling of their number: %s (meta-facts §4.4)', (_name, waId, digits, reached) => {
    const people = createPeople(portfolio);
    const { person } = people.make(waId);
    expect(people.byNumber(digits)).toBe(reached ? person : null);
    expect(people.make(digits).made).toBe(!reached);
  });

  it('have a user id with their country, the same in every run, another one for another business', () => {
    const one = createPeople(portfolio).make('558587654321').person;
    const again = createPeople(portfolio).make('558587654321').person;
    const elsewhere = createPeople('300100300100301').make('558587654321').person;
    expect(one.userId).toMatch(/^BR\.\d+$/);
    expect(again.userId).toBe(one.userId);
    expect(elsewhere.userId).not.toBe(one.userId);
  });

  it.each(['', '123456789', '1234567890123456', '+558587654321', 'Ana'])('refuse the number "%s"', (waId) => {
    expect(() => createPeople(portfolio).make(waId)).toThrow(/10 to 15 digits/);
  });
});
