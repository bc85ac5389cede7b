import { failureCodes } from '../domain/failure.ts';
import { type FailureText, failureText } from '../domain/failure-text.ts';
import type { Language } from '../domain/language.ts';
import type { ProblemBody, RefusalBody } from './contract/problem.ts';
import { problemTable } from './problem.ts';
import { problemsInPortuguese } from './problem-portuguese.ts';

/**
 * A problem document in a language. Its sentences are those of the table that its code stands in; what names the
 * facts of this one occurrence is left as it is.
 */
export function translateProblem<Problem extends ProblemBody | RefusalBody>(
  problem: Problem,
  language: Language,
): Problem {
  const from = textOf(problem.code, 'en');
  const to = textOf(problem.code, language);
  if (from === null || to === null) return problem;
  const translated = (sentence: string) => {
    if (sentence === from.title) return to.title;
    return sentence === from.remedy ? to.remedy : sentence;
  };
  return {
    ...problem,
    title: translated(problem.title),
    detail: translated(problem.detail),
    remedy: translated(problem.remedy),
    ...('errors' in problem &&
      problem.errors !== undefined && {
        errors: problem.errors.map((mistake) => ({ ...mistake, message: translated(mistake.message) })),
      }),
  };
}

function textOf(code: string, language: Language): FailureText | null {
  const failure = failureCodes.find((known) => known === code);
  if (failure !== undefined) return failureText(failure, language);
  for (const [known, text] of Object.entries(language === 'pt-BR' ? problemsInPortuguese : problemTable)) {
    if (known === code) return text;
  }
  return null;
}
