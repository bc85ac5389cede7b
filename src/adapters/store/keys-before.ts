import { Buffer } from 'node:buffer';

/**
 * The end of all keys whose element is older than a time: a key begins with Meta's time in seconds, or with zeros where
 * there is none.
 *
 * @param time in milliseconds
 */
export function keysBefore(time: number): Uint8Array {
  const end = Buffer.alloc(4);
  end.writeUInt32BE(Math.min(Math.max(0, Math.floor(time / 1000)), 2 ** 32 - 1));
  return end;
}
