/** The languages in which Recado explains failures, the default first. */
export const languages = ['en', 'pt-BR'] as const;

/** A language in which Recado explains failures, as a tag of BCP 47. */
export type Language = (typeof languages)[number];

/**
 * The language that a tag asks for, whatever its region and spelling: `pt`, `pt-BR`, `pt_BR.UTF-8` and `PT-pt` are
 * Portuguese. Null for a language that Recado does not speak.
 */
export function languageOfTag(tag: string): Language | null {
  const [primary] = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@]/, 1);
  return languages.find((language) => language.split('-', 1)[0] === primary) ?? null;
}
