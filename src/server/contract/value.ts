import { z } from 'zod';
import type { Json } from '../../domain/json.ts';

/** Text in a request that is not blank. */
export function filledText(longest: number) {
  return z.string().regex(/\S/, { error: 'must not be blank' }).max(longest);
}

/**
 * One of the words of a list that grows. Typed narrowly here; published as a plain string with its known
 * words, so that a client generated from the document survives a word added later.
 */
export function wordOf<const Words extends readonly string[]>(words: Words, description: string) {
  return z
    .custom<Words[number]>((value) => words.some((word) => word === value))
    .meta({
      type: 'string',
      description: `${description} One of ${words.map((word) => `\`${word}\``).join(', ')}; more may come.`,
      examples: words.slice(0, 1),
    });
}

/** Any JSON value, passed through as it is. */
export function anyJson(description: string) {
  return z.custom<Json>((value) => value !== undefined).meta({ description });
}

/** The id in an address. */
export function idParameters(example: string) {
  return z.strictObject({ id: z.string().meta({ description: 'The id.', examples: [example] }) });
}
