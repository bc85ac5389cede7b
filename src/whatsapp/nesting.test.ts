import { describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import { isNestedTooDeep, MOST_NESTING } from './nesting.ts';

function lists(depth: number): Json {
  return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
}

describe('isNestedTooDeep', () => {
  it.each([
    { name: 'as deep as allowed', value: lists(MOST_NESTING + 1), deep: false },
    { name: 'one level deeper', value: [lists(MOST_NESTING + 1)], deep: true },
    { name: 'beside something flat', value: { a: 1, b: [lists(MOST_NESTING + 1)] }, deep: true },
    { name: 'deeper than calls can go', value: lists(200_000), deep: true },
    { name: 'wide', value: Array.from({ length: 200_000 }, () => []), deep: false },
    { name: 'a scalar', value: 'text', deep: false },
  ])('$name: $deep', ({ value, deep }) => {
    expect(isNestedTooDeep(value)).toBe(deep);
  });
});
