import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';

/** Text in a request that is not blank. */
export function filledText(longest: number) {
  return z.string().regex(/\S/, { error: 'must not be blank' }).max(longest);
}

/** Words that may be blank, of at most so many characters. */
export function shortText(longest: number) {
  return z.string().refine((text) => fits(text, longest), { error: tooLong(longest) });
}

/** Words that are not blank, with Meta's limit of their length. */
export function atMost(longest: number) {
  return shortText(longest).regex(/\S/, { error: 'must not be blank' });
}

/** Code points, so that an emoji counts once: how Meta counts is not established, and it judges the rest. */
function fits(text: string, longest: number): boolean {
  return text.length <= longest || [...text].length <= longest;
}

function tooLong(longest: number) {
  return ({ input }: { input?: unknown }) =>
    `must have at most ${longest} characters, and has ${[...String(input)].length}`;
}

/**
 * One of the words of a list that grows. Typed narrowly here; published as a plain string, so that a client
 * generated from the document survives a word added later. The known words stand in `x-extensible-enum`.
 */
export function wordOf<const Words extends readonly string[]>(words: Words, description: string) {
  return z
    .custom<Words[number]>((value) => words.some((word) => word === value))
    .meta({
      type: 'string',
      description: `${description} One of ${words.map((word) => `\`${word}\``).join(', ')}; more may come.`,
      examples: words.slice(0, 1),
      'x-extensible-enum': [...words],
    });
}

/** The word by which Meta tells one form from others. */
export function kind<const Word extends string>(...words: Word[]) {
  return z.literal(words).meta({ description: 'What it is.' });
}

/** Says which forms there are, when something has the form of none; not when it is no object at all. */
export function formsAre(...words: string[]) {
  return {
    error: ({ code }: { code?: string }) =>
      code === 'invalid_type' ? undefined : `must be one of ${words.map((word) => `\`${word}\``).join(', ')}`,
  };
}

/** Any JSON value, passed through as it is. */
export function anyJson(description: string) {
  return z.custom<Json>((value) => value !== undefined).meta({ description });
}

/** A JSON object whose members are described elsewhere. */
export function anyObject(description: string) {
  return z.custom<JsonObject>(isJsonObject).meta({ type: 'object', description });
}

/** The id in an address. */
export function idParameters(example: string) {
  return z.strictObject({ id: z.string().meta({ description: 'The id.', examples: [example] }) });
}
