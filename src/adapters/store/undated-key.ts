import { Buffer } from 'node:buffer';

/** The key of the event with a number among those of a subject without time. */
export function undatedKey(subject: Uint8Array, counter: number): Uint8Array {
  const key = Buffer.alloc(20);
  key.set(subject.subarray(0, 12), 4);
  key.writeUInt32BE(counter, 16);
  return key;
}
