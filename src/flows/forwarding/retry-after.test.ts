import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const now = 1_790_000_000_000;

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    [new Date(now + 60_000).toUTCString(), 60_000],
    [new Date(now - 60_000).toUTCString(), 0],
    ['soon', null],
    [null, null],
  ])('%j asks for %j ms', (header, asked) => {
    expect(readRetryAfter(header, now)).toBe(asked);
  });
});
