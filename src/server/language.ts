import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, languageOfTag, languages } from '../domain/language.ts';

/**
 * The language that a request's `Accept-Language` (RFC 9110 §12.5.4) prefers of those that Recado speaks; English
 * when it prefers none. Of equal weights the first one wins.
 */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').flatMap((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const language = tag === '*' ? languages[0] : languageOfTag(tag);
    const weight = weightIn(parameters);
    return language === null || !(weight > 0) ? [] : [{ language, weight }];
  });
  const [first] = wishes.sort((one, other) => other.weight - one.weight);
  return first?.language ?? languages[0];
}

/** The language that a request asks for. */
export function languageAsked({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  return preferredLanguage(headers['accept-language']);
}

/**
 * The language in which to answer a request. Says so in the answer, `Content-Language`, and that the answer
 * depends on what was asked for, `Vary`.
 */
export function languageFor(reply: FastifyReply): Language {
  const language = languageAsked(reply.request);
  reply.headers({ 'content-language': language, vary: 'Accept-Language' });
  return language;
}

/** From 0 to 1, 1 when nothing is said; NaN for what is no weight. */
function weightIn(parameters: readonly string[]): number {
  const weight = parameters.find((parameter) => /^q\s*=/i.test(parameter));
  return weight === undefined ? 1 : Number(weight.slice(weight.indexOf('=') + 1));
}
