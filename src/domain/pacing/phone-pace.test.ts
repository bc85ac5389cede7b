import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowance,
  freshPhone,
  type PhonePace,
  phoneAfterMessages,
  phoneAfterSpamRefusal,
  phoneAfterThroughputRefusal,
  phoneWithThroughput,
  shareAt,
} from './phone-pace.ts';
import { throughputOf } from './throughput.ts';

const start = 1_800_000_000_000;
const hour = 60 * 60_000;

/** What happens to a business phone: time passes, people write, and there is always something to send. */
const step = fc.record({ wait: fc.integer({ min: 0, max: 400 }), wrote: fc.integer({ min: 0, max: 30 }) });

/** Sends whatever is allowed at each step; gives the times of what left and of what came in. */
function run(phone: PhonePace, steps: { wait: number; wrote: number }[]) {
  const messages: { at: number; out: boolean }[] = [];
  let now = start;
  for (const { wait, wrote } of steps) {
    now += wait;
    for (let index = 0; index < wrote; index += 1) messages.push({ at: now, out: false });
    phone = phoneAfterMessages(phone, now, wrote);
    const { count } = allowance(phone, now);
    for (let index = 0; index < count; index += 1) messages.push({ at: now, out: true });
    phone = phoneAfterMessages(phone, now, count);
  }
  return { phone, messages, now };
}

/** The most messages in any second that ends with one of ours. */
function most(messages: { at: number; out: boolean }[]): number {
  let from = 0;
  let highest = 0;
  for (const [index, { at, out }] of messages.entries()) {
    while ((messages[from]?.at ?? at) <= at - 1000) from += 1;
    if (out) highest = Math.max(highest, index - from + 1);
  }
  return highest;
}

describe('the throughput of a business phone', () => {
  it.each([
    [{ level: null, onBusinessApp: null }, 80],
    [{ level: 'STANDARD', onBusinessApp: false }, 80],
    [{ level: 'HIGH', onBusinessApp: false }, 1_000],
    [{ level: 'HIGH', onBusinessApp: true }, 20],
    [{ level: 'NOT_APPLICABLE', onBusinessApp: null }, 80],
  ])('of %j is %i a second', (facts, expected) => {
    expect(throughputOf(facts)).toBe(expected);
  });

  it.each([2, 20, 80, 1_000])(
    'of %i is exceeded in no second, wherever it begins, in and out together',
    (throughput) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
          const { messages } = run(freshPhone(throughput, start), steps);
          expect(most(messages)).toBeLessThanOrEqual(throughput);
        }),
        { numRuns: 50 },
      );
    },
  );

  it.each([20, 80, 1_000])('of %i is used: nine tenths of it and more', (throughput) => {
    const steps = Array.from({ length: 1_000 }, () => ({ wait: 10, wrote: 0 }));
    const { messages } = run(freshPhone(throughput, start), steps);
    expect(messages.length).toBeGreaterThanOrEqual(0.9 * throughput * 10);
  });

  it('keeps what was sent before a change of owner', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), fc.array(step, { maxLength: 100 }), (before, after) => {
        const first = run(freshPhone(80, start), before);
        const recent = first.messages.filter(({ at, out }) => out && at > first.now - 1000).length;
        const inbound = first.messages.filter(({ at, out }) => !out && at > first.now - 1000).length;
        let phone = freshPhone(80, first.now, recent + inbound);
        const messages = [...first.messages];
        let now = first.now;
        for (const { wait } of after) {
          now += wait;
          const { count } = allowance(phone, now);
          for (let index = 0; index < count; index += 1) messages.push({ at: now, out: true });
          phone = phoneAfterMessages(phone, now, count);
        }
        expect(most(messages)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 50 },
    );
  });

  it('never rests while something is allowed, and says when it will be', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 50 }), (steps) => {
        const { phone, now } = run(freshPhone(80, start), steps);
        const { count, until } = allowance(phone, now);
        if (until === null) expect(count).toBeGreaterThan(0);
        else {
          expect(count).toBe(0);
          expect(allowance(phone, until).count).toBeGreaterThan(0);
          expect(allowance(phone, until - 1).count).toBe(0);
        }
      }),
    );
  });

  it('falls at once when it is learnt to be lower, and grows by time alone', () => {
    const slower = phoneWithThroughput(freshPhone(1_000, start), 20, start);
    expect(allowance(slower, start).count).toBe(2);
    const faster = phoneWithThroughput(slower, 1_000, start);
    expect(allowance(faster, start).count).toBe(2);
    expect(allowance(faster, start + 1_000).count).toBe(100);
  });
});

describe('a refusal of Meta’s', () => {
  it('#130429 pauses, halves what is used, counts once for all on their way, and is forgotten with time', () => {
    const refused = phoneAfterThroughputRefusal(freshPhone(80, start), start);
    expect(phoneAfterThroughputRefusal(refused, start + 500)).toBe(refused);
    expect(allowance(refused, start)).toMatchObject({ count: 0, until: start + 1_000 });
    expect(allowance(refused, start + 1_000).count).toBeGreaterThan(0);
    expect(shareAt(refused, start)).toBe(0.5);
    expect(shareAt(refused, start + hour)).toBe(1);
  });

  it('#130429 again and again never stops it altogether', () => {
    let phone = freshPhone(80, start);
    for (let index = 0; index < 50; index += 1)
      phone = phoneAfterThroughputRefusal(phone, start + index * 1_000);
    expect(allowance(phone, start + 51_000).count).toBeGreaterThan(0);
    expect(shareAt(phone, start + 49_000)).toBeGreaterThanOrEqual(0.1);
  });

  it('#131048 makes mass messages wait, ever longer, and no others', () => {
    const once = phoneAfterSpamRefusal(freshPhone(80, start), start);
    expect(phoneAfterSpamRefusal(once, start + 1)).toBe(once);
    expect(allowance(once, start)).toMatchObject({ bulk: false, until: null });
    expect(allowance(once, start + hour).bulk).toBe(true);
    const twice = phoneAfterSpamRefusal(once, start + hour);
    expect(allowance(twice, start + 2 * hour).bulk).toBe(false);
    expect(allowance(twice, start + 3 * hour).bulk).toBe(true);
  });
});
