import * as z from 'zod';

/** A text that must say something. */
export const nonEmpty = z.string().min(1, 'must not be empty.');

/** A text of at most so many characters. Code points, so that an emoji counts once; how Meta counts is not established. */
export function atMost(length: number, text: z.ZodString = nonEmpty) {
  return text.refine((value) => value.length <= length || [...value].length <= length, {
    message: `must be at most ${length} characters long.`,
    params: { tooLong: true },
  });
}

/** A list that is neither empty nor longer than this. */
export function fromOneTo<Item extends z.ZodType>(most: number, item: Item) {
  return z.array(item).min(1, 'must not be empty.').max(most, `must have at most ${most} entries.`);
}

/** An object of which only Meta knows the members. */
export const anyObject = z.record(z.string(), z.json());

/** An address on the web. */
export const webAddress = nonEmpty.regex(
  /^https?:\/\/[^\s/]+/i,
  'must be an address that begins with https://.',
);
