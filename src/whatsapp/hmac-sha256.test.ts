import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHmacSha256 } from './hmac-sha256.ts';

function hmac(key: Uint8Array, message: Uint8Array): string {
  const made = createHmacSha256(key).over(message.length, (room, start) => {
    room.set(message, start);
    return start + message.length;
  });
  return Buffer.from(made, 'latin1').toString('hex');
}

describe('HMAC-SHA256', () => {
  it('is the same as Node’s own, for every key and message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 2_000 }), (key, message) => {
        expect(hmac(key, message)).toBe(createHmac('sha256', key).update(message).digest('hex'));
      }),
    );
  });

  it('takes messages larger than its scratch, and small ones after them', () => {
    const key = Buffer.from('a secret');
    for (const length of [16_319, 16_320, 16_321, 3_000_000, 5]) {
      const message = Buffer.alloc(length, 7);
      expect(hmac(key, message)).toBe(createHmac('sha256', key).update(message).digest('hex'));
    }
  });
});
