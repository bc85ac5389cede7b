import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idFromKey, keyOfId, withPrefix } from './id.ts';

const key = fc
  .uint8Array({ minLength: 10, maxLength: 10 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('idFromKey', () => {
  it('gives a prefix and sixteen characters', () => {
    expect(idFromKey('ct_', '67e1a2b3c4d5e6f70819')).toMatch(/^ct_[0-9a-z]{16}$/);
  });

  it('sorts as the keys do', () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(idFromKey('ct_', one) < idFromKey('ct_', other)).toBe(one < other);
      }),
    );
  });

  it('can be read back, also under another prefix', () => {
    fc.assert(
      fc.property(key, (hex) => {
        expect(keyOfId(withPrefix('cv_', idFromKey('ct_', hex)))).toBe(hex);
      }),
    );
  });
});
