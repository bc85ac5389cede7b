import { expect, it } from 'vitest';
import { mapInTurns } from './map-in-turns.ts';

it.each([
  [0, 0],
  [1, 0],
  [100, 0],
  [101, 1],
  [250, 2],
])('%d items are mapped in their order, with %d pauses', async (length, expected) => {
  let pauses = 0;
  const items = Array.from({ length }, (_, index) => index);
  const mapped = await mapInTurns(
    items,
    (item) => item * 2,
    async () => {
      pauses += 1;
    },
  );
  expect(mapped).toEqual(items.map((item) => item * 2));
  expect(pauses).toBe(expected);
});
