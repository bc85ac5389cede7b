import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventCursor, idCursor, readPage } from './page.ts';
import { ProblemError } from './problem.ts';

describe('reading a list page by page', () => {
  it('gives every row once, in order, and null exactly at the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 10 }),
        async (length, limit) => {
          const rows = Array.from({ length }, (_, index) => index + 1);
          const seen: number[] = [];
          let after = 0;
          for (;;) {
            const start = after;
            const page = await readPage(limit, async (most) => rows.slice(start, start + most), String);
            seen.push(...page.rows);
            expect(page.rows.length).toBeLessThanOrEqual(limit);
            if (page.next === null) break;
            after = Number(page.next);
          }
          expect(seen).toEqual(rows);
        },
      ),
    );
  });
});

describe('a cursor', () => {
  it('may be left out', () => {
    expect(idCursor('nt', undefined)).toBeNull();
    expect(eventCursor('after', undefined)).toBeNull();
  });

  it('is the id of a listed thing', () => {
    expect(idCursor('nt', 'nt_01k9x2m4c7b8d3fq')).toBe('nt_01k9x2m4c7b8d3fq');
    expect(eventCursor('after', 'ev_000000001a')).toBe(46);
  });

  it.each(['', 'x', 'ct_01k9x2m4c7b8d3fq', 'nt_01K9X2M4C7B8D3FQ', 'nt_short', "nt_01k9x2m4c7b8d3f'"])(
    'of notifications is not %j',
    (after) => {
      expect(() => idCursor('nt', after)).toThrow(ProblemError);
    },
  );

  it.each(['', '12', 'ev_1', 'ev_000000001A', 'ev_000000001a '])('of events is not %j', (after) => {
    expect(() => eventCursor('after', after)).toThrow(ProblemError);
  });
});
