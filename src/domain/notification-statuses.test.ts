import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testNotification } from '../../test/support/notification.ts';
import { failureOf } from './failure.ts';
import { afterStatuses, participantStates } from './notification-life.ts';
import type { MetaError, Status, StatusName } from './status.ts';

const readError = (error: MetaError) => ({
  ...failureOf('meta-refused'),
  metaCode: error.code,
  details: error.details,
});
const accepted = testNotification(0, { state: 'accepted', messageId: 'wamid.1', attempts: 1 });

const status = (name: StatusName, at: number, changes: Partial<Status> = {}): Status => ({
  messageId: 'wamid.1',
  name,
  participant: null,
  at,
  key: `${name}-${at}-${changes.participant ?? ''}`,
  errors: name === 'failed' ? [{ code: 131_000 + at, title: null, details: null }] : [],
  callbackData: null,
  recipient: [],
  ...changes,
});

/** The notification when statuses come one after another, each with those that were known before. */
function heard(statuses: readonly Status[]) {
  return statuses.reduce(
    (notification, _status, index) => afterStatuses(notification, statuses.slice(0, index + 1), readError),
    accepted,
  );
}

function inEveryOrder(statuses: readonly Status[]): Status[][] {
  if (statuses.length <= 1) return [[...statuses]];
  return statuses.flatMap((first, index) =>
    inEveryOrder(statuses.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

describe('the ladder, in every order', () => {
  it.each<[StatusName[], string, number | null]>([
    [['sent'], 'sent', null],
    [['sent', 'delivered'], 'delivered', null],
    [['sent', 'delivered', 'read'], 'read', null],
    [['sent', 'read'], 'read', null],
    [['sent', 'delivered', 'read', 'played'], 'read', null],
    [['sent', 'failed'], 'failed', 131_001],
    [['sent', 'delivered', 'failed'], 'delivered', null],
    [['failed', 'delivered'], 'delivered', null],
    [['deleted'], 'sent', null],
    [['sent', 'failed', 'failed'], 'failed', 131_001],
  ])('%s ends as %s', (names, state, metaCode) => {
    const statuses = names.map((name, at) => status(name, at));
    for (const order of inEveryOrder(statuses)) {
      const after = heard(order);
      expect([after.state, after.failure?.metaCode ?? null]).toEqual([state, metaCode]);
      expect(after.played).toBe(names.includes('played'));
    }
  });

  const names = fc.constantFrom<StatusName[]>('sent', 'delivered', 'read', 'played', 'failed');
  const participants = fc.constantFrom(null, '5585111', '5585222', '5585333');

  it('ends the same however statuses are ordered and repeated, alone or in a group', () => {
    const statuses = fc.array(
      fc.record({ name: names, at: fc.integer({ min: 0, max: 3 }), participant: participants }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        statuses.chain((given) => {
          const all = given.map(({ name, at, participant }) => status(name, at, { participant }));
          const doubled = [...all, ...all];
          return fc.tuple(fc.constant(all), fc.shuffledSubarray(doubled, { minLength: doubled.length }));
        }),
        ([all, shuffled]) => {
          // When it last changed depends on what came first; nothing else does.
          expect({ ...heard(shuffled), updatedAt: 0 }).toEqual({ ...heard(all), updatedAt: 0 });
        },
      ),
    );
  });
});

describe('a message to a group', () => {
  const of = (participant: string, name: StatusName, at: number) => status(name, at, { participant });

  it.each<[string, Status[], string]>([
    ['the lowest of all', [of('a', 'read', 1), of('b', 'delivered', 2)], 'delivered'],
    ['one is behind', [of('a', 'read', 1), of('b', 'sent', 2)], 'sent'],
    ['one has failed: the others count', [of('a', 'failed', 1), of('b', 'read', 2)], 'read'],
    ['all have failed', [of('a', 'failed', 1), of('b', 'failed', 2)], 'failed'],
    ['sent for the group, then by participant', [status('sent', 0), of('a', 'delivered', 1)], 'delivered'],
  ])('%s', (_name, statuses, state) => {
    for (const order of inEveryOrder(statuses)) expect(heard(order).state).toBe(state);
  });

  it('tells how far it came with each, and why it failed', () => {
    expect(
      participantStates([
        of('b', 'failed', 3),
        of('a', 'read', 2),
        of('a', 'delivered', 1),
        status('sent', 0),
      ]),
    ).toEqual([
      { participant: 'a', state: 'read', errors: [] },
      { participant: 'b', state: 'failed', errors: [{ code: 131_003, title: null, details: null }] },
    ]);
  });
});
