import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const key = randomBytes(32);
const box = createSecretBox([key]);
const place = 'business phone 200100200100200, access token';

describe('a secret box', () => {
  it('gives back every secret, and never seals two alike', () => {
    fc.assert(
      fc.property(fc.string(), (secret) => {
        const sealed = box.seal(secret, place);
        expect(box.open(sealed, place)).toBe(secret);
        expect(box.seal(secret, place)).not.toBe(sealed);
      }),
    );
  });

  it('shows nothing of the secret', () => {
    expect(box.seal('EAAsecret', place)).not.toContain('EAA');
    expect(
      Buffer.from(box.seal('EAAsecret', place).split('.')[2] ?? '', 'base64url').toString(),
    ).not.toContain('EAAsecret');
  });

  it('opens nothing that was changed at any place', () => {
    const sealed = box.seal('EAAsecret', place);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
      // The last character of base64url may hold bits that mean nothing.
      if (
        index >= 12 &&
        Buffer.from(changed.slice(12), 'base64url').equals(Buffer.from(sealed.slice(12), 'base64url'))
      )
        continue;
      expect([changed, box.open(changed, place)]).toEqual([changed, null]);
    }
  });

  it('opens nothing that was cut short or lengthened', () => {
    const sealed = box.seal('EAAsecret', place);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(box.open(sealed.slice(0, length), place)).toBeNull();
    }
    expect(box.open(`${sealed}AAAA`, place)).toBeNull();
  });

  it('opens nothing with another key, without a key, or at another place', () => {
    const sealed = box.seal('EAAsecret', place);
    expect(createSecretBox([randomBytes(32)]).open(sealed, place)).toBeNull();
    expect(createSecretBox([]).open(sealed, place)).toBeNull();
    expect(box.open(sealed, 'business phone 1, access token')).toBeNull();
  });

  it('still opens with an older key while the first one is new', () => {
    const rotated = createSecretBox([randomBytes(32), key]);
    const sealed = box.seal('EAAsecret', place);
    expect(rotated.open(sealed, place)).toBe('EAAsecret');
    expect(rotated.isCurrent(sealed)).toBe(false);
    const again = rotated.seal('EAAsecret', place);
    expect(rotated.isCurrent(again)).toBe(true);
    expect(box.open(again, place)).toBeNull();
  });

  it('seals nothing without a key', () => {
    expect(createSecretBox([]).canSeal).toBe(false);
    expect(() => createSecretBox([]).seal('EAAsecret', place)).toThrow('no key');
  });
});
