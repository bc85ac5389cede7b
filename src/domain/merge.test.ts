import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contact } from './contact.ts';
import { asOne, conversationAsOne, grouped, type Merge, survivorOf } from './merge.ts';

const lane = 'phone:200100200100200';

function contactOf(number: number, more: Partial<Contact> = {}): Contact {
  return {
    id: `ct_${number}`,
    lane,
    name: null,
    nameAt: 0,
    nameKey: '',
    identifiers: [
      {
        kind: 'wa_id',
        value: `${number}`,
        confirmedAt: null,
        pairedSince: null,
        pairedAt: null,
        until: null,
        passedOn: false,
      },
    ],
    firstSeenAt: number,
    wroteIn: false,
    mergedInto: null,
    ...more,
  };
}

function mergeOf(survivor: number, merged: number, undoneAt: number | null = null): Merge {
  return {
    id: `mg_${survivor}_${merged}`,
    lane,
    survivor: `ct_${survivor}`,
    merged: `ct_${merged}`,
    evidence: { kind: 'pair', position: 1 },
    at: 1,
    undoneAt,
    undoneBy: null,
  };
}

describe('the survivor', () => {
  it('is the first seen, and of two seen at once the one with the smaller id', () => {
    expect(survivorOf([contactOf(3), contactOf(2), contactOf(4)]).id).toBe('ct_2');
    expect(survivorOf([contactOf(3, { firstSeenAt: 9 }), contactOf(2, { firstSeenAt: 9 })]).id).toBe('ct_2');
  });
});

describe('grouping', () => {
  const survivors = (merges: Merge[]) =>
    grouped(
      [4, 3, 2, 1].map((number) => contactOf(number)),
      merges,
    )
      .map(({ id, mergedInto }) => [id, mergedInto])
      .sort();

  it('follows the merges that hold, through others too', () => {
    expect(survivors([mergeOf(3, 4), mergeOf(2, 3)])).toEqual([
      ['ct_1', null],
      ['ct_2', null],
      ['ct_3', 'ct_2'],
      ['ct_4', 'ct_2'],
    ]);
  });

  it('separates only what the undone merge held together', () => {
    expect(survivors([mergeOf(3, 4), mergeOf(2, 3, 5), mergeOf(1, 2)])).toEqual([
      ['ct_1', null],
      ['ct_2', 'ct_1'],
      ['ct_3', null],
      ['ct_4', 'ct_3'],
    ]);
  });

  it('does not depend on the order of contacts and merges', () => {
    const members = [1, 2, 3, 4, 5].map((number) => contactOf(number));
    const merges = [mergeOf(1, 2), mergeOf(2, 5), mergeOf(3, 4), mergeOf(4, 5, 7)];
    const expected = new Map(grouped(members, merges).map(({ id, mergedInto }) => [id, mergedInto]));
    const all = <Item>(items: Item[]) => fc.shuffledSubarray(items, { minLength: items.length });
    fc.assert(
      fc.property(all(members), all(merges), (someMembers, someMerges) => {
        const found = grouped(someMembers, someMerges).map(({ id, mergedInto }) => [id, mergedInto] as const);
        expect(new Map(found)).toEqual(expected);
      }),
    );
  });
});

describe('several contacts as one', () => {
  it('have all identifiers, the latest name and the first sight, in whatever order they are told', () => {
    const members = [
      contactOf(2, { mergedInto: 'ct_1', name: 'Ana Souza', nameAt: 9, wroteIn: true }),
      contactOf(1, { name: 'Ana', nameAt: 5 }),
      contactOf(3, { mergedInto: 'ct_1', nameAt: 99 }),
    ] as const;
    const expected = {
      id: 'ct_1',
      name: 'Ana Souza',
      firstSeenAt: 1,
      wroteIn: true,
      identifiers: [{ value: '1' }, { value: '2' }, { value: '3' }],
    };
    expect(asOne(members)).toMatchObject(expected);
    const [one, two, three] = members;
    expect(asOne([three, one, two])).toEqual(asOne(members));
  });

  it('have a number once that passed on among them, and twice when they left it and came back', () => {
    const held = (confirmedAt: number, until: number | null, passedOn = false) =>
      ({ kind: 'wa_id', value: '7', confirmedAt, pairedSince: 1, pairedAt: null, until, passedOn }) as const;
    const asOneHolds = (...each: ReturnType<typeof held>[]) => {
      const [first, ...rest] = each.map((one, index) => contactOf(index, { identifiers: [one] }));
      return first && asOne([first, ...rest]).identifiers;
    };
    expect(asOneHolds(held(9, 20, true), held(5, null))).toEqual([held(9, null)]);
    expect(asOneHolds(held(5, null), held(9, 20, true), held(3, 10, true))).toEqual([held(9, null)]);
    expect(asOneHolds(held(9, null), held(5, 20))).toEqual([held(5, 20), held(9, null)]);
  });

  it('have one conversation with the latest times, or none', () => {
    const conversation = (number: number, lastInboundAt: number | null) =>
      ({
        id: `cv_${number}`,
        lane,
        contactId: `ct_${number}`,
        groupId: null,
        lastInboundAt,
        lastMessageAt: number * 10,
      }) as const;
    expect(conversationAsOne('ct_2', [conversation(2, null), conversation(1, 7)])).toEqual({
      ...conversation(1, 7),
      contactId: 'ct_2',
      lastMessageAt: 20,
    });
    expect(conversationAsOne('ct_2', [])).toBeNull();
  });
});
