import { signal } from '@preact/signals';

/** The languages of the pages, by the names that the API knows too. */
export type Language = 'en' | 'pt-BR';

/** One thing that the pages say, in every language: a sentence, or what makes one of facts. */
export type Said<Text = string> = Readonly<Record<Language, Text>>;

/** The viewer's language: as chosen here before, else as the browser asks. */
export const language = signal<Language>(firstLanguage());

/** The words in the viewer's language. Whoever draws them is drawn again when the language changes. */
export function say<Text>(said: Said<Text>): Text {
  return said[language.value];
}

/** Changes the language, and remembers it in this browser. */
export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  localStorage.setItem('recado-language', chosen);
}

function firstLanguage(): Language {
  const chosen = globalThis.localStorage?.getItem('recado-language');
  if (chosen === 'en' || chosen === 'pt-BR') return chosen;
  return globalThis.navigator?.language.startsWith('pt') === true ? 'pt-BR' : 'en';
}
