import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { countries } from './country.ts';
import { readDuration, writeDuration } from './duration.ts';
import type { Json } from './json.ts';
import {
  type BehaviourName,
  behaviourNames,
  behaviourOf,
  behaviourSettings,
  defaultBehaviour,
  expectationOf,
  takesValue,
  writtenValue,
} from './settings.ts';

describe('readDuration', () => {
  it.each([
    ['15 min', 900_000],
    ['90s', 90_000],
    ['1 h 30 min', 5_400_000],
    ['1h30m', 5_400_000],
    ['7 d', 604_800_000],
  ])('reads %s', (text, milliseconds) => {
    expect(readDuration(text)).toBe(milliseconds);
  });

  it.each(['', '15', 'min', '-1 h', '1.5 h', '15 minutes', 'PT15M', '15 min later'])(
    'refuses "%s"',
    (text) => {
      expect(readDuration(text)).toBeNull();
    },
  );

  it('reads again what writeDuration wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        expect(readDuration(writeDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});

describe('countries', () => {
  it('are those whose numbers can be read', () => {
    expect([...countries]).toEqual(getCountries().sort());
  });
});

describe('the settings of behaviour', () => {
  it.each(behaviourNames)('%s takes its own example, which differs from its default', (name) => {
    expect(takesValue(name, behaviourSettings[name].example)).toBe(true);
    const behaviour = behaviourOf(new Map([[name, behaviourSettings[name].example]]));
    expect(writtenValue(name, behaviour)).toEqual(behaviourSettings[name].example);
    expect(behaviour).not.toEqual(defaultBehaviour);
  });

  it.each<[BehaviourName, Json, string]>([
    ['unknownPatience', '59 s', 'from 1 min to 7 d'],
    ['unknownPatience', '8 d', 'from 1 min to 7 d'],
    ['unknownPatience', 900, 'such as `20 min`'],
    ['authenticationPatience', '2 d', 'from 30 s to 1 d'],
    ['defaultCountry', 'br', 'two capital letters'],
    ['defaultCountry', 'XX', 'two capital letters'],
    ['optOutWords', 'SAIR', 'list of at most 50'],
    ['optOutWords', ['Fora', 'start'], 'none of which means to start'],
    ['quietHours', '22-7', '`from`, `until` and `timeZone`'],
    ['phoneFallbacks', { Recife: { name: 'a', language: 'b' } }, 'each id of a business phone'],
    ['phoneFallbacks', { '200100200100200': { name: 'a' } }, '"name"'],
    ['defaultFallback', 'interview_reminder', '`name` and `language`'],
    ['defaultFallback', { name: 'a' }, '`name` and `language`'],
    ['defaultFallback', { name: ' ', language: 'pt_BR' }, '`name` and `language`'],
    ['defaultFallback', { name: 'a', language: 'b', components: [] }, 'exactly'],
  ])('%s does not take %j', (name, value, expected) => {
    expect(takesValue(name, value)).toBe(false);
    expect(expectationOf(name)).toContain(expected);
    expect(behaviourOf(new Map([[name, value]]))).toEqual(defaultBehaviour);
  });

  it('ignores names of other versions', () => {
    expect(behaviourOf(new Map([['holidays', '24-12']]))).toEqual(defaultBehaviour);
  });
});
