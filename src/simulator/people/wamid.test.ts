import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../seeded-random.ts';
import { createWamid } from './wamid.ts';

describe('wamid', () => {
  it('holds the number, as Meta’s does (meta-facts §4.2)', () => {
    const wamid = createWamid('558587654321', 'person', createSeededRandom('a'));
    expect(wamid).toMatch(/^wamid\.HBg[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(wamid.slice('wamid.'.length), 'base64').toString('latin1')).toContain('558587654321');
  });

  it('is another one each time, and the same ones for the same seed', () => {
    const some = (seed: string): string[] => {
      const random = createSeededRandom(seed);
      return Array.from({ length: 1000 }, () => createWamid('558587654321', 'business', random));
    };
    expect(new Set(some('a')).size).toBe(1000);
    expect(some('a')).toEqual(some('a'));
    expect(some('b')).not.toEqual(some('a'));
  });
});
