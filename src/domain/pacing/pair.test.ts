import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freshPair,
  isForgettable,
  type PairPace,
  pairAfterAcceptance,
  pairAfterRefusal,
  pairAfterSend,
  pairFreeAt,
} from './pair.ts';

const start = 1_800_000_000_000;

/** Sends at each step when it is allowed; gives the times. */
function run(waits: number[]): { sent: number[]; pair: PairPace; now: number } {
  let pair = freshPair(start);
  let now = start;
  const sent: number[] = [];
  for (const wait of waits) {
    now += wait;
    if (pairFreeAt(pair, now) > now) continue;
    sent.push(now);
    pair = pairAfterSend(pair, now);
  }
  return { sent, pair, now };
}

describe('messages to one person', () => {
  it('never exceed Meta’s rule: 45 at once, paid back with 6 seconds each', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 300 }), (waits) => {
        const { sent } = run(waits);
        for (const [first, from] of sent.entries()) {
          for (const [offset, at] of sent.slice(first).entries()) {
            expect(offset + 1).toBeLessThanOrEqual(45 + (at - from) / 6_000);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('go as soon as they may: not a millisecond before, and then at once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 120 }), (waits) => {
        const { pair, now } = run(waits);
        const freeAt = pairFreeAt(pair, now);
        expect(pairFreeAt(pair, freeAt)).toBe(freeAt);
        if (freeAt > now) expect(pairFreeAt(pair, freeAt - 1)).toBe(freeAt);
      }),
    );
  });

  it('wait 1, 4, 16 … seconds after refusals, until one is taken', () => {
    let pair = freshPair(start);
    const waits: number[] = [];
    let now = start;
    for (let index = 0; index < 4; index += 1) {
      pair = pairAfterRefusal(pair, now);
      waits.push(pairFreeAt(pair, now) - now);
      now = pairFreeAt(pair, now);
    }
    expect(waits).toEqual([1_000, 4_000, 16_000, 64_000]);
    expect(pairFreeAt(pairAfterRefusal(pairAfterAcceptance(pair), now), now) - now).toBe(1_000);
  });

  it('are forgotten only when a fresh start would allow the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 600_000 }),
        (waits, later) => {
          const { pair, now } = run(waits);
          const at = now + later;
          if (isForgettable(pair, at)) expect(pairFreeAt(pair, at)).toBe(at);
        },
      ),
    );
    expect(isForgettable(pairAfterSend(freshPair(start), start), start)).toBe(false);
    expect(isForgettable(pairAfterSend(freshPair(start), start), start + 6_000)).toBe(true);
  });
});
