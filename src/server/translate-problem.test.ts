import { describe, expect, it } from 'vitest';
import { failureOf } from '../domain/failure.ts';
import { failureText } from '../domain/failure-text.ts';
import { invalidMember, type ProblemCode, problemOf, problemTable, refusalOf } from './problem.ts';
import { problemsInPortuguese } from './problem-portuguese.ts';
import { translateProblem } from './translate-problem.ts';

describe('translateProblem', () => {
  it.each(Object.keys(problemTable) as ProblemCode[])('says %s in Portuguese', (code) => {
    const problem = problemOf(code);
    const translated = translateProblem(problem, 'pt-BR');
    const { title, remedy } = problemsInPortuguese[code];
    expect(translated).toEqual({ ...problem, title, detail: title, remedy });
    expect(title).not.toBe(problem.title);
    expect(remedy).not.toBe(problem.remedy);
    expect(translateProblem(problem, 'en')).toEqual(problem);
  });

  it('leaves the facts of the occurrence as they are', () => {
    const problem = problemOf('method-not-allowed', {
      detail: 'This address takes GET.',
      remedy: 'Use GET.',
    });
    expect(translateProblem(problem, 'pt-BR')).toEqual({
      ...problem,
      title: problemsInPortuguese['method-not-allowed'].title,
    });
  });

  it('translates failures, and what is said of members', () => {
    const { title, remedy } = failureText('recipient-invalid', 'pt-BR');
    const problem = invalidMember('to', failureOf('recipient-invalid'));
    expect(translateProblem(problem, 'pt-BR')).toMatchObject({
      title,
      remedy,
      errors: [{ in: 'body', path: 'to', message: title }],
    });
    const refusal = refusalOf({
      id: 'nt_1',
      because: 'The window closed.',
      failure: failureOf('window-closed'),
    });
    expect(translateProblem(refusal, 'pt-BR')).toEqual({
      ...refusal,
      ...failureText('window-closed', 'pt-BR'),
    });
  });

  it('leaves a code alone that it does not know', () => {
    const problem = { ...problemOf('internal-error'), code: 'from-a-later-version' };
    expect(translateProblem(problem, 'pt-BR')).toBe(problem);
  });
});
