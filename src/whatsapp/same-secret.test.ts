import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameSecret } from './same-secret.ts';

describe('sameSecret', () => {
  it('is true for equal secrets only, whatever their lengths', () => {
    expect(sameSecret('recado', 'recado')).toBe(true);
    expect(sameSecret('', '')).toBe(true);
    for (const other of ['', 'recad', 'recado ', 'Recado', 'recadorecado', 'recado\0']) {
      expect(sameSecret(other, 'recado'), JSON.stringify(other)).toBe(false);
    }
  });

  it('takes bytes as well as text', () => {
    expect(sameSecret(new Uint8Array([0xff, 0xfe]), new Uint8Array([0xff, 0xfe]))).toBe(true);
    expect(sameSecret(new Uint8Array([0xff, 0xff]), new Uint8Array([0xff, 0xfe]))).toBe(false);
    expect(sameSecret(new TextEncoder().encode('ação'), 'ação')).toBe(true);
  });

  it('agrees with === on any two texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        expect(sameSecret(one, two)).toBe(one === two);
        expect(sameSecret(one, one)).toBe(true);
      }),
    );
  });
});
