import { type FailureCode, failureRow } from './failure.ts';
import { failuresInPortuguese } from './failure-portuguese.ts';
import type { Language } from './language.ts';

/** What a person reads of a failure. */
export type FailureText = {
  /** A sentence that says what went wrong. */
  title: string;
  /** What to do about it, ending with the next step. */
  remedy: string;
};

/** The sentences of a failure in a language. */
export function failureText(code: FailureCode, language: Language): FailureText {
  const { title, remedy } = language === 'pt-BR' ? failuresInPortuguese[code] : failureRow(code);
  return { title, remedy };
}
