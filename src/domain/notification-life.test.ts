import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FailureCode, failureOf } from './failure.ts';
import type { Attempt, AttemptOutcome, Notification, NotificationState } from './notification.ts';
import { notificationStates } from './notification.ts';
import {
  afterAttempt,
  afterCancellation,
  afterExpiry,
  afterOpening,
  afterRestore,
  afterSilence,
  afterStatus,
} from './notification-life.ts';
import type { Status, StatusName } from './status.ts';
import { statusNames } from './status.ts';

const start = 1_800_000_000_000;
const hour = 60 * 60_000;
const patience = hour / 4;
const wamid = 'wamid.our-own-1';
const context = { now: start + 1_000, jitter: 0 };

function notification(changes: Partial<Notification> = {}): Notification {
  return {
    id: 'nt_0000000000000001',
    lane: 'phone:200100200100200',
    to: '+55 85 98765-4321',
    recipient: { kind: 'number', digits: '5585987654321' },
    party: 'number:558587654321',
    batchId: null,
    contactId: null,
    content: { type: 'text', body: 'Your interview is at nine.', previewUrl: false },
    fallback: null,
    holds: false,
    purpose: 'transactional',
    reference: null,
    state: 'sending',
    metaHold: false,
    played: false,
    decision: 'free-form',
    because: 'The window is open for another 3 h.',
    messageId: null,
    failure: null,
    attempts: 1,
    position: 1,
    notBefore: null,
    notAfter: start + 24 * hour,
    nextAttemptAt: null,
    createdAt: start,
    updatedAt: start,
    ...changes,
  };
}

function status(name: StatusName, changes: Partial<Status> = {}): Status {
  return {
    messageId: wamid,
    name,
    participant: null,
    at: start + 5_000,
    key: `key-${name}`,
    errors: name === 'failed' ? [{ code: 131026, title: 'Message Undeliverable', details: null }] : [],
    callbackData: 'nt_0000000000000001',
    recipient: [],
    ...changes,
  };
}

function attempt(result: AttemptOutcome, number = 1): Attempt {
  return {
    id: `nt_0000000000000001.${number}`,
    notificationId: 'nt_0000000000000001',
    number,
    startedAt: start,
    finishedAt: start + 500,
    result,
  };
}

const readError = (error: { code: number | null; details: string | null }) =>
  failureOf('recipient-unreachable', error);
const accepted: AttemptOutcome = {
  outcome: 'accepted',
  messageId: wamid,
  metaHold: false,
  waId: null,
  userId: null,
  input: null,
};
const held: AttemptOutcome = { ...accepted, metaHold: true };
const notSent: AttemptOutcome = { outcome: 'not-sent', reason: 'the connection was refused' };
const unknown: AttemptOutcome = { outcome: 'unknown', reason: 'no complete answer within 30 s' };
const refused = (code: FailureCode): AttemptOutcome => ({
  outcome: 'refused',
  failure: failureOf(code),
  httpStatus: 400,
  traceId: null,
});

/** One notification for each thing that can be true of one, in words. */
const situations: Record<string, Notification> = {
  'never tried': notification({ state: 'queued', attempts: 0 }),
  'waiting for a retry': notification({
    state: 'queued',
    failure: failureOf('not-connected'),
    nextAttemptAt: start + 9_000,
  }),
  sending: notification(),
  unknown: notification({ state: 'unknown' }),
  accepted: notification({ state: 'accepted', messageId: wamid }),
  held: notification({ state: 'accepted', messageId: wamid, metaHold: true }),
  sent: notification({ state: 'sent', messageId: wamid }),
  delivered: notification({ state: 'delivered', messageId: wamid }),
  read: notification({ state: 'read', messageId: wamid }),
  'failed by policy': notification({ state: 'failed', failure: failureOf('outcome-unknown') }),
  'failed by Meta': notification({ state: 'failed', failure: failureOf('window-closed') }),
  expired: notification({ state: 'expired', failure: failureOf('not-connected') }),
};
const names = Object.keys(situations);
const situation = (name: string): Notification => situations[name] ?? notification();

/** `same` means that the very same object must come back. */
type Expected = Partial<Notification> | 'same';

function expectNext(before: Notification, after: Notification, expected: Expected): void {
  if (expected === 'same') expect(after).toBe(before);
  else expect(after).toEqual({ ...before, ...expected, updatedAt: after.updatedAt });
}

describe('afterStatus', () => {
  const moved = { messageId: wamid, failure: null, metaHold: false, nextAttemptAt: null };
  const failed = {
    ...moved,
    state: 'failed',
    failure: failureOf('recipient-unreachable', { code: 131026, details: null }),
  } as const;
  const to = (state: NotificationState): Expected => ({ ...moved, state });
  const read: Expected = { ...moved, state: 'read' };
  const table: Record<string, Record<'sent' | 'delivered' | 'read' | 'failed', Expected>> = {
    'never tried': { sent: to('sent'), delivered: to('delivered'), read, failed },
    'waiting for a retry': { sent: to('sent'), delivered: to('delivered'), read, failed },
    sending: { sent: to('sent'), delivered: to('delivered'), read, failed },
    unknown: { sent: to('sent'), delivered: to('delivered'), read, failed },
    accepted: { sent: to('sent'), delivered: to('delivered'), read, failed },
    held: { sent: to('sent'), delivered: to('delivered'), read, failed },
    sent: { sent: 'same', delivered: to('delivered'), read, failed },
    delivered: { sent: 'same', delivered: 'same', read, failed: 'same' },
    read: { sent: 'same', delivered: 'same', read: 'same', failed: 'same' },
    'failed by policy': { sent: to('sent'), delivered: to('delivered'), read, failed },
    'failed by Meta': {
      sent: { messageId: wamid },
      delivered: to('delivered'),
      read,
      failed: { messageId: wamid },
    },
    expired: { sent: to('sent'), delivered: to('delivered'), read, failed },
  };
  const rows = Object.entries(table).flatMap(([name, columns]) =>
    Object.entries(columns).map(
      ([statusName, expected]) => [name, statusName as StatusName, expected] as const,
    ),
  );

  it('has a row for every situation', () => expect(Object.keys(table)).toEqual(names));

  it.each(rows)('%s + %s', (name, statusName, expected) => {
    const before = situation(name);
    expectNext(before, afterStatus(before, status(statusName), readError), expected);
  });

  it('takes played as read, with a flag that a read one still gets', () => {
    expect(afterStatus(situation('sent'), status('played'), readError)).toMatchObject({
      state: 'read',
      played: true,
    });
    const read = situation('read');
    const played = afterStatus(read, status('played'), readError);
    expectNext(read, played, { played: true });
    expect(afterStatus(played, status('played'), readError)).toBe(played);
  });

  it('takes an old deleted as proof that it was sent', () => {
    expect(afterStatus(situation('unknown'), status('deleted'), readError).state).toBe('sent');
    expect(afterStatus(situation('read'), status('deleted'), readError).state).toBe('read');
  });

  it('keeps the message id that it knows', () => {
    const before = situation('accepted');
    expect(afterStatus(before, status('sent', { messageId: 'wamid.other' }), readError).messageId).toBe(
      wamid,
    );
  });

  it('names a failure even when Meta names none', () => {
    const after = afterStatus(situation('sent'), status('failed', { errors: [] }), readError);
    expect(after.failure?.code).toBe('refused-without-code');
  });

  it('never sets updatedAt back', () => {
    const before = notification({ updatedAt: start + 90_000 });
    expect(afterStatus(before, status('sent'), readError).updatedAt).toBe(start + 90_000);
    expect(afterStatus(notification(), status('sent'), readError).updatedAt).toBe(start + 5_000);
  });
});

describe('afterAttempt', () => {
  const takenByMeta: Expected = { messageId: wamid, failure: null, nextAttemptAt: null, state: 'accepted' };
  const again = (code: FailureCode): Expected => ({
    state: 'queued',
    failure: failureOf(code),
    nextAttemptAt: context.now + 2_000,
  });
  const over: Expected = { state: 'failed', failure: failureOf('window-closed') };
  type Column = 'accepted' | 'notSent' | 'later' | 'never' | 'unknown';
  const results: Record<Column, AttemptOutcome> = {
    accepted,
    notSent,
    later: refused('meta-unavailable'),
    never: refused('window-closed'),
    unknown,
  };
  const nothing: Record<Column, Expected> = {
    accepted: 'same',
    notSent: 'same',
    later: 'same',
    never: 'same',
    unknown: 'same',
  };
  const yieldsOnlyToAcceptance = { ...nothing, accepted: takenByMeta };
  const settles = {
    accepted: takenByMeta,
    notSent: again('not-connected'),
    later: again('meta-unavailable'),
    never: over,
  };
  const table: Record<string, Record<Column, Expected>> = {
    'never tried': yieldsOnlyToAcceptance,
    'waiting for a retry': yieldsOnlyToAcceptance,
    sending: { ...settles, unknown: { state: 'unknown' } },
    unknown: { ...settles, unknown: 'same' },
    accepted: nothing,
    held: nothing,
    sent: nothing,
    delivered: nothing,
    read: nothing,
    'failed by policy': {
      ...yieldsOnlyToAcceptance,
      later: { failure: failureOf('meta-unavailable') },
      never: { failure: failureOf('window-closed') },
    },
    'failed by Meta': { ...nothing, accepted: { messageId: wamid } },
    expired: yieldsOnlyToAcceptance,
  };
  const rows = Object.entries(table).flatMap(([name, columns]) =>
    Object.entries(columns).map(([column, expected]) => [name, column as Column, expected] as const),
  );

  it('has a row for every situation', () => expect(Object.keys(table)).toEqual(names));

  it.each(rows)('%s + %s', (name, column, expected) => {
    const before = situation(name);
    expectNext(before, afterAttempt(before, attempt(results[column]), context), expected);
  });

  it('notes that Meta holds it', () => {
    expect(afterAttempt(situation('sending'), attempt(held), context).metaHold).toBe(true);
    expect(afterAttempt(situation('sent'), attempt(held), context).metaHold).toBe(false);
  });

  it('fills in the message id when the status was faster than the answer', () => {
    const before = notification({ state: 'delivered', messageId: null });
    expectNext(before, afterAttempt(before, attempt(accepted), context), { messageId: wamid });
  });

  it('keeps the message id that a status has brought', () => {
    const before = notification({ state: 'sent', messageId: 'wamid.of-the-status' });
    expect(afterAttempt(before, attempt(accepted), context)).toBe(before);
  });

  it.each([
    ['accepted', accepted],
    ['not sent', notSent],
    ['refused', refused('window-closed')],
    ['unknown', unknown],
  ])('is not disturbed by an older try: %s', (_, result) => {
    const before = notification({ attempts: 2 });
    expect(afterAttempt(before, attempt(result, 1), context)).toBe(before);
  });

  it('forgets the reason of an earlier try when the current one is unknown', () => {
    const before = notification({ attempts: 2, failure: failureOf('not-connected') });
    expectNext(before, afterAttempt(before, attempt(unknown, 2), context), {
      state: 'unknown',
      failure: null,
    });
  });

  it('expires when no other try fits before notAfter, and keeps the reason', () => {
    const before = notification({ notAfter: context.now + 2_000 });
    const after = afterAttempt(before, attempt(notSent), context);
    expectNext(before, after, { state: 'expired', failure: failureOf('not-connected') });
  });
});

describe('afterSilence', () => {
  it('settles what stays unknown, and only that', () => {
    const unanswered = situation('unknown');
    expect(afterSilence(unanswered, start + patience - 1, patience)).toBe(unanswered);
    expectNext(unanswered, afterSilence(unanswered, start + patience, patience), {
      state: 'failed',
      failure: failureOf('outcome-unknown'),
    });
    for (const name of names.filter((other) => other !== 'unknown')) {
      expect(afterSilence(situation(name), start + 100 * hour, patience)).toBe(situation(name));
    }
  });
});

describe('afterExpiry', () => {
  it('ends what still waits at notAfter, and only that, keeping the last reason', () => {
    const before = situation('never tried');
    expect(afterExpiry(before, before.notAfter - 1)).toBe(before);
    expectNext(before, afterExpiry(before, before.notAfter), {
      state: 'expired',
      failure: failureOf('expired'),
    });
    const retry = situation('waiting for a retry');
    expectNext(retry, afterExpiry(retry, retry.notAfter), { state: 'expired', nextAttemptAt: null });
    for (const name of names.filter((other) => situation(other).state !== 'queued')) {
      expect(afterExpiry(situation(name), start + 100 * hour)).toBe(situation(name));
    }
  });
});

describe('what is held', () => {
  const held = notification({ state: 'held', decision: 'hold', holds: true, attempts: 0 });

  it('has its turn when the window opens, or at its notBefore', () => {
    const because = 'They have got in touch, so it goes now.';
    expectNext(held, afterOpening(held, start + 1), { state: 'queued', because, nextAttemptAt: start + 1 });
    const later = { ...held, notBefore: start + hour };
    const inAnHour = { state: 'queued' as const, because, nextAttemptAt: start + hour };
    expectNext(later, afterOpening(later, start + 1), inAnHour);
  });

  it('ends as what is queued does: at notAfter, or when it is taken back', () => {
    expect(afterExpiry(held, held.notAfter - 1)).toBe(held);
    expectNext(held, afterExpiry(held, held.notAfter), { state: 'expired', failure: failureOf('expired') });
    expectNext(held, afterCancellation(held, start + 1), { state: 'cancelled', failure: null });
  });

  it('is nothing else: an open window changes nothing more', () => {
    for (const name of names) expect(afterOpening(situation(name), start + 1)).toBe(situation(name));
  });
});

describe('afterRestore', () => {
  const because = 'Restored from a backup made at 2026-11-22T15:00:00.000Z.';

  it('declares unknown what may have been sent since, and only that', () => {
    for (const name of names) {
      const before = situation(name);
      const after = afterRestore(before, because, start + hour);
      if (before.state !== 'queued' && before.state !== 'sending') expect(after).toBe(before);
      else expectNext(before, after, { state: 'unknown', because, failure: null, nextAttemptAt: null });
    }
  });

  it('leaves a way on by a status, and by silence, but none back to the queue', () => {
    const restored = afterRestore(situation('waiting for a retry'), because, start);
    expect(afterStatus(restored, status('delivered'), readError).state).toBe('delivered');
    expect(afterExpiry(restored, restored.notAfter)).toBe(restored);
    expect(afterSilence(restored, restored.updatedAt + patience, patience)).toMatchObject({
      state: 'failed',
      because,
      failure: failureOf('outcome-unknown'),
    });
  });
});

describe('any order of events', () => {
  const anySituation = fc.constantFrom(...names);
  const someStatuses = fc.array(fc.constantFrom(...statusNames), { maxLength: 6 });
  const settled = (before: Notification, statuses: readonly StatusName[]) =>
    statuses.reduce((current, name) => afterStatus(current, status(name), readError), before);

  it('statuses may be permuted and doubled', () => {
    fc.assert(
      fc.property(
        anySituation,
        someStatuses,
        fc.array(fc.nat({ max: 20 }), { maxLength: 12 }),
        (name, statuses, order) => {
          const before = situation(name);
          const shuffled = [...statuses];
          for (const [at, pick] of order.entries()) {
            const moved = shuffled.splice(pick % Math.max(1, shuffled.length), 1);
            shuffled.splice(at % Math.max(1, shuffled.length), 0, ...moved);
          }
          const doubled = shuffled.flatMap((each, at) => (at % 2 === 0 ? [each, each] : [each]));
          const expected = settled(before, statuses);
          expect({ ...settled(before, doubled), updatedAt: 0 }).toEqual({ ...expected, updatedAt: 0 });
          expect(settled(expected, statuses)).toBe(expected);
        },
      ),
    );
  });

  it('an accepted answer and statuses come to the same, whichever is first', () => {
    const opening = fc.constantFrom('sending', 'unknown', 'failed by policy');
    const answers = fc.constantFrom(accepted, held);
    fc.assert(
      fc.property(opening, someStatuses, answers, fc.nat({ max: 6 }), (name, statuses, answer, place) => {
        const early = settled(afterAttempt(situation(name), attempt(answer), context), statuses);
        const before = settled(situation(name), statuses.slice(0, place));
        const late = settled(afterAttempt(before, attempt(answer), context), statuses.slice(place));
        expect({ ...late, updatedAt: 0 }).toEqual({ ...early, updatedAt: 0 });
      }),
    );
  });

  /** A whole life with an owner who sends what is queued and due, and facts that come when they like. */
  const happening = fc.oneof(
    fc.constantFrom(
      { kind: 'send' as const },
      { kind: 'hold' as const },
      { kind: 'opening' as const },
      { kind: 'cancellation' as const },
    ),
    fc.record({
      kind: fc.constant('result' as const),
      result: fc.constantFrom(
        accepted,
        held,
        notSent,
        unknown,
        refused('throughput-exceeded'),
        refused('window-closed'),
      ),
      age: fc.nat({ max: 2 }),
    }),
    fc.record({ kind: fc.constant('status' as const), name: fc.constantFrom(...statusNames) }),
    fc.record({ kind: fc.constant('time' as const), passes: fc.constantFrom(1_000, hour, 25 * hour) }),
  );
  const ladder: readonly NotificationState[] = ['accepted', 'sent', 'delivered', 'read'];
  const height = (state: NotificationState) => ladder.indexOf(state);

  it('lives legally: never backwards, never sent again once it may have left, nothing counted twice', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        let now = start;
        let current = notification({ state: 'queued', attempts: 0 });
        for (const what of happenings) {
          const before = current;
          if (what.kind === 'time') {
            now += what.passes;
            current = afterExpiry(afterSilence(current, now, patience), now);
          } else if (what.kind === 'status') {
            current = afterStatus(current, status(what.name, { at: now }), readError);
            expect(afterStatus(current, status(what.name, { at: now }), readError)).toBe(current);
          } else if (what.kind === 'result') {
            const number = Math.max(1, current.attempts - what.age);
            current = afterAttempt(current, attempt(what.result, number), { now, jitter: 1 });
            expect(afterAttempt(current, attempt(what.result, number), { now, jitter: 1 })).toBe(current);
          } else if (what.kind === 'opening') {
            current = afterOpening(current, now);
          } else if (what.kind === 'cancellation') {
            current = afterCancellation(current, now);
          } else if (current.state !== 'queued' || (current.nextAttemptAt ?? 0) > now) {
            continue;
          } else if (what.kind === 'hold') {
            current = { ...current, state: 'held', nextAttemptAt: null };
          } else {
            current = { ...current, state: 'sending', attempts: current.attempts + 1, nextAttemptAt: null };
          }
          expect(notificationStates).toContain(current.state);
          expect(current.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
          expect(current.messageId === before.messageId || before.messageId === null).toBe(true);
          expect(current.played || !before.played).toBe(true);
          // Up the ladder only; `failed` is the one way off it, and only below `delivered`.
          if (height(before.state) >= 0 && current.state !== 'failed') {
            expect(height(current.state)).toBeGreaterThanOrEqual(height(before.state));
          }
          if (height(before.state) >= height('delivered')) expect(current.state).not.toBe('failed');
          // What may be sent again is only what waited, or whose last try came to an end.
          if (current.state === 'queued' && current !== before && before.state !== 'held') {
            expect(['sending', 'unknown']).toContain(before.state);
            expect(current.nextAttemptAt).toBeGreaterThan(now);
            expect(current.nextAttemptAt).toBeLessThan(current.notAfter);
          }
          // A time for the next try stands exactly where one is planned; a failure wherever something is wrong.
          if (current.state !== 'queued') expect(current.nextAttemptAt).toBeNull();
          if (current.state === 'failed' || current.state === 'expired')
            expect(current.failure).not.toBeNull();
          if (height(current.state) >= 0 || current.state === 'unknown') expect(current.failure).toBeNull();
          if (height(current.state) >= 0) expect(current.messageId).not.toBeNull();
          if (current.metaHold) expect(current.state).toBe('accepted');
        }
      }),
      { numRuns: 500 },
    );
  });
});
