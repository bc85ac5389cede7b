import { expect, it } from 'vitest';
import { etagOf, isKnownTo } from './etag.ts';

it.each([
  [undefined, false],
  ['', false],
  ['"other"', false],
  [etagOf('body'), true],
  [`W/${etagOf('body')}`, true],
  [`"other" , ${etagOf('body')}`, true],
  ['*', true],
  [etagOf('body').replaceAll('"', ''), false],
])('whoever has %s knows the body: %s', (header, known) => {
  expect(isKnownTo(header, etagOf('body'))).toBe(known);
});
