import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { qrLines, qrModules } from './qr-code.ts';

describe('a QR code', () => {
  // The digests are of the modules that another program makes of the same texts (qrcode 8 for Python, mask 0, level L).
  it.each([
    ['https://wa.me/5?t', 21, '34cf83dd7e3a0cb2'],
    ['https://wa.me/5511321000', 25, '3d28ad07ffa5dbcc'],
    ['https://wa.me/551132100000?text=RECADO-4821', 29, '54acbe4d60d4cb40'],
    ['https://wa.me/551132100000?text=RECADO-4821 and some more of it', 33, 'c77adc869a720acc'],
    [
      'https://wa.me/551132100000?text=RECADO-4821 and some more of it, so that it is longer still, yes',
      37,
      '5a1b6ca6b5df04a5',
    ],
  ])('of %s has %i modules a side, each as it should be', (text, size, digest) => {
    const modules = qrModules(text);
    expect(modules).toHaveLength(size);
    const bits = modules?.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')).join('') ?? '';
    expect(hash('sha256', bits).slice(0, 16)).toBe(digest);
  });

  it('has a margin in a terminal, and is none for a text that is too long', () => {
    const lines = qrLines('https://wa.me/5?t');
    expect(lines).toHaveLength(13);
    expect(lines?.[0]).toBe('█'.repeat(25));
    expect(qrLines('x'.repeat(107))).toBeNull();
  });
});
