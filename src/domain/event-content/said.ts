import type { Language } from '../language.ts';
import { oneLine } from '../one-line.ts';
import type { NamedPerson } from './named-person.ts';

/** The same thing in every language that Recado speaks. */
export type Said = Readonly<Record<Language, string>>;

/** One thing said in English and in Portuguese. */
export function said(en: string, ptBR: string): Said {
  return { en, 'pt-BR': ptBR };
}

/** Meta's words and how we say them. */
export type Words = Readonly<Record<string, Said>>;

/** Meta's categories of templates and prices. */
export const categoryWords: Words = {
  AUTHENTICATION: said('authentication', 'autenticação'),
  MARKETING: said('marketing', 'marketing'),
  UTILITY: said('utility', 'utilidade'),
};

/** The longest part of a summary that comes from outside, in characters. */
const LONGEST = 80;

/** A text from outside, the same in every language and cut to a part of a line; a question mark when there is none. */
export function quoted(text: string | number | null): string {
  const line = text === null ? '' : oneLine(String(text), LONGEST);
  return line === '' ? '?' : line;
}

/** A word of Meta's: as we say it, and one that we do not know in small letters, as in `pending deletion`. */
export function wordSaid(word: string | null, known: Words): Said {
  if (word === null) return said('unknown', 'desconhecido');
  const phrase = Object.hasOwn(known, word) ? known[word] : undefined;
  if (phrase !== undefined) return phrase;
  const plain = quoted(word.replaceAll('_', ' ').toLowerCase());
  return said(plain, plain);
}

/** A person by what names them best. */
export function personSaid(person: NamedPerson): Said {
  const name = person.waId ?? person.userId ?? person.parentUserId;
  return name === null ? said('somebody', 'alguém') : said(quoted(name), quoted(name));
}

/** How many of something. */
export function counted(count: number, one: Said, many: Said): Said {
  const noun = count === 1 ? one : many;
  return said(`${count} ${noun.en}`, `${count} ${noun['pt-BR']}`);
}

/** A thing with what may be told besides, after a comma or whatever the link is; nothing for null. */
export function withMore(first: Said, more: Said | string | null, link = ': '): Said {
  if (more === null) return first;
  const rest = typeof more === 'string' ? said(quoted(more), quoted(more)) : more;
  return said(`${first.en}${link}${rest.en}`, `${first['pt-BR']}${link}${rest['pt-BR']}`);
}
