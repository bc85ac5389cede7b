import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same, in a time that says nothing about where they differ. Secrets of any
 * length may be given: both are hashed first, so that equal lengths are compared, whatever was sent.
 */
export function sameSecret(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}
