import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { comparable, recordSetup, sessionPage } from '../../scripts/record-setup.ts';

it('goes from an empty folder to a proven setup in less than a minute, as the page shows', async () => {
  const { page, took } = await recordSetup();
  expect(comparable(page)).toBe(comparable(readFileSync(sessionPage, 'utf8')));
  expect(took).toBeLessThan(60_000);
}, 120_000);
