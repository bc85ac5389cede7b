import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BodyShare, createBodyBudget } from './body-budget.ts';

function opened(share: BodyShare | null): BodyShare {
  if (share === null) throw new Error('The budget has no room, which this test does not expect.');
  return share;
}

describe('createBodyBudget', () => {
  it('is 64 MiB, half of it for strangers, unless told otherwise', () => {
    const mebibyte = 1024 * 1024;
    const budget = createBodyBudget();
    const share = opened(budget.open(32 * mebibyte));
    expect(budget.open(32 * mebibyte + 1)).toBeNull();
    expect(share.take(32 * mebibyte)).toBe(true);
    share.verified();
    expect(opened(budget.open(1)).take(32 * mebibyte)).toBe(true);
    expect(budget.held()).toEqual({ total: 64 * mebibyte, unverified: 32 * mebibyte });
    expect(budget.open(1)).toBeNull();
  });

  it('reserves nothing for what was only announced', () => {
    const budget = createBodyBudget({ total: 100, unverified: 100 });
    opened(budget.open(100));
    opened(budget.open(100));
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });

  it('refuses bytes that do not fit and counts none of them', () => {
    const budget = createBodyBudget({ total: 100, unverified: 60 });
    const one = opened(budget.open(1));
    const two = opened(budget.open(1));
    expect(one.take(60)).toBe(true);
    expect(two.take(1)).toBe(false);
    expect(budget.held()).toEqual({ total: 60, unverified: 60 });
    one.verified();
    expect(two.take(41)).toBe(false);
    expect(two.take(40)).toBe(true);
    expect(budget.held()).toEqual({ total: 100, unverified: 40 });
  });

  it('gives back once, whatever is called again', () => {
    const budget = createBodyBudget({ total: 100, unverified: 50 });
    const one = opened(budget.open(1));
    const two = opened(budget.open(1));
    one.take(20);
    two.take(20);
    one.verified();
    one.verified();
    one.release();
    one.release();
    expect(budget.held()).toEqual({ total: 20, unverified: 20 });
    two.release();
    expect(budget.held()).toEqual({ total: 0, unverified: 0 });
  });

  it('never holds more than it may, and nothing in the end', () => {
    const step = fc.record({
      request: fc.nat({ max: 4 }),
      act: fc.constantFrom('take', 'verified', 'release'),
      bytes: fc.nat({ max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = createBodyBudget({ total: 100, unverified: 50 });
        const shares = Array.from({ length: 5 }, () => opened(budget.open(0)));
        for (const { request, act, bytes } of steps) {
          const share = shares[request];
          if (act === 'take') share?.take(bytes);
          else if (act === 'verified') share?.verified();
          else share?.release();
          const { total, unverified } = budget.held();
          expect(total).toBeLessThanOrEqual(100);
          expect(unverified).toBeLessThanOrEqual(50);
          expect(unverified).toBeLessThanOrEqual(total);
          expect(unverified).toBeGreaterThanOrEqual(0);
        }
        for (const share of shares) share.release();
        expect(budget.held()).toEqual({ total: 0, unverified: 0 });
      }),
    );
  });
});
