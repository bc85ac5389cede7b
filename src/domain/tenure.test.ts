import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, endsOfTenures } from './tenure.ts';

const claim = (userId: string, since: number, latest = since): Claim => ({ userId, since, latest });

describe('a number that several people were seen with', () => {
  it.each<[string, Claim[], (number | null)[]]>([
    ['is theirs who alone have it', [claim('a', 10, 90)], [null]],
    ['passes on when the next one is first seen with it', [claim('a', 10, 30), claim('b', 50)], [49, null]],
    ['passes on and on', [claim('c', 70), claim('a', 10), claim('b', 40)], [null, 39, 69]],
    ['is theirs again who are named with it once more', [claim('a', 10, 60), claim('b', 50)], [null, 50]],
    [
      'of two in one millisecond has the one with the greater user id',
      [claim('b', 10), claim('a', 10)],
      [null, 10],
    ],
    ['has no two ends in one', [claim('a', 10), claim('b', 10), claim('c', 10)], [10, 11, null]],
  ])('%s', (_what, claims, ends) => {
    expect(endsOfTenures(claims)).toEqual(ends);
  });

  it('has one holder at last, whatever order the claims come in', () => {
    const claims = fc
      .uniqueArray(fc.tuple(fc.string(), fc.nat(50), fc.nat(50)), {
        minLength: 1,
        selector: ([userId]) => userId,
      })
      .map((all) => all.map(([userId, since, more]) => claim(userId, since, since + more)));
    fc.assert(
      fc.property(claims, fc.nat(), (given, turn) => {
        const ends = endsOfTenures(given);
        expect(ends.filter((end) => end === null)).toHaveLength(1);
        expect(new Set(ends).size).toBe(given.length);
        const turned = given.map((_, index) => (index + turn) % given.length);
        const again = endsOfTenures(turned.flatMap((index) => given[index] ?? []));
        expect(again).toEqual(turned.map((index) => ends[index]));
      }),
    );
  });
});
