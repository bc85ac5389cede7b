import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { comparable, recordSetup, sessionPage } from '../../scripts/record-setup.ts';

it('goes from an empty folder to a proven setup, as the page shows', async () => {
  const { page } = await recordSetup();
  expect(comparable(page)).toBe(comparable(readFileSync(sessionPage, 'utf8')));
}, 600_000);
