import { createHash } from 'node:crypto';

/** A stream of numbers that looks random and is the same for the same seed. */
export type SeededRandom = {
  /** The next `length` upper-case hexadecimal digits; at most 64. */
  hex(length: number): string;
  /** The next whole number from 0 up to, but not including, `below`; `below` is at most 2^32. */
  integer(below: number): number;
};

/** Makes the stream that belongs to a seed. Not for secrets: who knows the seed knows all of it. */
export function createSeededRandom(seed: string): SeededRandom {
  let step = 0;
  function next(): Buffer {
    step += 1;
    return createHash('sha256').update(`${step}:${seed}`).digest();
  }
  return {
    hex: (length) => next().toString('hex').slice(0, length).toUpperCase(),
    integer: (below) => next().readUInt32BE(0) % below,
  };
}
