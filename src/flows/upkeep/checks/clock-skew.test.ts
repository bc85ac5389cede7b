import { expect, it } from 'vitest';
import { createClockSkewCheck } from './clock-skew.ts';

it('finds a clock that is more than two seconds ahead or behind, until it is less than one again', async () => {
  let skew = 1_900;
  const { look } = createClockSkewCheck(() => skew);
  expect(await look([])).toEqual([]);
  skew = -2_100;
  expect(await look([])).toEqual([
    { subject: 'installation', facts: 'This machine’s clock is 2.1 s behind the database’s.' },
  ]);
  skew = 1_200;
  expect(await look(['installation'])).toHaveLength(1);
  skew = 900;
  expect(await look(['installation'])).toEqual([]);
});
