import type { CheckName } from '../domain/check.ts';
import type { Language } from '../domain/language.ts';
import { explainError } from '../whatsapp/explain-error.ts';
import type { ProblemBody } from './contract/problem.ts';
import { type ProblemCode, problemOf } from './problem.ts';

const more: Readonly<Record<Language, (code: number) => string>> = {
  en: (code) => `More of this number: recado show error ${code}`,
  'pt-BR': (code) => `Mais sobre este número: recado show error ${code}`,
};

/**
 * The problem of a call that Meta refused, with the cure of Meta's number from the catalogue.
 *
 * @param answer Meta's number and its own sentence; without a number the table's own remedy stands
 * @param check the check of doctor that confirms it, where the catalogue names none
 */
export function refusedByMeta(
  code: ProblemCode,
  answer: { metaCode: number | null; details: string | null },
  language: Language,
  check: CheckName | null,
): ProblemBody {
  const { metaCode, details } = answer;
  const detail = `Meta answered #${metaCode}${details === null ? '' : `: ${details}`}`;
  const explained = metaCode === null ? null : explainError(String(metaCode), language);
  const confirming = explained?.check ?? check;
  return problemOf(code, {
    detail,
    ...(metaCode === null || explained === null
      ? {}
      : { remedy: [...explained.steps, more[language](metaCode)].join(' ') }),
    ...(confirming === null ? {} : { check: confirming }),
  });
}
