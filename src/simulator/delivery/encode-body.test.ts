import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBody } from './encode-body.ts';

const body = { text: 'äöå 👋 <a@b> 50% /' };

describe('the bytes of a body (meta-facts §2.2)', () => {
  it.each([
    ['utf-8', '{"text":"äöå 👋 <a@b> 50% /"}'],
    ['escaped', '{"text":"\\u00e4\\u00f6\\u00e5 \\ud83d\\udc4b <a@b> 50% /"}'],
    ['escaped-as-in-2017', '{"text":"\\u00e4\\u00f6\\u00e5 \\ud83d\\udc4b \\u003Ca\\u0040b> 50\\u0025 \\/"}'],
  ] as const)('%s', (encoding, text) => {
    expect(encodeBody(body, encoding).toString('utf8')).toBe(text);
  });

  it('is the same JSON in every encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const encoding of ['utf-8', 'escaped', 'escaped-as-in-2017'] as const) {
          expect(JSON.parse(encodeBody({ text }, encoding).toString('utf8'))).toEqual({ text });
        }
      }),
    );
  });
});
