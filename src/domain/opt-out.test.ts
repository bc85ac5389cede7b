import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optOutNames, outweighs, type Preference, possibleOptOutNames, standingOptOuts } from './opt-out.ts';

const word = (optedOut: boolean, at: number, key = 'a'): Preference => ({
  purpose: 'marketing',
  optedOut,
  at,
  key,
  evidence: `${optedOut} at ${at}`,
});

describe('the opt-outs that stand', () => {
  it.each<[string, Preference[], number | null]>([
    ['nothing was said', [], null],
    ['no', [word(true, 1)], 1],
    ['no, then yes again', [word(true, 1), word(false, 2)], null],
    ['yes again, then no', [word(false, 1), word(true, 2)], 2],
    ['both in the same moment: the no stands', [word(false, 1, 'z'), word(true, 1, 'a')], 1],
  ])('%s', (_name, words, since) => {
    const [standing] = standingOptOuts(words);
    expect(standing?.since ?? null).toBe(since);
    expect(standingOptOuts([...words].reverse())).toEqual(standingOptOuts(words));
  });

  it('are the same in whatever order the words come, and however often', () => {
    const words = fc.array(
      fc.record({
        optedOut: fc.boolean(),
        at: fc.integer({ min: 0, max: 4 }),
        key: fc.constantFrom('a', 'b'),
      }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat()), (said, random) => {
        const all = said.map(({ optedOut, at, key }) => word(optedOut, at, key));
        const shuffled = [...all, ...all]
          .map((one) => ({ one, place: random.next().value ?? 0 }))
          .sort((one, other) => one.place - other.place)
          .map(({ one }) => one);
        expect(standingOptOuts(shuffled)).toEqual(standingOptOuts(all));
      }),
    );
  });

  it('outweigh one another in one direction only', () => {
    const [no, yes] = [word(true, 1), word(false, 1)];
    expect([outweighs(no, yes), outweighs(yes, no), outweighs(no, no)]).toEqual([true, false, false]);
  });
});

describe('the names that an opt-out hangs on', () => {
  it('are the number and the user id, never a username or the id of a whole portfolio', () => {
    expect(
      optOutNames([
        { kind: 'wa_id', value: '558587654321' },
        { kind: 'typed', value: '558587654321' },
        { kind: 'user_id', value: 'BR.ana1' },
        { kind: 'parent_user_id', value: 'BR.ENT.ana1' },
        { kind: 'username', value: 'ana' },
      ]),
    ).toEqual([
      { kind: 'number', value: '558587654321' },
      { kind: 'user_id', value: 'BR.ana1' },
    ]);
  });

  it('are looked for in every spelling of a number', () => {
    expect(possibleOptOutNames([{ kind: 'typed', value: '5585987654321' }])).toEqual([
      { kind: 'number', value: '5585987654321' },
      { kind: 'number', value: '558587654321' },
    ]);
  });
});
