import { expect, it } from 'vitest';
import { readMediaFacts } from './read-media-facts.ts';

const hex = `${'00'.repeat(31)}ff`;

it('reads where a file lies, its hash in digits or in base64, its size as number or text', () => {
  const facts = { url: 'https://files.example/1', mimeType: 'image/jpeg', sha256: hex, size: 7 };
  expect(
    readMediaFacts({ url: facts.url, mime_type: 'image/jpeg', sha256: hex.toUpperCase(), file_size: '7' }),
  ).toEqual(facts);
  const base64 = Buffer.from(hex, 'hex').toString('base64');
  expect(readMediaFacts({ url: facts.url, mime_type: 'image/jpeg', sha256: base64, file_size: 7 })).toEqual(
    facts,
  );
});

it('leaves out what is missing or strange, and needs an address', () => {
  expect(readMediaFacts({ url: 'x', sha256: 'abc', file_size: -1 })).toEqual({
    url: 'x',
    mimeType: null,
    sha256: null,
    size: null,
  });
  expect(readMediaFacts({ mime_type: 'image/jpeg' })).toBeNull();
});
